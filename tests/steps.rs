//! The clean-ups: each alone and all together keep the promises of the crate, do what their tables say, and take no more time than the text is long.

mod common;

use std::borrow::Cow;
use std::time::Instant;

use common::check::{replay, replay_bytes, streamed};
use common::words::{any_sentence, garbage};
use proptest::prelude::*;
use unmojibake::{
    ByteEdit, Codec, Edit, Entities, Invalid, Layer, Losses, Lost, Normalization, Options,
    Repairer, Step, complete_up_to, garble,
};

/// The options that have one step on.
fn alone(step: Step) -> Options {
    let options = Options::new();
    match step {
        Step::Surrogates => options.surrogates(true),
        Step::TerminalEscapes => options.terminal_escapes(true),
        Step::ControlCharacters => options.control_characters(true),
        Step::Bom => options.bom(true),
        Step::Entities => options.entities(Entities::Auto),
        Step::JsonEscapes => options.json_escapes(true),
        Step::PercentEscapes => options.percent_escapes(true),
        Step::QuotedPrintable => options.quoted_printable(true),
        Step::C1 => options.c1(true),
        Step::Ligatures => options.ligatures(true),
        Step::Width => options.width(true),
        Step::Quotes => options.quotes(true),
        Step::LineBreaks => options.line_breaks(true),
        Step::Normalization => options.normalization(Normalization::Nfc),
        _ => panic!("{step} is not tested"),
    }
}

fn all() -> Options {
    Options::text()
        .json_escapes(true)
        .percent_escapes(true)
        .quoted_printable(true)
}

fn options() -> impl Strategy<Value = Options> {
    const FORMS: [Normalization; 4] = [
        Normalization::Nfc,
        Normalization::Nfd,
        Normalization::Nfkc,
        Normalization::Nfkd,
    ];
    let normalization = prop::sample::select(&FORMS[..]).prop_map(|form| all().normalization(form));
    prop_oneof![
        2 => prop::sample::select(&Step::ALL[..]).prop_map(alone),
        2 => Just(Options::text()),
        1 => Just(all()),
        1 => Just(all().entities(Entities::Always).lost(Lost::Guess)),
        1 => Just(Options::text().layers(0)),
        1 => Just(Options::text().invalid(Invalid::Replace)),
        2 => normalization,
    ]
}

/// What steps look for, and halves of it.
const BITS: [&str; 62] = [
    "&",
    "amp;",
    "&amp;",
    "&eacute",
    ";",
    "&eacute;",
    "&EACUTE;",
    "&#38;",
    "&#xD83D;",
    "&#xDE00;",
    "#38;",
    "&acirc;&euro;&trade;",
    "&NewLine;",
    "&#0;",
    "&semi;",
    "&lt;b&gt;",
    "<b>",
    "<",
    "\u{FF06}",
    "\u{FF1B}",
    "\u{37E}",
    "\\",
    "\\u00c3",
    "\\u00a9",
    "\\ud83d",
    "\\ude00",
    "%",
    "%C3",
    "%83",
    "%A9",
    "%C3%83%C2%A9",
    "=C3",
    "=A9",
    "=",
    "\x1B",
    "[31m",
    "]0;t",
    "\x07",
    "\0",
    "\x7F",
    "\u{FEFF}",
    "\u{FFFC}",
    "\r",
    "\n",
    "\r\n",
    "\u{85}",
    "\u{93}",
    "\u{2028}",
    "\u{201C}",
    "\u{2019}",
    "\u{2BC}",
    "\u{149}",
    "\u{FB01}",
    "\u{1C4}",
    "\u{FF21}",
    "\u{FF76}",
    "\u{FF9E}",
    "\u{301}",
    "\u{323}",
    "e",
    "\u{1100}\u{1161}",
    "\u{212B}",
];

fn bits() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        8 => prop::sample::select(&BITS[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(bit, 0..12).prop_map(|bits| bits.concat())
}

/// Text with something for the steps in it.
fn text() -> impl Strategy<Value = String> {
    let garbled = (any_sentence(), prop::sample::select(&Codec::ALL[..]))
        .prop_filter_map("not in the codec", |(text, codec)| {
            garble(&text, &Layer::new(codec)).ok()
        });
    prop_oneof![
        3 => bits(),
        1 => garbage(),
        2 => (bits(), garbled, bits(), any_sentence()).prop_map(|(a, b, c, d)| a + &b + &c + &d),
    ]
}

/// Surrogates in bytes, and other bytes that are not UTF-8.
const STRAYS: [&[u8]; 5] = [
    b"\xED\xA0\xBD",
    b"\xED\xB8\x80",
    b"\xED\xA0\xBD\xED\xB8\x80",
    b"\xED",
    b"\xFF",
];

/// Bytes with surrogates among them.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        3 => text().prop_map(String::into_bytes),
        1 => prop::sample::select(&STRAYS[..]).prop_map(<[u8]>::to_vec),
    ];
    prop::collection::vec(part, 0..5).prop_map(|parts| parts.concat())
}

/// The usual number of cases of a law.
fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok();
    let cases = cases.and_then(|cases| cases.parse().ok());
    ProptestConfig::with_cases(cases.unwrap_or(usual))
}

proptest! {
    #![proptest_config(cases(250))]

    /// Borrowed exactly if nothing changed; and done twice is done once.
    #[test]
    fn idempotent(bytes in bytes(), options in options()) {
        let repairer = Repairer::new(options);
        let once = repairer.repair_bytes(&bytes);
        prop_assert_eq!(matches!(once, Cow::Borrowed(_)), *once == *bytes);
        let twice = repairer.repair_bytes(&once);
        prop_assert_eq!(common::escape(&twice), common::escape(&once));
        prop_assert!(matches!(twice, Cow::Borrowed(_)));
    }

    /// However a stream is cut, it gives what the whole gives; so do parts cut where they are complete.
    #[test]
    fn chunking_is_invisible(bytes in bytes(), options in options(), size in 1..24usize) {
        let repairer = Repairer::new(options);
        let whole = repairer.repair_bytes(&bytes);
        prop_assert_eq!(&streamed(&repairer, bytes.chunks(size)), whole.as_ref());
        let (complete, begun) = bytes.split_at(complete_up_to(&bytes));
        prop_assert_eq!([repairer.repair_bytes(complete), repairer.repair_bytes(begun)].concat(), whole.as_ref());
    }

    /// Lines are independent.
    #[test]
    fn lines_are_independent(a in text(), b in text(), options in options()) {
        let repairer = Repairer::new(options);
        let (a, whole) = (format!("{a}\n"), format!("{a}\n{b}"));
        prop_assert_eq!(repairer.repair(&whole), format!("{}{}", repairer.repair(&a), repairer.repair(&b)));
    }

    /// Edits replay to the output and back, say what did them, and are proved by the way back where only the repair did.
    #[test]
    fn edits_account_for_all(bytes in bytes(), options in options()) {
        let repairer = Repairer::new(options);
        let out = repairer.repair_bytes(&bytes);
        let edits: Vec<ByteEdit<'_>> = repairer.find_bytes(&bytes).collect();
        prop_assert_eq!(common::escape(&replay_bytes(&bytes, &edits)), common::escape(&out));
        let (mut back, mut at) = (Vec::new(), 0);
        for edit in &edits {
            prop_assert_eq!(&bytes[edit.range.clone()], edit.before);
            prop_assert_eq!(&out[edit.output.clone()], edit.after.as_bytes());
            prop_assert!(edit.before != edit.after.as_bytes(), "{:?}", edit);
            back.extend_from_slice(&out[at..edit.output.start]);
            back.extend_from_slice(edit.before);
            at = edit.output.end;
        }
        back.extend_from_slice(&out[at..]);
        prop_assert_eq!(back, bytes.as_slice());
        if let Ok(text) = std::str::from_utf8(&bytes) {
            let edits: Vec<Edit<'_>> = repairer.find(text).collect();
            prop_assert_eq!(repairer.is_garbled(text), !edits.is_empty());
            prop_assert_eq!(replay(text, &edits), repairer.repair(text));
            for edit in edits {
                prop_assert!(!edit.layers.is_empty() || !edit.steps.is_empty(), "{:?}", edit);
                prop_assert!(!edit.layers.is_empty() || edit.evidence == 0, "{:?}", edit);
                if edit.steps.is_empty() && edit.losses.is_empty() {
                    prop_assert!(common::garbles_back(&edit.after, &edit.layers, edit.before), "{:?}", edit);
                }
            }
        }
    }

    /// A step that is not asked for does nothing.
    #[test]
    fn only_steps_asked_for(bytes in bytes(), step in prop::sample::select(&Step::ALL[..])) {
        let repairer = Repairer::new(alone(step));
        for edit in repairer.find_bytes(&bytes) {
            prop_assert!(edit.steps.is_empty() || edit.steps == [step], "{:?}", edit);
        }
        prop_assert!(Repairer::default().find_bytes(&bytes).all(|edit| edit.steps.is_empty()));
    }
}

/// The account of a line: a garble of entities, with a lost byte, of which a straight quote came; and a ligature.
#[test]
fn an_edit_tells_all() {
    let repairer = Repairer::new(Options::text());
    let text = "the &acirc;&euro;&oelig;alpha&acirc;&euro; is \u{FB01}ne";
    let edits: Vec<Edit<'_>> = repairer.find(text).collect();
    let [opening, closing, ligature] = &edits[..] else {
        panic!("{edits:?}")
    };
    assert_eq!(
        (opening.range.clone(), opening.output.clone()),
        (4..24, 4..5)
    );
    assert_eq!(
        (opening.before, opening.after.as_str()),
        ("&acirc;&euro;&oelig;", "\"")
    );
    assert_eq!(opening.layers[0].codec, Codec::Windows1252);
    assert_eq!(opening.steps, [Step::Entities, Step::Quotes]);
    assert_eq!(
        (opening.losses, closing.losses),
        (Losses::NONE, Losses::DROPPED)
    );
    assert_eq!(closing.after, "\"");
    assert!(opening.evidence > 12 && closing.evidence == opening.evidence);
    assert_eq!(
        (ligature.after.as_str(), &ligature.steps[..]),
        ("fi", &[Step::Ligatures][..])
    );
    assert!(ligature.layers.is_empty() && ligature.evidence == 0);
}

/// What comes of a text.
fn by(options: Options, text: &str) -> String {
    Repairer::new(options).repair(text).into_owned()
}

#[test]
fn entities() {
    let auto = |text: &str| by(Options::new().entities(Entities::Auto), text);
    for (text, want) in [
        (
            "&eacute;&#233;&#xE9;&#XE9;&#x000000E9;",
            "\u{E9}\u{E9}\u{E9}\u{E9}\u{E9}",
        ),
        // Capitals that HTML has no name for, and those for which it has one.
        (
            "&EACUTE;&NTILDE;&SZLIG;&Eacute;&AMP;",
            "\u{C9}\u{D1}SS\u{C9}&",
        ),
        ("&#xD83D;&#xDE00; &#55357;&#56832;", "\u{1F600} \u{1F600}"),
        // Numbers that HTML reads by Windows-1252.
        ("&#147;so&#148;", "\u{201C}so\u{201D}"),
        ("&amp;lt; &amp;amp;amp; &#38;#38; &am&#112;;", "< & & &"),
        ("a&semi;b &amp&semi; &#38&#59;", "a;b & &"),
        ("&acirc;&euro;&trade;", "\u{2019}"),
        // What is no entity, or stands for nothing that text has.
        (
            "AT&T; &foo; & ; &; &eacute &#; &#x; &#xD83D; &#0; &#27; &#xFFFF; &#x110000; &#99999999999;",
            "AT&T; &foo; & ; &; &eacute &#; &#x; &#xD83D; &#0; &#27; &#xFFFF; &#x110000; &#99999999999;",
        ),
        // Tags, and what is none. What entities stand for is text.
        (
            "<b>&eacute;</b>\na <3 b < c &eacute; &lt;b&gt; &amp;eacute;",
            "<b>&eacute;</b>\na <3 b < c \u{E9} <b> \u{E9}",
        ),
        (
            "<!-- &eacute;\n</p>&eacute;\n<!DOCTYPE &eacute;",
            "<!-- &eacute;\n</p>&eacute;\n<!DOCTYPE &eacute;",
        ),
    ] {
        assert_eq!(auto(text), want);
    }
    assert_eq!(
        by(Options::new().entities(Entities::Always), "<b>&eacute;</b>"),
        "<b>\u{E9}</b>"
    );
}

#[test]
fn escapes() {
    let json = |text: &str| by(Options::new().json_escapes(true), text);
    assert_eq!(
        json(r"caf\u00c3\u00a9 it\u00e2\u0080\u0099s \ud83d\ude00"),
        "caf\u{E9} it\u{2019}s \u{1F600}"
    );
    let kept = r"\\u00e9 \u0022 \ud83d \ude00\ud83d \u00g9 \u2028 \u";
    assert_eq!(json(kept), kept);
    let percent = |text: &str| by(Options::new().percent_escapes(true), text);
    assert_eq!(
        percent("a%20caf%c3%A9\nna%C3%83%C2%AFve %E2%82%AC%25"),
        "a%20caf\u{E9}\nna\u{EF}ve \u{20AC}%25"
    );
    let kept = "100% %C3 %A9%C3 %ED%A0%BD %zz %C3%";
    assert_eq!(percent(kept), kept);
    let printable = |text: &str| by(Options::new().quoted_printable(true), text);
    assert_eq!(
        printable("caf=C3=83=C2=A9 =3D=C3=\n=A9"),
        "caf\u{E9} =3D=C3=\n=A9"
    );
}

#[test]
fn terminal_escapes() {
    let plain = |text: &str| by(Options::new().terminal_escapes(true), text);
    assert_eq!(
        plain("\x1B[1;31mred\x1B[0m \x1B[?25l\x1B[2 q\x1B(B\x1B=x"),
        "red x"
    );
    assert_eq!(
        plain("\x1B]0;title\x07a\x1B]8;;http://a/\x1B\\b\x1B]8;;\x1B\\"),
        "ab"
    );
    for kept in [
        "\x1B",
        "\x1B[31",
        "\x1B]0;title\nmore\x07",
        "\x1B\u{E9}",
        "[31m",
    ] {
        assert_eq!(plain(kept), kept);
    }
}

/// What changes by normalization and would join with a character before it joins with no line end.
#[test]
fn marks_begin_lines() {
    let normalized = |form, text: &str| by(Options::new().normalization(form), text);
    // A sound mark of half width, and an acute accent that has another code point besides.
    let text = "x\n\u{FF9E}y\n\n\u{341}z";
    assert_eq!(
        normalized(Normalization::Nfkc, text),
        "x\n\u{3099}y\n\n\u{301}z"
    );
    assert_eq!(
        normalized(Normalization::Nfc, text),
        "x\n\u{FF9E}y\n\n\u{301}z"
    );
    // As part of a longer text that is looked through line by line.
    let garbled = format!("{text}\ncaf\u{C3}\u{A9}");
    let clean = Repairer::new(Options::text().normalization(Normalization::Nfkc));
    assert_eq!(
        clean.repair(&garbled),
        "x\n\u{3099}y\n\n\u{301}z\ncaf\u{E9}"
    );
}

#[test]
fn line_breaks() {
    let options = Options::new().line_breaks(true);
    assert_eq!(
        by(
            options.clone(),
            "a\r\nb\rc\r\r\nd\u{85}e\u{2028}f\u{2029}g\x0B\x0C"
        ),
        "a\nb\nc\n\nd\ne\nf\ng\x0B\x0C"
    );
    // A carriage return at the end of a chunk, and of a stretch of a long line.
    let repairer = Repairer::new(options);
    assert_eq!(
        streamed(&repairer, [&b"a\r"[..], b"\nb\r", b"c\r"]),
        b"a\nb\nc\n"
    );
    for length in 65_530..65_540 {
        let line = "x".repeat(length) + "\r\ny";
        let out = streamed(&repairer, line.as_bytes().chunks(4096));
        assert!(out == line.replace('\r', "").as_bytes());
    }
    // A garble of a line separator is one, and tags before it are in another line then.
    assert_eq!(
        by(
            Options::text(),
            "<b>&amp;\u{E2}\u{80}\u{A8}caf\u{C3}\u{A9} &amp; \u{E2}\u{80}\u{A8}"
        ),
        "<b>&amp;\ncaf\u{E9} & \n"
    );
}

/// Clean-ups that would destroy a garble leave the line alone.
#[test]
fn what_may_be_mojibake_is_spared() {
    // こんにちは through Shift_JIS, which nobody was to think of; and with lost bytes that were to be kept.
    let garbled = "\u{7E3A}\u{8599}\u{FF53}\u{7E3A}\u{FF6B}\u{7E3A}\u{FF61}\u{7E3A}\u{FF6F}";
    let only_western = [Codec::Windows1252].into_iter().collect();
    let options = || Options::text().normalization(Normalization::Nfkc);
    for options in [
        options().codecs(only_western),
        options().lost(Lost::Keep).codecs(only_western),
    ] {
        assert_eq!(
            by(options, &format!("{garbled}\n\u{FF21}")),
            format!("{garbled}\nA")
        );
    }
    assert_eq!(
        by(options(), garbled),
        "\u{3053}\u{3093}\u{306B}\u{3061}\u{306F}"
    );
}

/// Surrogates among other bytes that are not UTF-8, which stay or do not.
#[test]
fn surrogates() {
    let bytes = b"a\xED\xA0\xBD\xED\xB8\x80\xFF\xED\xB8\x80\xED\xA0\xBDz\xED\xED\xA0";
    let of = |options: Options| {
        let repairer = Repairer::new(options.surrogates(true));
        repairer.repair_bytes(bytes).into_owned()
    };
    assert_eq!(
        of(Options::new()),
        b"a\xF0\x9F\x98\x80\xFF\xEF\xBF\xBD\xEF\xBF\xBDz\xED\xED\xA0"
    );
    let replaced = of(Options::new().invalid(Invalid::Windows1252));
    assert_eq!(
        String::from_utf8(replaced).unwrap(),
        "a\u{1F600}\u{FF}\u{FFFD}\u{FFFD}z\u{ED}\u{ED}\u{A0}"
    );
}

/// Ten times the text may take ten times as long, however entities, escapes and marks are nested.
#[test]
fn time_is_linear() {
    const SMALL: usize = 100 * 1024;
    let hostile = [
        "amp;",
        "&",
        ";",
        "&#38;",
        "&#xD83D;",
        "&amp",
        "\x1B",
        "\x1B]",
        "\\u00e9",
        "\\",
        "%C3",
        "%C3%A9",
        "\u{301}",
        "\u{323}\u{301}",
        "\u{FF06}amp;",
        "\r",
        "\u{201C}",
        "&#xFF06;",
        "\u{1161}",
    ];
    for unit in hostile {
        let repairer = Repairer::new(all());
        let time = |bytes: usize| {
            let text = format!("\u{E9} &{}", unit.repeat(bytes / unit.len()));
            let run = || {
                let start = Instant::now();
                std::hint::black_box(repairer.repair(&text));
                start.elapsed().as_secs_f64()
            };
            run().min(run()).min(run())
        };
        let (small, large) = (time(SMALL), time(10 * SMALL));
        println!(
            "{}: {small:.4} s, {large:.4} s",
            common::escape(unit.as_bytes())
        );
        assert!(
            large < 35.0 * small + 0.1,
            "{}: {small} s, but {large} s for ten times as much",
            common::escape(unit.as_bytes())
        );
    }
    let nested = format!("\u{E9} &{}", "amp;".repeat(15_000));
    assert_eq!(by(Options::text(), &nested), "\u{E9} &");
}

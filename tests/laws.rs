//! The promises of the crate's front page, each as a law over generated text.
//!
//! The run is kept short; `PROPTEST_CASES=10000 cargo test --test laws` makes it long.

mod common;

use std::borrow::Cow;
use std::io::{Read, Write};
use std::time::Instant;

use common::check::{account, replay, replay_bytes, streamed};
use common::words::{
    LANGUAGES, Language, any_sentence, garbage, of_pairs, pairs_garbage, sentence,
};
use proptest::prelude::*;
use unmojibake::{
    ByteEdit, ByteEdits, Caution, Codec, CodecSet, Edit, Edits, Holes, Invalid, Layer, Losses,
    Lost, Nbsp, Options, RepairReader, RepairWriter, Repairer, Stream, complete_up_to, find,
    garble, is_garbled, repair, repair_bytes,
};

/// The usual number of cases of a law.
fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok());
    ProptestConfig {
        failure_persistence: Some(Box::new(
            proptest::test_runner::FileFailurePersistence::WithSource("proptest-regressions"),
        )),
        ..ProptestConfig::with_cases(cases.unwrap_or(usual))
    }
}

fn codec() -> impl Strategy<Value = Codec> {
    prop::sample::select(&Codec::ALL[..])
}

/// The codecs that read bytes in pairs.
const MULTI_BYTE: [Codec; 4] = [Codec::Gbk, Codec::ShiftJis, Codec::EucKr, Codec::Big5];

/// A few words between sound ones, as garbled by a codec that reads bytes in pairs: without loss, for such words as can be.
fn garbled_in_pairs() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(any_sentence(), 1..4);
    let codec = prop::sample::select(&MULTI_BYTE[..]);
    (words, codec).prop_map(|(sentences, codec)| {
        let words = sentences.iter().flat_map(|text| text.split(' '));
        let words: Vec<String> = words
            .map(|word| {
                // What cannot be garbled as it is may be with a space behind, which a pair may not swallow, or with a letter.
                [word.to_owned(), format!("{word}a")]
                    .iter()
                    .find_map(|word| garble(word, &Layer::new(codec)).ok())
                    .unwrap_or_else(|| word.to_owned())
            })
            .collect();
        words.join(" ")
    })
}

/// A layer that loses what layers lose.
fn lossy() -> impl Strategy<Value = Layer> {
    let holes = prop_oneof![
        Just(Holes::Dropped),
        Just(Holes::Replaced),
        Just(Holes::QuestionMark),
        Just(Holes::Dropped),
    ];
    let nbsp = prop_oneof![Just(Nbsp::Kept), Just(Nbsp::Space), Just(Nbsp::Stripped)];
    (codec(), holes, nbsp, any::<bool>()).prop_map(|(codec, holes, nbsp, cesu8)| {
        Layer::new(codec).holes(holes).nbsp(nbsp).cesu8(cesu8)
    })
}

/// A sentence garbled with losses, once or twice, beside a sound one.
fn lossy_garble() -> impl Strategy<Value = String> {
    (
        any_sentence(),
        lossy(),
        prop::option::of(lossy()),
        any_sentence(),
    )
        .prop_map(|(text, first, second, sound)| {
            let mut garbled = garble(&text, &first).unwrap();
            if let Some(second) = second {
                garbled = garble(&garbled, &second).unwrap();
            }
            format!("{garbled} {sound}")
        })
}

/// Any text that may be hard on the engine.
fn hard() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => garbage(),
        3 => pairs_garbage(),
        2 => lossy_garble(),
        2 => garbled_in_pairs(),
        1 => any::<String>(),
        1 => (any_sentence(), codec()).prop_filter_map("not in the codec", |(text, codec)| {
            garble(&text, &Layer::new(codec)).ok()
        }),
        1 => (pairs_garbage(), garbage(), any_sentence()).prop_map(|(a, b, c)| a + &b + &c),
    ]
}

/// Any bytes that may be hard on the engine: text with bytes that are none in between.
fn hard_bytes() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        2 => hard().prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..20),
        1 => prop::collection::vec(0x80..=0xFFu8, 0..6),
        1 => Just(b"\n".to_vec()),
    ];
    prop::collection::vec(part, 0..4).prop_map(|parts| parts.concat())
}

#[allow(clippy::ptr_arg, reason = "whether it is borrowed is the question")]
fn is_borrowed<T: ToOwned + ?Sized>(cow: &Cow<'_, T>) -> bool {
    matches!(cow, Cow::Borrowed(_))
}

/// What comes of bytes that are read in blocks of `size` at most, each repaired as far as it is complete, and the rest at the end.
fn in_parts(bytes: &[u8], size: usize) -> Vec<u8> {
    let (mut out, mut held) = (Vec::new(), Vec::new());
    for block in bytes.chunks(size) {
        held.extend_from_slice(block);
        let complete = complete_up_to(&held);
        out.extend_from_slice(&repair_bytes(&held[..complete]));
        held.drain(..complete);
        assert!(held.len() < 64 * 1024);
    }
    out.extend_from_slice(&repair_bytes(&held));
    out
}

/// The bytes that are not UTF-8, in order.
fn invalid(bytes: &[u8]) -> Vec<u8> {
    bytes
        .utf8_chunks()
        .flat_map(|chunk| chunk.invalid())
        .copied()
        .collect()
}

/// Bytes as text, by other means than the library's.
fn as_text(bytes: &[u8], invalid: Invalid) -> String {
    if invalid == Invalid::Replace {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    bytes
        .utf8_chunks()
        .map(|chunk| {
            let (stray, ..) = encoding_rs::WINDOWS_1252.decode(chunk.invalid());
            format!("{}{stray}", chunk.valid())
        })
        .collect()
}

proptest! {
    #![proptest_config(cases(150))]

    /// Clean text comes back borrowed.
    #[test]
    fn clean_sentences_are_borrowed(lines in prop::collection::vec(any_sentence(), 1..4)) {
        let text = lines.join("\n");
        prop_assert_eq!(repair(&text).into_owned(), text.as_str());
        prop_assert!(is_borrowed(&repair(&text)));
        prop_assert!(is_borrowed(&repair_bytes(text.as_bytes())));
    }

    /// ASCII always does, whatever it says.
    #[test]
    fn ascii_is_borrowed(text in "[\\x00-\\x7F]{0,200}") {
        prop_assert!(is_borrowed(&repair(&text)));
        prop_assert!(is_borrowed(&repair_bytes(text.as_bytes())));
        prop_assert!(!is_garbled(&text));
    }
}

proptest! {
    #![proptest_config(cases(80))]

    /// Repairing twice is repairing once, by each way of treating lost bytes and with any caution.
    #[test]
    fn idempotent(
        text in hard(),
        lost in prop::sample::select(&[Lost::Certain, Lost::Guess, Lost::Keep][..]),
        caution in prop::sample::select(&[Caution::Cautious, Caution::Normal, Caution::Bold][..]),
    ) {
        let repairer = Repairer::new(Options::new().lost(lost).caution(caution));
        let once = repairer.repair(&text).into_owned();
        let twice = repairer.repair(&once);
        prop_assert_eq!(twice.as_ref(), once.as_str());
        prop_assert!(is_borrowed(&twice));
    }

    /// What a thread has repaired before changes nothing: one that has repaired nothing comes to the same.
    #[test]
    fn memory_is_invisible(texts in prop::collection::vec(hard(), 1..4)) {
        for text in &texts {
            let fresh = std::thread::scope(|scope| scope.spawn(|| repair(text)).join());
            prop_assert_eq!(fresh.ok(), Some(repair(text)));
        }
    }

    /// A borrowed answer, an unfound garble and no edits are one and the same; edits can be replayed and accounted for.
    #[test]
    fn reports_replay(text in hard(), lost in prop::sample::select(&[Lost::Certain, Lost::Guess, Lost::Keep][..])) {
        let repairer = Repairer::new(Options::new().lost(lost));
        let repaired = repairer.repair(&text);
        let edits: Vec<Edit<'_>> = repairer.find(&text).collect();
        prop_assert_eq!(repairer.is_garbled(&text), !edits.is_empty());
        prop_assert_eq!(is_borrowed(&repaired), edits.is_empty());
        prop_assert_eq!(replay(&text, &edits), repaired.as_ref());
        if let Err(fault) = account(&text, &edits) {
            prop_assert!(false, "{}", fault);
        }
        if lost == Lost::Keep {
            let put_back = [
                Losses::DROPPED,
                Losses::REPLACED,
                Losses::QUESTION_MARK,
                Losses::SPACE,
                Losses::STRIPPED,
                Losses::SOFT_HYPHEN,
            ];
            let kept = |edit: &Edit<'_>| put_back.iter().all(|&loss| !edit.losses.contains(loss));
            prop_assert!(edits.iter().all(kept), "{:?}", edits);
        }
    }

    /// Lines are independent.
    #[test]
    fn lines_are_independent(a in hard(), b in hard()) {
        let whole = repair(&format!("{a}\n{b}")).into_owned();
        prop_assert_eq!(whole, format!("{}{}", repair(&format!("{a}\n")), repair(&b)));
    }

    /// However a stream is cut, it gives what the whole gives.
    #[test]
    fn chunking_is_invisible(bytes in hard_bytes(), sizes in prop::collection::vec(1..24usize, 1..8)) {
        let whole = repair_bytes(&bytes);
        let mut chunks = Vec::new();
        let mut rest = bytes.as_slice();
        for size in sizes.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (chunk, later) = rest.split_at(rest.len().min(*size));
            chunks.push(chunk);
            rest = later;
        }
        prop_assert_eq!(&streamed(&Repairer::default(), chunks.iter().copied()), whole.as_ref());
        let mut writer = RepairWriter::new(Vec::new());
        for chunk in &chunks {
            writer.write_all(chunk).unwrap();
        }
        prop_assert_eq!(&writer.finish().unwrap(), whole.as_ref());
        let mut reader = RepairReader::new(bytes.as_slice());
        let mut read = Vec::new();
        for size in sizes.iter().cycle() {
            let mut buf = vec![0; *size];
            match reader.read(&mut buf).unwrap() {
                0 => break,
                length => read.extend_from_slice(&buf[..length]),
            }
        }
        prop_assert_eq!(&read, whole.as_ref());
        prop_assert_eq!(&in_parts(&bytes, sizes[0]), whole.as_ref());
    }

    /// No bytes are too strange, and those that are not UTF-8 come through in order.
    #[test]
    fn invalid_bytes_pass(bytes in hard_bytes()) {
        let out = repair_bytes(&bytes);
        prop_assert_eq!(invalid(&bytes), invalid(&out));
        let again = repair_bytes(&out);
        prop_assert_eq!(again.as_ref(), out.as_ref());
    }

    /// The same laws where bytes that are not UTF-8 are replaced, and what is judged is each line with what took their place.
    #[test]
    fn invalid_bytes_are_replaced(
        bytes in hard_bytes(),
        invalid in prop::sample::select(&[Invalid::Keep, Invalid::Replace, Invalid::Windows1252][..]),
        size in 1..24usize,
    ) {
        let repairer = Repairer::new(Options::new().invalid(invalid));
        let out = repairer.repair_bytes(&bytes);
        prop_assert_eq!(is_borrowed(&out), *out == *bytes);
        prop_assert!(is_borrowed(&repairer.repair_bytes(&out)), "a second time");
        prop_assert_eq!(&streamed(&repairer, bytes.chunks(size)), out.as_ref());

        let edits: Vec<ByteEdit<'_>> = repairer.find_bytes(&bytes).collect();
        prop_assert_eq!(&replay_bytes(&bytes, &edits), out.as_ref());
        for edit in &edits {
            prop_assert_eq!(&bytes[edit.range.clone()], edit.before);
            prop_assert!(edit.before != edit.after.as_bytes(), "{:?}", edit);
        }

        if invalid != Invalid::Keep {
            let line = |line: &[u8]| repair(&as_text(line, invalid)).into_owned().into_bytes();
            let lines: Vec<Vec<u8>> = bytes.split_inclusive(|&byte| byte == b'\n').map(line).collect();
            prop_assert_eq!(&lines.concat(), out.as_ref());
        }
    }

    /// Text given as bytes is repaired as text.
    #[test]
    fn bytes_are_repaired_as_text(text in hard()) {
        let out = repair_bytes(text.as_bytes());
        prop_assert_eq!(out.into_owned(), repair(&text).into_owned().into_bytes());
    }

    /// A codec that is not in the set is never named.
    #[test]
    fn only_chosen_codecs_and_layers(text in hard(), codecs in prop::collection::vec(codec(), 0..4), layers in 0..3usize) {
        let codecs: CodecSet = codecs.into_iter().collect();
        let repairer = Repairer::new(Options::new().codecs(codecs).layers(layers));
        for edit in repairer.find(&text) {
            prop_assert!(edit.layers.len() <= layers, "{:?}", edit);
            prop_assert!(edit.layers.iter().all(|layer| codecs.contains(layer.codec)), "{:?}", edit);
        }
    }
}

/// A line of such a length, of one unit again and again, in Han and the like: without ASCII, or with some so that a place to cut may lie anywhere.
fn long_line_of_pairs(length: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let unit = prop::collection::vec(of_pairs(), 1..12)
        .prop_map(|chars| chars.into_iter().filter(|&c| c != '\n').collect::<String>());
    let without_ascii = unit.prop_map(|unit| unit.replace(|c: char| c.is_ascii(), "\u{6A9A}"));
    let unit = prop_oneof![
        2 => without_ascii,
        2 => pairs_garbage().prop_map(|text| text.replace('\n', "\u{6A9A}")),
        2 => garbled_in_pairs(),
        1 => (garbled_in_pairs(), pairs_garbage()).prop_map(|(a, b)| a + &b.replace('\n', "")),
    ];
    let before = pairs_garbage().prop_map(|text| text.replace('\n', ""));
    (before, unit, length).prop_map(|(before, unit, length)| {
        let unit = if unit.is_empty() {
            "\u{9225}\u{6A9A}"
        } else {
            &*unit
        };
        before + &unit.repeat(length / unit.len())
    })
}

proptest! {
    // Each case is some ten thousand times as long as one of the other laws.
    #![proptest_config({
        let usual = cases(if cfg!(debug_assertions) { 100 } else { 1500 });
        ProptestConfig { cases: (usual.cases / 100).max(1), max_shrink_iters: 200, ..usual }
    })]

    /// However a stream of long lines of Han is cut, it gives what the whole gives, and reports tell how.
    #[test]
    fn long_lines_of_pairs_stream(text in long_line_of_pairs(63 * 1024..135 * 1024), size in prop_oneof![Just(65_536usize), Just(65_535), 1..70_000usize]) {
        let whole = repair(&text);
        let out = streamed(&Repairer::default(), text.as_bytes().chunks(size));
        prop_assert!(out == whole.as_bytes(), "in chunks of {}", size);
        let edits: Vec<Edit<'_>> = find(&text).collect();
        prop_assert!(replay(&text, &edits) == whole);
        if let Err(fault) = account(&text, &edits) {
            prop_assert!(false, "{}", fault);
        }
    }

    /// Repairing twice is repairing once, in lines of Han up to the length at which they are cut.
    #[test]
    fn long_lines_of_pairs_stay(text in long_line_of_pairs(16 * 1024..60 * 1024)) {
        let once = repair(&text);
        let twice = repair(&once);
        let at = twice.bytes().zip(once.bytes()).position(|(a, b)| a != b);
        prop_assert!(is_borrowed(&twice), "a second time differs at byte {:?}", at);
    }
}

/// How many of `tries` sentences, by a fixed seed, come back as they were after `layers` have been laid on without loss. Pairs of language and codec that
/// cannot do without loss are passed over.
fn restored(
    language: &'static Language,
    codecs: &[Codec],
    tries: usize,
) -> (usize, usize, Vec<String>) {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut good, mut all, mut bad) = (0, 0, Vec::new());
    for _ in 0..tries {
        let text = sentence(language, 4..10)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        let mut garbled = Ok(text.clone());
        for codec in codecs {
            garbled = garbled.and_then(|text| garble(&text, &Layer::new(*codec)));
        }
        let Ok(garbled) = garbled else { continue };
        all += 1;
        if repair(&garbled) == text {
            good += 1;
        } else {
            bad.push(format!(
                "{} by {codecs:?}:\n  in   {}\n  got  {}\n  want {}",
                language.name,
                common::escape(garbled.as_bytes()),
                common::escape(repair(&garbled).as_bytes()),
                common::escape(text.as_bytes())
            ));
        }
    }
    (good, all, bad)
}

/// Breaking, then repairing, gives the original. No table knows all words, so the law is a share; the misses are printed.
fn break_then_repair(chains: &[Vec<Codec>], tries: usize, least: f64) {
    let (mut good, mut all, mut misses) = (0, 0, Vec::new());
    for language in &LANGUAGES {
        for chain in chains {
            let (g, a, bad) = restored(language, chain, tries);
            good += g;
            all += a;
            misses.extend(bad);
        }
    }
    let share = good as f64 / all as f64;
    println!("{good} of {all} come back");
    assert!(
        share >= least,
        "{good} of {all} come back, less than {least}; the misses:\n{}",
        misses.join("\n")
    );
}

#[test]
fn one_layer_comes_back() {
    let chains: Vec<Vec<Codec>> = Codec::ALL.map(|codec| vec![codec]).to_vec();
    break_then_repair(&chains, 2, 0.99);
}

#[test]
fn two_layers_come_back() {
    use Codec::{Ibm437, Iso8859_1, Macintosh, Windows1250, Windows1251, Windows1252};
    let chains = [
        [Windows1252, Windows1252],
        [Iso8859_1, Windows1252],
        [Windows1252, Iso8859_1],
        [Macintosh, Windows1252],
        [Windows1252, Ibm437],
        [Windows1251, Windows1251],
        [Windows1250, Windows1252],
    ];
    break_then_repair(&chains.map(|chain| chain.to_vec()), 1, 0.95);
}

/// A line of more than 64 KiB is worked on in stretches: it is repaired all the same, and streams agree.
#[test]
fn long_lines_are_repaired() {
    let plain =
        "and so the line runs on for a good while in plain words of no interest, ".repeat(20);
    let sentence = format!("{plain}d\u{E9}j\u{E0} vu, l\u{2019}\u{E9}t\u{E9} et la for\u{EA}t; ");
    let text = sentence.repeat(150 * 1024 / sentence.len());
    let garbled = garble(&text, &Layer::new(Codec::Windows1252)).unwrap();
    assert!(garbled.len() > 128 * 1024 && !garbled.contains('\n'));
    let repaired = repair(&garbled);
    assert!(repaired == text, "a long line is repaired");
    let edits: Vec<Edit<'_>> = find(&garbled).collect();
    assert!(replay(&garbled, &edits) == repaired);
    account(&garbled, &edits).unwrap();
    for size in [1, 65_537] {
        let out = streamed(&Repairer::default(), garbled.as_bytes().chunks(size));
        assert!(out == text.as_bytes(), "in chunks of {size}");
    }
    assert!(is_borrowed(&repair(&text)));
}

/// The same where no two bytes of ASCII stand side by side, as in a garbled Chinese novel without a line end.
#[test]
fn long_lines_without_ascii_are_repaired() {
    for text in ["\u{43F}\u{440}", "\u{65E5}\u{672C}", "\u{E9} ", "\u{1F600}"] {
        let text = text.repeat(150 * 1024 / text.len() / 2);
        let garbled = garble(&text, &Layer::new(Codec::Windows1252)).unwrap();
        let repaired = repair(&garbled);
        let wrong = repaired.chars().zip(text.chars()).position(|(a, b)| a != b);
        assert!(repaired == text, "character {wrong:?} is wrong");
        assert!(is_borrowed(&repair(&repaired)));
    }
}

/// Text of the length of some segments, garbled through GBK without loss; and what comes of it.
fn long_line_through_gbk(text: &str) -> (String, String) {
    let text = text.repeat(150 * 1024 / text.len() / 2);
    let garbled = garble(&text, &Layer::new(Codec::Gbk)).unwrap();
    assert!(garbled.len() > 96 * 1024);
    let repaired = repair(&garbled).into_owned();
    for size in [1, 65_537] {
        let out = streamed(&Repairer::default(), garbled.as_bytes().chunks(size));
        assert!(out == repaired.as_bytes(), "in chunks of {size}");
    }
    (text, repaired)
}

/// Pairs of bytes have few places between them to cut at; a letter of ASCII now and then is enough.
#[test]
fn long_lines_of_pairs_are_repaired() {
    // 我们A
    let (text, repaired) = long_line_through_gbk("\u{6211}\u{4EEC}A");
    let wrong = repaired.chars().zip(text.chars()).position(|(a, b)| a != b);
    assert!(repaired == text, "character {wrong:?} is wrong");
    assert!(is_borrowed(&repair(&repaired)));
}

#[test]
fn long_lines_of_pairs_without_ascii_are_repaired() {
    // 今天, 天气，我
    for text in ["\u{4ECA}\u{5929}", "\u{5929}\u{6C14}\u{FF0C}\u{6211}"] {
        let (text, repaired) = long_line_through_gbk(text);
        let wrong = repaired.chars().zip(text.chars()).position(|(a, b)| a != b);
        assert!(repaired == text, "character {wrong:?} is wrong");
        assert!(is_borrowed(&repair(&repaired)));
    }
}

/// Long lines of anything, also of what leaves no good place to cut: streams agree with the whole.
#[test]
fn long_lines_of_anything_stream() {
    let units: [&[u8]; 6] = [
        "\u{C3}\u{A9}".as_bytes(),
        "\u{65E5}\u{672C}".as_bytes(),
        "\u{10FFFF}".as_bytes(),
        b"\x80",
        b"\xE2\x82",
        "x \u{E2}\u{20AC}\u{2122}".as_bytes(),
    ];
    for unit in units {
        let line = unit.repeat(66 * 1024 / unit.len());
        let whole = repair_bytes(&line);
        for size in [1000, 65_536] {
            let out = streamed(&Repairer::default(), line.chunks(size));
            assert!(
                out == *whole,
                "{} in chunks of {size}",
                common::escape(unit)
            );
        }
        for size in [1000, 65_536, 66_000] {
            assert!(
                in_parts(&line, size) == *whole,
                "{} in parts of {size}",
                common::escape(unit)
            );
        }
        assert!(
            is_borrowed(&repair_bytes(&whole)),
            "a second time: {}",
            common::escape(unit)
        );
    }
}

/// Bytes of the smaller input: ten times as many lie in one segment still, so work that grows with the square of a segment shows.
const SMALL: usize = if cfg!(debug_assertions) { 1000 } else { 6000 };

/// Ten times the input may take ten times as long. A machine that is busy with other things makes a measure too long, never too short: so the best
/// of some runs counts, and the bound leaves room. What is quadratic would take a hundred times as long.
#[test]
fn time_is_linear() {
    let hostile = [
        "\u{C3}",
        "\u{E2}\u{20AC}",
        "\u{C3}\u{83}\u{C2}",
        "\u{F0}\u{178}",
        "\u{D0}\u{FFFD}",
        "\u{C3}?",
        "\u{C2} ",
        "\u{420}\u{421}",
        "a\u{E9}",
        "\u{ED}\u{A0}\u{BD}",
        "\u{C3}\u{192}\u{C2}\u{A9}",
        "\u{2524}\u{2569}",
        // 鈥, 鈥檚, 縺�, 챕? and ﾃ: Han and others that begin garbles of pairs, whole and with losses.
        "\u{9225}",
        "\u{9225}\u{6A9A}",
        "\u{7E3A}\u{FFFD}",
        "\u{CC55}?",
        "\u{FF83}",
    ];
    for unit in hostile {
        let time = |bytes: usize| {
            let text = unit.repeat(bytes / unit.len());
            let run = || {
                let start = Instant::now();
                std::hint::black_box(repair(&text));
                start.elapsed().as_secs_f64()
            };
            run().min(run())
        };
        let (small, large) = (time(SMALL), time(10 * SMALL));
        println!(
            "{}: {small:.4} s, {large:.4} s",
            common::escape(unit.as_bytes())
        );
        assert!(
            large < 35.0 * small + 0.05,
            "{}: {small} s, but {large} s for ten times as much",
            common::escape(unit.as_bytes())
        );
    }
}

/// Long lines with bytes that are not UTF-8, which grow when those are replaced: streams agree with the whole.
#[test]
fn long_lines_with_invalid_bytes_stream() {
    for unit in [
        &b"\x80"[..],
        b"caf\xE9 or caf\xC3\x83\xC2\xA9 with plain words behind, \xC3",
    ] {
        for invalid in [Invalid::Replace, Invalid::Windows1252] {
            let repairer = Repairer::new(Options::new().invalid(invalid));
            let line = unit.repeat(66 * 1024 / unit.len());
            let whole = repairer.repair_bytes(&line);
            assert!(std::str::from_utf8(&whole).is_ok());
            let out = streamed(&repairer, line.chunks(1000));
            assert!(out == *whole, "{}", common::escape(unit));
            let edits: Vec<ByteEdit<'_>> = repairer.find_bytes(&line).collect();
            assert!(
                replay_bytes(&line, &edits) == *whole,
                "{}",
                common::escape(unit)
            );
        }
    }
}

/// Bytes that are not UTF-8, as asked, with a garble that they are part of.
#[test]
fn invalid_bytes_as_asked() {
    // An `é` and an `à` as single bytes; `”` garbled, of which the last byte is one that was never read, and that Windows-1252 leaves undefined; the beginning of a sequence at a line's end.
    let bytes = b"caf\xE9 \xE0 la carte, \xC3\xA2\xE2\x82\xAC\x9D, he said \xE2\nand left";
    let with = |invalid| {
        Repairer::new(Options::new().invalid(invalid))
            .repair_bytes(bytes)
            .into_owned()
    };
    assert_eq!(with(Invalid::Keep), bytes);
    assert_eq!(
        String::from_utf8(with(Invalid::Replace)).unwrap(),
        "caf\u{FFFD} \u{FFFD} la carte, \u{201D}, he said \u{FFFD}\nand left"
    );
    assert_eq!(
        String::from_utf8(with(Invalid::Windows1252)).unwrap(),
        "caf\u{E9} \u{E0} la carte, \u{201D}, he said \u{E2}\nand left"
    );
}

/// What stands before and after alike is no part of an edit.
#[test]
fn edits_hold_nothing_that_stays() {
    let text = "the \u{E2}\u{20AC}\u{153}alpha\u{E2}\u{20AC} changes";
    let edits: Vec<Edit<'_>> = find(text).collect();
    assert_eq!(edits[1].after, "\u{201D}");
    assert_eq!(edits[1].losses, Losses::DROPPED);
}

/// Two layers that both lost bytes are read in one step, and told as two, over the same characters.
#[test]
fn layers_read_at_once_are_told_apart() {
    // ÃÂ»ÃÅ½ for лю, between sound words.
    let text = "caf\u{E9} \u{C3}\u{C2}\u{BB}\u{C3}\u{C5}\u{BD} caf\u{E9}";
    let edits: Vec<Edit<'_>> = find(text).collect();
    let [edit] = &edits[..] else {
        panic!("{edits:?}")
    };
    assert_eq!(
        (edit.before, &*edit.after),
        (&text[6..18], "\u{43B}\u{44E}")
    );
    let codecs: Vec<Codec> = edit.layers.iter().map(|layer| layer.codec).collect();
    assert_eq!(codecs, [Codec::Iso8859_1, Codec::Windows1252]);
    assert_eq!(edit.losses, Losses::DROPPED);
}

/// The same where the end of a segment makes a line suspect that is not, taken whole: `\u{A0}챕` again and again.
#[test]
fn long_lines_suspect_where_they_are_cut_stream() {
    let line = "\u{A0}\u{CC55}".repeat(65_540 / 5);
    let whole = repair(&line);
    let out = streamed(&Repairer::default(), [line.as_bytes()]);
    assert!(out == whole.as_bytes());
}

/// Repairers and what they give can be shared and sent between threads.
#[test]
fn everything_is_send_and_sync() {
    fn check<T: Send + Sync>() {}
    check::<Repairer>();
    check::<Options>();
    check::<Stream>();
    check::<RepairReader<Vec<u8>>>();
    check::<RepairWriter<Vec<u8>>>();
    check::<Edit<'_>>();
    check::<Edits<'_>>();
    check::<ByteEdit<'_>>();
    check::<ByteEdits<'_>>();
    check::<unmojibake::Error>();
    let repairer = Repairer::default();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                assert_eq!(
                    repairer.repair("tr\u{C3}\u{A8}s bient\u{C3}\u{B4}t"),
                    "tr\u{E8}s bient\u{F4}t"
                )
            });
        }
    });
}

//! JSON: what comes out, held against `serde_json` and against the repair of what strings say; and the promises of the module as laws.

use std::io::{self, Read, Write};
use std::sync::LazyLock;
use std::thread;

use proptest::prelude::*;
use regex::bytes::Regex;
use serde::de::IgnoredAny;
use serde_json::de::IoRead;
use serde_json::{StreamDeserializer, Value};
use unmojibake::json::{Edit, Error, RepairReader, RepairWriter, Stream};
use unmojibake::{Codec, Layer, Repairer, garble, repair};

/// What comes of JSON in chunks of `size` bytes at most: the text, where it ended, and the lines that were bad.
fn in_chunks(json: &[u8], size: usize) -> (Vec<u8>, Option<Error>, Vec<Error>) {
    let (mut stream, mut out, mut bad) = (Stream::default(), Vec::new(), Vec::new());
    let mut ended = None;
    for chunk in json.chunks(size) {
        ended = ended.or(stream.push(chunk, &mut out).err());
        bad.extend(stream.bad_lines());
    }
    ended = ended.or(stream.finish(&mut out).err());
    bad.extend(stream.bad_lines());
    (out, ended, bad)
}

/// What comes of sound JSON.
#[track_caller]
fn fix(json: impl AsRef<[u8]>) -> String {
    let (out, ended, bad) = in_chunks(json.as_ref(), usize::MAX);
    assert_eq!((ended, bad), (None, vec![]));
    String::from_utf8(out).unwrap()
}

/// Line and column of an error.
type Place = (u64, u64);

/// The same for JSON that is not sound.
fn fix_bad(json: &str) -> (String, Option<Place>, Vec<Place>) {
    let (out, ended, bad) = in_chunks(json.as_bytes(), usize::MAX);
    let place = |error: &Error| (error.line(), error.column());
    let bad = bad.iter().map(place).collect();
    (
        String::from_utf8(out).unwrap(),
        ended.as_ref().map(place),
        bad,
    )
}

/// JSON split at its strings, which are at odd places.
fn tokens(json: &[u8]) -> Vec<&[u8]> {
    static STRING: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"(?s-u)"(?:[^"\\]|\\.)*""#).unwrap());
    let (mut tokens, mut at) = (Vec::new(), 0);
    for string in STRING.find_iter(json) {
        tokens.push(&json[at..string.start()]);
        tokens.push(string.as_bytes());
        at = string.end();
    }
    tokens.push(&json[at..]);
    tokens
}

/// What a string says, each part between lone surrogates by itself.
fn said(string: &[u8]) -> Vec<String> {
    let inner = str::from_utf8(&string[1..string.len() - 1]).unwrap();
    let mut parts = vec![Vec::new()];
    let mut rest = inner;
    while let Some(c) = rest.chars().next() {
        let unit = |at: usize| {
            let hex = rest.get(at..)?.strip_prefix("\\u")?.get(..4)?;
            u16::from_str_radix(hex, 16).ok()
        };
        let mut taken = c.len_utf8();
        match (c, unit(0)) {
            ('\\', Some(first)) => {
                taken = 6;
                let pair = [first, unit(6).unwrap_or(0)];
                let mut chars = char::decode_utf16(pair);
                match chars.next() {
                    Some(Ok(c)) => {
                        taken = 6 * c.len_utf16();
                        parts.last_mut().unwrap().push(c);
                    }
                    _ => parts.push(Vec::new()),
                }
            }
            ('\\', None) => {
                taken = 2;
                let said: String = serde_json::from_str(&format!("\"{}\"", &rest[..2])).unwrap();
                parts.last_mut().unwrap().extend(said.chars());
            }
            (c, _) => parts.last_mut().unwrap().push(c),
        }
        rest = &rest[taken..];
    }
    parts
        .into_iter()
        .map(|part| part.iter().collect())
        .collect()
}

/// Strings say what they said, repaired; those that need none are the very same, and so is all else.
#[track_caller]
fn check_strings(before: &[u8], after: &[u8]) {
    let (before, after) = (tokens(before), tokens(after));
    assert_eq!(before.len(), after.len());
    for (at, (before, after)) in before.iter().zip(&after).enumerate() {
        if at % 2 == 0 {
            assert_eq!(before, after);
            continue;
        }
        let (old, new) = (said(before), said(after));
        let want: Vec<_> = old.iter().map(|part| repair(part).into_owned()).collect();
        assert_eq!(new, want, "{}", before.escape_ascii());
        if want == old {
            assert_eq!(before, after);
        }
    }
}

#[test]
fn escapes_are_understood() {
    assert_eq!(fix(r#""\u00c3\u00b3timo""#), "\"\u{F3}timo\"");
    assert_eq!(fix(r#""\u00C3\u00B3timo""#), "\"\u{F3}timo\"");
    // A garble half of which is an escape.
    assert_eq!(fix("\"\u{C3}\\u00b3timo\""), "\"\u{F3}timo\"");
    // An emoji, by its four bytes, and one by two surrogates, which is sound.
    assert_eq!(fix(r#""ha \u00f0\u009f\u0098\u0082""#), "\"ha \u{1F602}\"");
    let sound = r#"["\ud83d\ude02", "\uD83D\uDE02 \/ \b\f\n\r\t\"\\ \u0041 \u00e9"]"#;
    assert_eq!(fix(sound), sound);
}

#[test]
fn keys_are_repaired_and_the_rest_stays() {
    let json = |o: &str| {
        format!(
            "{{ \"{o}\" :\r\n\t1.50E+2, \"{o}\": [-0, 1e1, true,\nnull, {{}}, [ ]], \"\": \"\\u0041{o}\\/\" }} \n"
        )
    };
    assert_eq!(fix(json(r"\u00c3\u00b3timo")), json("\u{F3}timo"));
}

#[test]
fn what_json_wants_escaped_stays_so() {
    // Lines of a string are lines: each is judged by itself.
    assert_eq!(
        fix(r#""\u00c3\u00b3timo\n\"caf\u00c3\u00a9\"\\\t\u0001\u00e9""#),
        "\"\u{F3}timo\\n\\\"caf\u{E9}\\\"\\\\\\t\\u0001\\u00e9\""
    );
    // `it’s "é\`, garbled by GBK, which takes in an ASCII character that comes behind: a backslash comes out of it.
    let text = "\u{2019}it \u{2019}\\ \u{2019}x it\u{2019}s \u{2019}\\";
    let garbled = garble(text, &Layer::new(Codec::Gbk)).unwrap();
    assert_eq!(repair(&garbled), text);
    let json = serde_json::to_string(&garbled).unwrap();
    assert_eq!(serde_json::from_str::<String>(&fix(json)).unwrap(), text);
}

#[test]
fn lone_surrogates_stay_and_nothing_is_read_across_them() {
    for json in [
        r#""\ud83d""#,
        r#""\ude02\ud83d""#,
        r#""\ud83d\ud83d \ude02""#,
        r#""\u00c3\ud83d\u00b3timo""#,
        r#""\ud83dx\n\ud83d\n""#,
    ] {
        assert_eq!(fix(json), json);
    }
    assert_eq!(
        fix(r#""\ud83d\u00c3\u00b3timo\ud83d\ud83d\ude02\udE02 caf\u00c3\u00a9""#),
        "\"\\ud83d\u{F3}timo\\ud83d\\ud83d\\ude02\\udE02 caf\u{E9}\""
    );
}

#[test]
fn bytes_that_are_not_utf8_stay() {
    let json = b"[\"caf\\u00c3\\u00a9 \xFF \xC3\", \"\xE2\x80\"]";
    let (out, ..) = in_chunks(json, 3);
    assert_eq!(out, b"[\"caf\xC3\xA9 \xFF \xC3\", \"\xE2\x80\"]");
}

#[test]
fn long_strings_go_by_segments() {
    let word = "caf\u{C3}\u{A9} au lait, ".repeat(100);
    for text in [
        format!("{word}{}", "y".repeat(140_000)),
        format!("{}\n{word}\n", "x".repeat(70_000)),
        "\u{C3}\u{A9}".repeat(100) + &"\u{1F602}".repeat(20_000),
    ] {
        let raw = serde_json::to_string(&text).unwrap();
        let units = text.encode_utf16();
        let escapes: String = units.map(|unit| format!("\\u{unit:04x}")).collect();
        for json in [raw, format!("\"{escapes}\"")] {
            let out = fix(&json);
            assert!(serde_json::from_str::<String>(&out).unwrap() == repair(&text));
            for size in [1 << 10, 65_535, 65_537] {
                assert!(in_chunks(json.as_bytes(), size).0 == out.as_bytes());
            }
        }
    }
}

#[test]
fn a_bad_document_ends_with_its_place() {
    let garbled = r#""caf\u00c3\u00a9""#;
    for (tail, place) in [
        ("\n\n, 1 2]", (4, 5)),
        ("\n }", (3, 2)),
        ("\n, 01]", (3, 4)),
        ("\n, tru]", (3, 6)),
        ("\n, \"\u{E9}\t\"]", (3, 5)),
        ("\n, \"\\x\"]", (3, 5)),
        ("\n, \"\\u00g0\"]", (3, 8)),
        ("\n, -]", (3, 4)),
        ("\n, 1.e]", (3, 5)),
        ("\n,]", (3, 2)),
        ("\n] ]", (3, 3)),
        ("\n", (3, 1)),
        ("\n, \"ab", (3, 6)),
    ] {
        let json = format!("[\n{garbled}{tail}");
        let (out, ended, bad) = fix_bad(&json);
        assert_eq!((ended, bad), (Some(place), vec![]), "{json}");
        let line = json.split('\n').nth(place.0 as usize - 1).unwrap();
        let rest: String = line.chars().skip(place.1 as usize - 1).collect();
        let want = json.strip_suffix(&rest).unwrap();
        assert_eq!(out, want.replace(r"\u00c3\u00a9", "\u{E9}"), "{json}");
    }
}

#[test]
fn a_bad_line_passes_through_and_is_told_of() {
    let (good, fixed) = ("{\"a\": \"caf\\u00c3\\u00a9\"}", "{\"a\": \"caf\u{E9}\"}");
    for bad in [
        "{\"a\": \"caf\\u00c3\\u00a9\",}",
        "{\"a\": \"caf\\u00c3\\u00a9\"",
        "[{\"a\": \"caf\\u00c3\\u00a9\", ",
        "{\"a\": \"caf\\u00c3\\u00a9",
        "\"caf\\u00c3\\u00a9\" }",
        "{\"caf\\u00c3\\u00a9\": {\"a\": 1",
        "[] 1true \"caf\\u00c3\\u00a9\"",
        "\u{FEFF}[]",
        "oops \"caf\\u00c3\\u00a9\"",
        "[\"caf\\u00c3\\u00a9\", 1.]\r",
    ] {
        for ending in ["\n", ""] {
            let json = format!("{good}\n\n{bad}\n{good}\r\n{bad}{ending}");
            let (out, ended, lines) = fix_bad(&json);
            assert_eq!(
                out,
                format!("{fixed}\n\n{bad}\n{fixed}\r\n{bad}{ending}"),
                "{json}"
            );
            assert_eq!(ended, None);
            let lines: Vec<_> = lines.iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, [3, 5], "{json}");
            // So it is in the first line, where a mark is none.
            let bad = bad.replace('\u{FEFF}', "\u{FEFF} ]");
            let json = format!("{bad}\n{good}\n{good}");
            let (out, ended, lines) = fix_bad(&json);
            assert_eq!(out, format!("{bad}\n{fixed}\n{fixed}"), "{json}");
            assert_eq!((ended, lines.len(), lines[0].0), (None, 1, 1), "{json}");
        }
    }
}

/// As `jq` writes and reads them: what it makes short is on one line, and what it does not is on several.
#[test]
fn values_follow_each_other_in_any_way() {
    for values in [
        r#"{"@":1} {"@":2}"#,
        r#"{"@":1}{"@":2}[]"@""@"{}"#,
        "1 \"@\" true[null]\tfalse{}\r\n-1e5\"@\"",
        "{\n \"@\": 1\n} {\n \"@\": 2\n}\n",
        "1\n{\n  \"@\": 2\n}\n\"@\"\n[\n  \"@\"\n]\n{}\n",
        "1\n[\n{\"@\": 2},\n{\"@\": 3}\n]\n{\"@\":\n\n[]}\n",
        "\u{1E}{\"@\": 1}\n\u{1E}\u{1E}{\"@\":\n2}\n\u{1E}3\n",
        " \n\n",
    ] {
        let json = |word: &str| values.replace('@', word);
        let garbled = json(r"caf\u00c3\u00a9");
        assert_eq!(fix(&garbled), json("caf\u{E9}"));
        for size in 1..9 {
            let (out, ended, bad) = in_chunks(garbled.as_bytes(), size);
            assert_eq!(out, json("caf\u{E9}").as_bytes(), "{values}");
            assert_eq!((ended, bad.len()), (None, 0), "{values}");
        }
    }
    // A number or a word ends where something comes that is in neither.
    for (values, column) in [
        ("1 23true", 5),
        ("nullnull", 5),
        ("0 00", 4),
        ("[\u{1E}]", 2),
    ] {
        assert_eq!(fix_bad(values).2, [(1, column)], "{values}");
    }
}

/// A value of a text sequence ends where the next begins.
#[test]
fn a_cut_off_value_of_a_sequence() {
    let cut = "\u{1E}{\"a\": \"caf\\u00c3\\u00a9\",\n";
    let whole = "\u{1E}{\"a\": \"caf\\u00c3\\u00a9\"}\n";
    let (out, ended, bad) = fix_bad(&format!("{cut}{whole}{whole}"));
    let fixed = whole.replace(r"\u00c3\u00a9", "\u{E9}");
    assert_eq!(out, format!("{cut}{fixed}{fixed}"));
    assert_eq!((ended, bad), (None, vec![(1, 26)]));
}

/// Whatever is wrong in a value on several lines, those behind are repaired.
#[test]
fn json_lines_do_not_end_early() {
    let good = "[\"caf\\u00c3\\u00a9\"]";
    let long = format!("[\"{}\",", "x".repeat(70_000));
    for (bad, lines) in [
        ("{\n  \"a\": x\n}", vec![3, 4]),
        ("{\"a\":\nfoo", vec![3]),
        ("{\"a\": 1\nfoo", vec![2, 3]),
        // It could go on so; the line after that it could not.
        (&long, vec![4]),
        (&format!("{long} 1"), vec![2]),
    ] {
        let json = format!("0\n{bad}\n{good}\n{good}\n");
        let (out, ended, told) = fix_bad(&json);
        let last = json.lines().count() as u64;
        let fixed = |line: u64| match lines.contains(&line) {
            false if line + 1 >= last => "[\"caf\u{E9}\"]",
            _ => json.lines().nth(line as usize - 1).unwrap(),
        };
        let want: String = (1..=last)
            .map(|line| fixed(line).to_owned() + "\n")
            .collect();
        assert!(out == want, "{:.200}", out);
        let told: Vec<_> = told.iter().map(|(line, _)| *line).collect();
        assert_eq!((ended, told), (None, lines), "{bad:.100}");
    }
}

/// Of a long line, what came before is out already.
#[test]
fn a_long_bad_line_stays_from_the_bad_place_on() {
    let garbled = r#""caf\u00c3\u00a9","#;
    let long = garbled.repeat(10_000);
    let (out, ended, bad) = fix_bad(&format!("[{long}x {garbled}\n[{garbled}0]\n"));
    let fixed = long.replace(r"\u00c3\u00a9", "\u{E9}");
    assert!(out == format!("[{fixed}x {garbled}\n[\"caf\u{E9}\",0]\n"));
    assert_eq!((ended, bad), (None, vec![(1, 2 + long.len() as u64)]));
}

#[test]
fn columns_count_characters() {
    assert_eq!(fix_bad("\u{FEFF}[\"\u{E9}\u{1F602}\" x]").2, [(1, 7)]);
    assert_eq!(fix_bad("\u{FEFF}[\n\"\u{E9}\u{1F602}\" x]").1, Some((2, 6)));
}

#[test]
fn a_byte_order_mark_stays() {
    assert_eq!(
        fix("\u{FEFF}[\"caf\u{C3}\u{A9}\"]"),
        "\u{FEFF}[\"caf\u{E9}\"]"
    );
    assert_eq!(fix("\u{FEFF}"), "\u{FEFF}");
    assert_eq!(fix(""), "");
}

/// With a stack that recursion would not fit in.
#[test]
fn nesting_takes_no_stack() {
    let run = || {
        let depth = 100_000;
        let open = "[{\"\":".repeat(depth / 2 - 1) + "[{\"caf\\u00c3\\u00a9\":";
        let close = "}]".repeat(depth / 2);
        let json = format!("{open}1{close}");
        let out = fix(&json);
        assert!(out == json.replace(r"\u00c3\u00a9", "\u{E9}"));
        assert!(in_chunks(json.as_bytes(), 7).0 == out.as_bytes());
        let wrong = format!("{open}1{}]]", &close[2..]);
        assert_eq!(fix_bad(&wrong).2.len(), 1);
    };
    let small = thread::Builder::new().stack_size(256 * 1024);
    small.spawn(run).unwrap().join().unwrap();
}

#[test]
fn too_deep_is_an_error() {
    let (mut stream, mut out) = (Stream::default(), Vec::new());
    stream.push(b"[\n", &mut out).unwrap();
    let deep = vec![b'['; 1 << 24];
    let error = stream.push(&deep, &mut out).unwrap_err();
    assert!(error.to_string().contains("16777216"), "{error}");
    assert_eq!((error.line(), error.column()), (2, 1 << 24));
}

#[test]
fn all_can_be_sent_and_shared() {
    fn check<T: Send + Sync>() {}
    check::<Stream>();
    check::<Error>();
    check::<RepairReader<&[u8]>>();
    check::<RepairWriter<Vec<u8>>>();
}

#[test]
fn a_stream_can_be_used_again() {
    let (mut stream, mut out) = (Stream::new(Repairer::default()), Vec::new());
    for (text, good) in [
        ("[\n1", false),
        ("[\"caf\u{C3}\u{A9}\"]", true),
        ("{", true),
    ] {
        stream.push(text.as_bytes(), &mut out).unwrap();
        assert_eq!(stream.finish(&mut out).is_ok(), good);
    }
    assert_eq!(out, "[\n1[\"caf\u{E9}\"]{".as_bytes());
    assert_eq!(stream.bad_lines().count(), 1);
    assert_eq!(stream.edits(), 1);
    // After the end of a bad document, nothing is taken.
    assert!(stream.push(b"[\n}", &mut out).is_err());
    let length = out.len();
    assert!(stream.push(b"]", &mut out).is_err() && stream.finish(&mut out).is_err());
    assert_eq!(out.len(), length);
}

#[test]
fn adapters_give_all_there_is_before_they_fail() {
    let json_error = |error: io::Error| {
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        error.downcast::<Error>().unwrap()
    };
    for (json, want, line) in [
        ("[\n\"caf\u{C3}\u{A9}\" 1]", "[\n\"caf\u{E9}\" ", 2),
        (
            "\n[x]\n[\"caf\u{C3}\u{A9}\"]\n[y]",
            "\n[x]\n[\"caf\u{E9}\"]\n[y]",
            2,
        ),
    ] {
        let mut out = Vec::new();
        let mut reader = RepairReader::new(json.as_bytes());
        let error = json_error(reader.read_to_end(&mut out).unwrap_err());
        assert_eq!((out.as_slice(), error.line()), (want.as_bytes(), line));
        assert_eq!(reader.read(&mut [0; 9]).unwrap(), 0);
        assert_eq!(reader.into_inner(), b"");

        let mut out = Vec::new();
        let mut writer = RepairWriter::new(&mut out);
        let written = writer.write_all(json.as_bytes());
        let error = json_error(
            written
                .and_then(|()| writer.finish().map(drop))
                .unwrap_err(),
        );
        assert_eq!((out.as_slice(), error.line()), (want.as_bytes(), line));
    }
}

/// A string, with some of its characters as escapes.
fn string() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        3 => "[ -~]{0,12}",
        2 => "[\\x00-\\x7F\u{C3}\u{A9}\u{E2}\u{20AC}\u{2122}]{0,8}",
        2 => any::<String>(),
        3 => ("[a-z\u{E9}\u{2019}\u{44F}\u{1F602}\n ]{1,10}", 1..3usize).prop_map(|(text, layers)| {
            let layer = Layer::new(Codec::Iso8859_1);
            (0..layers).fold(text, |text, _| garble(&text, &layer).unwrap())
        }),
    ];
    (text, any::<u64>()).prop_map(|(text, escaped)| {
        let escape = |(at, c): (usize, char)| {
            let json = serde_json::to_string(&c).unwrap();
            match escaped >> (at % 64) & 1 {
                0 => json[1..json.len() - 1].to_owned(),
                _ => c
                    .encode_utf16(&mut [0; 2])
                    .iter()
                    .map(|unit| format!("\\u{unit:04X}"))
                    .collect(),
            }
        };
        let inner: String = text.chars().enumerate().map(escape).collect();
        format!("\"{inner}\"")
    })
}

/// A string that may have lone surrogates.
fn any_string() -> impl Strategy<Value = String> {
    let lone = prop::sample::select(&["\\ud83d", "\\uDE02", "\\ud83d\\uD83D", ""][..]);
    (string(), lone, string())
        .prop_map(|(a, lone, b)| format!("{}{lone}{}", &a[..a.len() - 1], &b[1..]))
}

fn blank() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just(String::new()), 1 => "[ \t\r]{1,2}"]
}

/// A value, in a line or, with line ends for blanks, in several.
fn value() -> impl Strategy<Value = String> {
    value_of(any_string().boxed())
}

/// The same with these strings.
fn value_of(string: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    let number = r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,9})?([eE][+-]?[0-9]{1,2})?";
    let leaf = prop_oneof![
        4 => string.clone(),
        1 => number,
        1 => prop::sample::select(&["true", "false", "null"][..]).prop_map(str::to_owned),
    ];
    let leaf = (blank(), leaf, blank()).prop_map(|(a, leaf, b)| a + &leaf + &b);
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let members =
            prop::collection::vec((blank(), string.clone(), blank(), inner.clone()), 0..4);
        let array = (prop::collection::vec(inner, 0..4), blank())
            .prop_map(|(items, blank)| format!("{blank}[{}]", items.join(",")));
        let object = (members, blank()).prop_map(|(members, blank)| {
            let member = |(a, key, b, value): &(String, String, String, String)| {
                format!("{a}{key}{b}:{value}")
            };
            let members: Vec<_> = members.iter().map(member).collect();
            format!("{{{}}}{blank}", members.join(","))
        });
        prop_oneof![array, object]
    })
}

/// JSON lines, a document of several lines, or both, one behind the other.
fn json() -> impl Strategy<Value = String> {
    let lines = prop::collection::vec(value(), 0..4).prop_map(|values| values.join("\n"));
    let document = value().prop_map(|value| format!("[\n{value}\n]\n"));
    let any = prop_oneof![lines, document].boxed();
    let between = prop::sample::select(&["\n", " ", "\r\n\n"][..]);
    prop_oneof![3 => any.clone(), 1 => (any.clone(), between, any).prop_map(|(a, between, b)| a + between + &b)]
}

/// JSON with a few bytes changed.
fn broken() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        4 => prop::sample::select(&b"\"\\{}[]:,\n e1.-u\t"[..]),
        // serde_json does not know record separators; a test of their own has them.
        1 => any::<u8>().prop_filter("record separator", |&byte| byte != 0x1E),
    ];
    let change = (any::<prop::sample::Index>(), byte, 0..3u8);
    (json(), prop::collection::vec(change, 0..4)).prop_map(|(json, changes)| {
        let mut json = json.into_bytes();
        for (at, byte, how) in changes {
            let at = at.index(json.len() + 1);
            match how {
                0 => json.insert(at, byte),
                1 if at < json.len() => json[at] = byte,
                _ => json.truncate(at),
            }
        }
        json
    })
}

/// Whether it is values one behind the other. A mark of the byte order may be before them; bytes that are not UTF-8 may be in strings.
fn parses(json: &[u8]) -> bool {
    let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
    let values = StreamDeserializer::<_, IgnoredAny>::new(IoRead::new(json));
    values.into_iter().all(|value| value.is_ok())
}

/// The usual number of cases of a law, or as many as the environment asks for.
fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok();
    let cases = cases.and_then(|cases| cases.parse().ok());
    ProptestConfig::with_cases(cases.unwrap_or(usual))
}

proptest! {
    #![proptest_config(cases(200))]

    /// Strings are repaired, each as a text of its own, and nothing else changes.
    #[test]
    fn strings_alone_change(json in json()) {
        let out = fix(&json);
        check_strings(json.as_bytes(), out.as_bytes());
        prop_assert_eq!(fix(&out), out);
    }

    /// To who parses it, it is the same but for what strings say.
    #[test]
    fn it_parses_to_the_same(json in value_of(string().boxed())) {
        let repaired = as_repaired(serde_json::from_str(&json).unwrap());
        let out: Value = serde_json::from_str(&fix(&json)).unwrap();
        prop_assert_eq!(out, repaired);
    }

    /// Chunks do not show, whatever is wrong with it.
    #[test]
    fn chunks_do_not_show(json in broken(), size in 1..20usize) {
        let whole = in_chunks(&json, usize::MAX);
        prop_assert_eq!(&in_chunks(&json, 1), &whole);
        prop_assert_eq!(&in_chunks(&json, size), &whole);
        // Neither do they to who reads or writes.
        let mut read = Vec::new();
        let error = RepairReader::new(json.as_slice()).read_to_end(&mut read).err();
        prop_assert_eq!(error.is_some(), whole.1.is_some() || !whole.2.is_empty());
        prop_assert_eq!(&read, &whole.0);
    }

    /// What is told of edits is what is done, and it is told as soon as what was read is settled.
    #[test]
    fn edits_account_for_all(json in broken(), size in 1..20usize) {
        let (mut stream, mut out, mut edits) = (Stream::default().accounting(), Vec::new(), Vec::<Edit>::new());
        let mut settled = 0;
        let mut ended = None;
        for chunk in json.chunks(size) {
            ended = ended.or(stream.push(chunk, &mut out).err());
            let found: Vec<_> = stream.found().collect();
            prop_assert!(found.iter().all(|edit| edit.range.start >= settled));
            edits.extend(found);
            prop_assert!(stream.settled() >= settled);
            settled = stream.settled();
            prop_assert!(edits.iter().all(|edit| edit.range.end <= settled) && settled <= json.len() as u64);
        }
        ended = ended.or(stream.finish(&mut out).err());
        let found: Vec<_> = stream.found().collect();
        prop_assert!(found.iter().all(|edit| edit.range.start >= settled));
        edits.extend(found);
        prop_assert_eq!(edits.len() as u64, stream.edits());
        let (mut want, mut at) = (Vec::new(), 0);
        for edit in &edits {
            let range = edit.range.start as usize..edit.range.end as usize;
            want.extend_from_slice(&json[at..range.start]);
            want.extend_from_slice(edit.written.as_bytes());
            at = range.end;
            let said: String = serde_json::from_str(&format!("\"{}\"", edit.written)).unwrap();
            prop_assert_eq!(&said, &edit.after);
        }
        let end = ended.map_or(json.len(), |error| error.offset() as usize);
        want.extend_from_slice(&json[at..end]);
        prop_assert_eq!(out, want);
    }

    /// What is taken for JSON is what others take for JSON, and what is not stays.
    #[test]
    fn what_is_json_is_not_a_matter_of_taste(json in broken()) {
        let (out, ended, bad) = in_chunks(&json, usize::MAX);
        let is_good = ended.is_none() && bad.is_empty();
        prop_assert_eq!(is_good, parses(&json), "{:?} {:?}: {}", ended, bad, json.escape_ascii());
        if ended.is_none() {
            let wrong: Vec<_> = bad.iter().map(|error| error.line()).collect();
            let lines: Vec<_> = json.split(|&byte| byte == b'\n').collect();
            let outs: Vec<_> = out.split(|&byte| byte == b'\n').collect();
            prop_assert_eq!(outs.len(), lines.len());
            // Where each other line is for itself, it is the line that is bad, and that stays.
            let mut others = lines.iter().zip(1..).filter(|(_, number)| !wrong.contains(number));
            if others.all(|(line, _)| parses(line)) {
                for &number in &wrong {
                    let at = number as usize - 1;
                    prop_assert!(!parses(lines[at]), "{}", json.escape_ascii());
                    prop_assert_eq!(outs[at], lines[at]);
                }
            }
        } else if let Some(error) = ended {
            prop_assert!((error.offset() as usize) <= json.len());
        }
    }

    /// ASCII without escapes is the identity.
    #[test]
    fn ascii_stays(json in value()) {
        let json: String = json.chars().filter(|&c| c.is_ascii() && c != '\\').collect();
        let (out, ..) = in_chunks(json.as_bytes(), 5);
        prop_assert_eq!(out, json.as_bytes());
    }
}

fn as_repaired(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(repair(&text).into_owned()),
        Value::Array(items) => items.into_iter().map(as_repaired).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(key, value)| (repair(&key).into_owned(), as_repaired(value)))
            .collect(),
        other => other,
    }
}

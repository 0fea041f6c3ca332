//! Bytes of unknown encoding, as far as they can be told.

#![cfg(feature = "decode")]

use std::borrow::Cow;

use unmojibake::{Options, Repairer, decode};

/// A sentence, an encoding of it, and which.
fn check(text: &str, label: &str) {
    let (bytes, encoding, _) = encoding_rs::Encoding::for_label(label.as_bytes())
        .unwrap()
        .encode(text);
    let decoded = decode(&bytes);
    assert_eq!(
        (decoded.text.as_ref(), decoded.encoding),
        (text, encoding.name())
    );
    assert!(!decoded.is_certain && !decoded.had_errors);
}

#[test]
fn legacy_encodings() {
    check(
        "Gar\u{E7}on, une bi\u{E8}re bien fra\u{EE}che s\u{2019}il vous pla\u{EE}t!",
        "windows-1252",
    );
    // Стрела летит далеко, а потом падает
    let russian = "\u{421}\u{442}\u{440}\u{435}\u{43B}\u{430} \u{43B}\u{435}\u{442}\u{438}\u{442} \u{434}\u{430}\u{43B}\u{435}\u{43A}\u{43E}, \u{430} \u{43F}\u{43E}\u{442}\u{43E}\u{43C} \u{43F}\u{430}\u{434}\u{430}\u{435}\u{442}";
    check(russian, "windows-1251");
    check(russian, "koi8-u");
    check(russian, "ibm866");
    // 新しいフォルダを作ります
    check(
        "\u{65B0}\u{3057}\u{3044}\u{30D5}\u{30A9}\u{30EB}\u{30C0}\u{3092}\u{4F5C}\u{308A}\u{307E}\u{3059}",
        "shift_jis",
    );
}

#[test]
fn what_is_certain() {
    let decoded = decode("It\u{2019}s".as_bytes());
    assert!(matches!(decoded.text, Cow::Borrowed("It\u{2019}s")));
    assert!(decoded.is_certain && decoded.encoding == "UTF-8");
    let decoded = decode(b"\xEF\xBB\xBFcaf\xC3\x83\xC2\xA9 \xFF");
    assert_eq!(decoded.text, "caf\u{E9} \u{FFFD}");
    assert!(decoded.is_certain && decoded.had_errors);
    let decoded = decode(b"\xFE\xFF\0c\0a\0f\0\xE9");
    assert_eq!(
        (&*decoded.text, decoded.encoding),
        ("caf\u{E9}", "UTF-16BE")
    );
    assert_eq!(decode(b"").text, "");
}

/// UTF-8 beside Windows-1252 comes out of the guess garbled, and of the repair sound.
#[test]
fn mixed_bytes() {
    let bytes =
        b"Un caf\xC3\xA9 tr\xC3\xA8s serr\xC3\xA9.\nUn caf\xE9 tr\xE8s serr\xE9, d\xE9j\xE0.\n";
    assert_eq!(
        decode(bytes).text,
        "Un caf\u{E9} tr\u{E8}s serr\u{E9}.\nUn caf\u{E9} tr\u{E8}s serr\u{E9}, d\u{E9}j\u{E0}.\n"
    );
}

#[test]
fn by_options() {
    let repairer = Repairer::new(Options::text());
    assert_eq!(
        repairer.decode(b"\x93Gar\xE7on, une bi\xE8re\x94\r\n").text,
        "\"Gar\u{E7}on, une bi\u{E8}re\"\n"
    );
}

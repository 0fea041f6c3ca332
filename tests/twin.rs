//! A slow and obvious twin of the scanner, for one codec: a regular expression that finds every run of characters that are strict UTF-8
//! read as windows-1252. No lossless edit may lie anywhere else.

mod common;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use common::words::{any_sentence, garbage};
use proptest::prelude::*;
use regex::Regex;
use unmojibake::{Codec, Layer, find, garble};

/// The character that each byte from 80 to FF becomes, learned from how characters are garbled.
fn alphabet() -> BTreeMap<u8, char> {
    let mut alphabet = BTreeMap::new();
    let codes = (0x80..0x800).chain((0x800..0x11_0000).step_by(0x40));
    for c in codes.filter_map(char::from_u32) {
        let garbled = garble(c.encode_utf8(&mut [0; 4]), &Layer::new(Codec::Windows1252)).unwrap();
        let bytes = c.to_string().into_bytes();
        assert_eq!(garbled.chars().count(), bytes.len(), "{c:?}");
        for (byte, seen) in bytes.into_iter().zip(garbled.chars()) {
            assert_eq!(*alphabet.entry(byte).or_insert(seen), seen, "{byte:02X}");
        }
    }
    alphabet
}

/// The runs, by the table of well-formed byte sequences of the Unicode Standard (3-7), and surrogate pairs as CESU-8 writes them.
static RUNS: LazyLock<Regex> = LazyLock::new(|| {
    let alphabet = alphabet();
    let class = |low: u8, high: u8| {
        let chars: String = alphabet
            .range(low..=high)
            .map(|(_, &c)| format!("\\x{{{:X}}}", u32::from(c)))
            .collect();
        format!("[{chars}]")
    };
    let tail = class(0x80, 0xBF);
    let sequences = [
        vec![class(0xC2, 0xDF), tail.clone()],
        vec![class(0xE0, 0xE0), class(0xA0, 0xBF), tail.clone()],
        vec![class(0xE1, 0xEC), tail.clone(), tail.clone()],
        vec![class(0xED, 0xED), class(0x80, 0x9F), tail.clone()],
        vec![class(0xEE, 0xEF), tail.clone(), tail.clone()],
        vec![
            class(0xF0, 0xF0),
            class(0x90, 0xBF),
            tail.clone(),
            tail.clone(),
        ],
        vec![class(0xF1, 0xF3), tail.clone(), tail.clone(), tail.clone()],
        vec![
            class(0xF4, 0xF4),
            class(0x80, 0x8F),
            tail.clone(),
            tail.clone(),
        ],
        vec![
            class(0xED, 0xED),
            class(0xA0, 0xAF),
            tail.clone(),
            class(0xED, 0xED),
            class(0xB0, 0xBF),
            tail,
        ],
    ];
    let sequences: Vec<String> = sequences.iter().map(|s| s.concat()).collect();
    Regex::new(&format!("(?:{})+", sequences.join("|"))).unwrap()
});

#[test]
fn the_twin_finds_what_is_garbled() {
    let found: Vec<&str> = RUNS
        .find_iter(
            "caf\u{C3}\u{A9} \u{E9}t\u{C3} \u{E2}\u{20AC}\u{2122}\u{F0}\u{178}\u{2DC}\u{20AC}!",
        )
        .map(|run| run.as_str())
        .collect();
    assert_eq!(
        found,
        [
            "\u{C3}\u{A9}",
            "\u{E2}\u{20AC}\u{2122}\u{F0}\u{178}\u{2DC}\u{20AC}"
        ]
    );
    // An overlong form, and a surrogate by itself.
    assert!(!RUNS.is_match("\u{E0}\u{80}\u{80} \u{ED}\u{A0}\u{BD}"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn edits_lie_in_runs(
        sentence in any_sentence(),
        sound in any_sentence(),
        litter in garbage(),
        cesu8: bool,
    ) {
        let garbled = garble(&sentence, &Layer::new(Codec::Windows1252).cesu8(cesu8)).unwrap();
        let text = format!("{sound} {garbled} {sound}\n{litter}\n{garbled} {litter}");
        for edit in find(&text) {
            if edit.layers.first().is_some_and(|layer| layer.codec == Codec::Windows1252) && edit.losses.is_empty() {
                let within = RUNS.find_iter(&text).any(|run| {
                    run.start() <= edit.range.start && edit.range.end <= run.end()
                });
                prop_assert!(within, "{:?}", edit);
                prop_assert_eq!(RUNS.find(edit.before).map(|run| run.range()), Some(0..edit.before.len()));
            }
        }
        // What is garbled must be a run in the twin's eyes, or the twin is blind.
        prop_assert!(RUNS.is_match(&garbled) || garbled.is_ascii());
    }
}

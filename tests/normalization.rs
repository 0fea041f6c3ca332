//! Unicode's own test of its normalization forms, through ours: text by text and as one text, whole and in chunks.

mod common;

use common::check::streamed;
use unmojibake::{Normalization, Options, Repairer};

/// A row of the test: a text, and what it is in each form.
struct Row {
    line: usize,
    /// The source, then NFC, NFD, NFKC, NFKD.
    texts: [String; 5],
}

fn rows() -> Vec<Row> {
    let text = std::fs::read_to_string("fixtures/sources/normalization.txt").unwrap();
    let character = |code: &str| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap();
    let rows = text
        .lines()
        .zip(1..)
        .filter(|(row, _)| !row.starts_with('#'));
    rows.map(|(row, line)| {
        let columns: Vec<&str> = row.split(';').collect();
        let texts = std::array::from_fn(|at| match columns[at] {
            "" => columns[0],
            column => column,
        });
        Row {
            line,
            texts: texts.map(|column| column.split(' ').map(character).collect()),
        }
    })
    .collect()
}

/// A form, and for each column of the test the one that the form makes of it.
const FORMS: [(Normalization, [usize; 5]); 4] = [
    (Normalization::Nfc, [1, 1, 1, 3, 3]),
    (Normalization::Nfd, [2, 2, 2, 4, 4]),
    (Normalization::Nfkc, [3; 5]),
    (Normalization::Nfkd, [4; 5]),
];

/// Only the normalization. Nothing is taken for mojibake, of which some of the texts look like it.
fn repairer(form: Normalization) -> Repairer {
    Repairer::new(Options::new().layers(0).normalization(form))
}

#[test]
fn each_text_takes_each_form() {
    let rows = rows();
    assert!(rows.len() > 8000);
    for (form, columns) in FORMS {
        let repairer = repairer(form);
        for row in &rows {
            for (text, want) in row.texts.iter().zip(columns) {
                let want = &row.texts[want];
                let line = row.line;
                assert_eq!(repairer.repair(text), *want, "{form:?}, line {line}");
                // Between others it is the same.
                let among = repairer
                    .repair(&format!("{text}\u{65E5}{text}\n"))
                    .into_owned();
                assert_eq!(
                    among,
                    format!("{want}\u{65E5}{want}\n"),
                    "{form:?}, line {line}"
                );
            }
        }
    }
}

/// In every chunking of each text, and in some of all of them together.
#[test]
fn chunking_is_invisible() {
    let rows = rows();
    for (form, columns) in FORMS {
        let repairer = repairer(form);
        let (mut all, mut all_normal) = (String::new(), String::new());
        for row in &rows {
            let (source, want) = (&row.texts[0], &row.texts[columns[0]]);
            for at in 1..source.len() {
                let (a, b) = source.as_bytes().split_at(at);
                assert_eq!(streamed(&repairer, [a, b]), want.as_bytes());
            }
            all.push_str(&format!("{source} "));
            all_normal.push_str(&format!("{want} "));
        }
        // It is one line, of several segments.
        let (all, all_normal) = (all.repeat(2), all_normal.repeat(2));
        assert!(all.len() > 64 * 1024);
        assert!(repairer.repair(&all) == all_normal, "{form:?}, whole");
        // Small chunks of long lines take long, more so in a debug build.
        let sizes: &[usize] = match cfg!(debug_assertions) {
            true => &[4093, 65_536],
            false => &[31, 64, 4093, 65_536],
        };
        for size in sizes.iter().copied() {
            let out = streamed(&repairer, all.as_bytes().chunks(size));
            assert!(out == all_normal.as_bytes(), "{form:?}, by {size}");
        }
    }
}

/// A line that has to be cut is cut where it does no harm to its form: not between a letter and its mark, or the parts of a syllable.
#[test]
fn long_lines_are_cut_between_clusters() {
    let repairer = repairer(Normalization::Nfc);
    for (cluster, normal) in [
        ("e\u{301}", "\u{E9}"),
        ("\u{65E5}\u{323}", "\u{65E5}\u{323}"),
        // カ and ゙, 한 in its parts
        ("\u{30AB}\u{3099}", "\u{30AC}"),
        ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"),
        ("\u{915}\u{93C}", "\u{915}\u{93C}"),
    ] {
        let times = 150 * 1024 / cluster.len();
        let (text, want) = (cluster.repeat(times), normal.repeat(times));
        assert!(
            repairer.repair(&text) == want,
            "{}",
            common::escape(cluster.as_bytes())
        );
        let out = streamed(&repairer, text.as_bytes().chunks(999));
        assert!(
            out == want.as_bytes(),
            "{}",
            common::escape(cluster.as_bytes())
        );
    }
}

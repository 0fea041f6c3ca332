//! What comes back of the lines that Python's codecs garbled: `fixtures/garbled/python.tsv`.

use std::collections::BTreeSet;

use unmojibake::{Codec, Holes, Layer, Nbsp, garble};

use crate::corpora;
use crate::floors;
use crate::score::{MULTI_BYTE, NOTHING, Score};

const FILE: &str = "fixtures/garbled/python.tsv";

/// A line of the file.
struct Line {
    /// One codec, or several joined by `+` in the order in which the text went through them.
    codecs: String,
    loss: String,
    corpus: String,
    clean: String,
    garbled: String,
}

/// All lines of the file; a mistake in it panics with its place.
fn lines() -> Vec<Line> {
    let text = std::fs::read_to_string(FILE).unwrap_or_else(|e| panic!("{FILE}: {e}"));
    let line = |(line, number): (&str, usize)| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [codecs, loss, corpus, clean, garbled] = columns[..] else {
            panic!("{FILE}:{number}: {} columns, not 5", columns.len());
        };
        let unescape = |text| {
            unescape(text).unwrap_or_else(|| panic!("{FILE}:{number}: a wrong escape: {text}"))
        };
        Line {
            codecs: codecs.to_owned(),
            loss: loss.to_owned(),
            corpus: corpus.to_owned(),
            clean: unescape(clean),
            garbled: unescape(garbled),
        }
    };
    text.lines()
        .zip(1..)
        .filter(|(line, _)| !line.starts_with('#'))
        .map(line)
        .collect()
}

/// Resolves `\u{..}`, the only escape there is.
fn unescape(text: &str) -> Option<String> {
    let mut parts = text.split("\\u{");
    let mut out = parts.next()?.to_owned();
    for part in parts {
        let (digits, rest) = part.split_once('}')?;
        out.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
        out.push_str(rest);
    }
    Some(out)
}

#[test]
fn the_file_is_sound() {
    let corpora = corpora::for_accuracy();
    let mut seen = BTreeSet::new();
    for line in lines() {
        let Line {
            codecs,
            loss,
            corpus,
            clean,
            garbled,
        } = line;
        let of = corpora.iter().find(|other| other.name == corpus);
        let of = of.unwrap_or_else(|| panic!("no corpus {corpus}"));
        assert!(
            of.text.lines().any(|line| line.contains(&clean)),
            "not in {corpus}: {clean}"
        );
        assert_ne!(clean, garbled, "{codecs}, {loss}");
        assert!(
            !garbled.contains(['\n', '\r', '\t']),
            "{codecs}, {loss}: {garbled:?}"
        );
        assert!(
            seen.insert((codecs.clone(), loss, clean.clone())),
            "{codecs}: twice: {clean}"
        );
    }
}

/// The layer that does what a loss of the file is; `None` of what the crate's model does not have.
fn layer(codec: Codec, loss: &str) -> Option<Layer> {
    let layer = Layer::new(codec);
    Some(match loss {
        "none" => layer,
        "dropped" => layer.holes(Holes::Dropped),
        "replaced" => layer.holes(Holes::Replaced),
        "question" => layer.holes(Holes::QuestionMark),
        "nbsp-space" => layer.nbsp(Nbsp::Space),
        "nbsp-stripped" => layer.nbsp(Nbsp::Stripped),
        _ => return None,
    })
}

/// Characters that Python's tables have in place of another: the codec, Python's, and ours. Byte A0 of Shift_JIS is the only one that UTF-8 comes upon:
/// JIS leaves it undefined, Windows makes U+00A0 of it and this crate with it, and Python's `cp932` takes one for private use.
const OF_PYTHON: [(Codec, char, &str); 1] = [(Codec::ShiftJis, '\u{F8F0}', "\u{A0}")];

/// Two implementations that share nothing make the same of the same text.
#[test]
fn garble_does_what_python_does() {
    let mut compared = 0;
    for line in lines() {
        // Where Python has another table: KOI8-U as in RFC 2319, without the two letters of Belarusian that the WHATWG Encoding Standard put in,
        // and windows-1255 without its CA.
        if matches!(&*line.codecs, "koi8-u" | "windows-1255") {
            continue;
        }
        // What is lost of multi-byte codecs is lost in units of each program's own.
        if MULTI_BYTE.contains(&&*line.codecs) && line.loss != NOTHING {
            continue;
        }
        // Several layers are no codec.
        let Ok(codec) = line.codecs.parse() else {
            continue;
        };
        let Some(layer) = layer(codec, &line.loss) else {
            continue;
        };
        let garbled = garble(&line.clean, &layer).unwrap();
        let mut theirs = line.garbled;
        for (of, python, ours) in OF_PYTHON {
            if codec == of {
                theirs = theirs.replace(python, ours);
            }
        }
        assert_eq!(garbled, theirs, "{codec}, {}", line.loss);
        compared += 1;
    }
    assert!(compared > 800, "{compared}");
}

#[test]
fn recall() {
    let mut score = Score::new("garbled by Python");
    for line in lines() {
        score.count(&line.codecs, &line.loss, &line.clean, &line.garbled);
    }
    score.hold(floors::PYTHON);
}

/// The same lines by where their texts are from: the tables of statistics were made from the declarations among others, and from no
/// text of the other two.
#[test]
fn texts_of_the_training_hide_nothing() {
    let share = |folder: &str| {
        let mut all = 0;
        let mut restored = 0;
        for line in lines() {
            if line.corpus.starts_with(folder)
                && line.loss == NOTHING
                && line.codecs.parse::<Codec>().is_ok()
            {
                all += 1;
                restored += u32::from(unmojibake::repair(&line.garbled) == line.clean);
            }
        }
        100.0 * f64::from(restored) / f64::from(all)
    };
    let [known, unseen] = [share("udhr/"), share("everyday/")];
    println!("nothing lost: declarations {known:.1} %, everyday sentences {unseen:.1} %");
    assert!(
        unseen > known - floors::LEAD_OF_THE_TRAINED,
        "{known:.1} %, {unseen:.1} %"
    );
}

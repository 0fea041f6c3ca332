//! The texts that are timed, each named by language, size and kind: `ru-medium-clean`.
//!
//! *Small* is a page or two as it is, *medium* a small text repeated up to [`MEDIUM`] bytes, *huge* several megabytes, past any cache. Sizes differ
//! so that a cost for each call, which small texts show, is not taken for a cost for each byte. Medium texts are repeated rather
//! than longer: it costs the repository nothing, and the lines, not the paragraphs, are what the engine sees one by one.
//!
//! What belongs here: what a text is and what has to come out of it. What does not: how it is timed. Where the files come from is told in
//! `fixtures/corpora/README.md`.

use std::borrow::Cow;

use unmojibake::{Codec, Layer, garble};

/// The size of a medium text, in bytes: beyond the first-level cache, and long enough that the clock's grain does not show.
const MEDIUM: usize = 256 * 1024;

/// How often a huge text holds the post.
const HUGE: usize = 1000;

const POST: &str = include_str!("../../fixtures/post.md");
const POST_EXPECTED: &str = include_str!("../../fixtures/post.expected.md");

const CHINESE: &str = include_str!("../../fixtures/corpora/zh.txt");

/// Clean texts: the name of each, and the text.
const CLEAN: [(&str, &str); 11] = [
    (
        "fr-medium-clean",
        include_str!("../../fixtures/corpora/fr.txt"),
    ),
    (
        "de-medium-clean",
        include_str!("../../fixtures/corpora/de.txt"),
    ),
    (
        "pl-medium-clean",
        include_str!("../../fixtures/corpora/pl.txt"),
    ),
    (
        "ru-medium-clean",
        include_str!("../../fixtures/corpora/ru.txt"),
    ),
    (
        "el-medium-clean",
        include_str!("../../fixtures/corpora/el.txt"),
    ),
    ("zh-medium-clean", CHINESE),
    (
        "ja-medium-clean",
        include_str!("../../fixtures/corpora/ja.txt"),
    ),
    (
        "ko-medium-clean",
        include_str!("../../fixtures/corpora/ko.txt"),
    ),
    (
        "ar-medium-clean",
        include_str!("../../fixtures/corpora/ar.txt"),
    ),
    (
        "hi-medium-clean",
        include_str!("../../fixtures/corpora/hi.txt"),
    ),
    (
        "emoji-medium-clean",
        include_str!("../../fixtures/corpora/emoji.txt"),
    ),
];

/// Texts garbled throughout: the name, the text before, and how often it went through Windows-1252.
const GARBLED: [(&str, &str, usize); 2] = [
    (
        "ru-medium-windows1252",
        include_str!("../../fixtures/corpora/ru.txt"),
        1,
    ),
    (
        "fr-medium-windows1252-twice",
        include_str!("../../fixtures/corpora/fr.txt"),
        2,
    ),
];

/// How much of each text is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// All of it, to be timed.
    Full,
    /// Each text twice over: enough to see that all works, even unoptimized.
    Taste,
}

/// What has to come out of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The text itself, borrowed.
    Untouched,
    /// This text.
    Restored(String),
}

/// A named text with what has to come out of it.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// Language, size and kind.
    pub name: &'static str,
    /// The text to repair.
    pub text: String,
    /// What has to come out.
    pub outcome: Outcome,
}

impl Corpus {
    fn clean(name: &'static str, text: String) -> Corpus {
        Corpus {
            name,
            text,
            outcome: Outcome::Untouched,
        }
    }

    /// What of the repair is not as it has to be, if anything: a speed says nothing about an engine that gives another answer.
    #[must_use]
    pub fn complaint(&self) -> Option<String> {
        let repaired = unmojibake::repair(&self.text);
        let wanted = match &self.outcome {
            Outcome::Untouched if matches!(repaired, Cow::Borrowed(_)) => return None,
            Outcome::Untouched => &self.text,
            Outcome::Restored(text) => text,
        };
        let differing = repaired
            .lines()
            .zip(wanted.lines())
            .find(|(is, should_be)| is != should_be);
        match differing {
            Some((is, should_be)) => Some(format!(
                "{}: a line came out as\n  {is:?}\nand should be\n  {should_be:?}",
                self.name
            )),
            None if *repaired != **wanted => Some(format!("{}: too few or many lines", self.name)),
            None if self.outcome == Outcome::Untouched => {
                Some(format!("{}: not borrowed", self.name))
            }
            None => None,
        }
    }
}

/// All corpora: ASCII and the post first, then clean text, then garbled.
#[must_use]
pub fn load(amount: Amount) -> Vec<Corpus> {
    let medium = |text: &str| match amount {
        Amount::Full => text.repeat(MEDIUM.div_ceil(text.len())),
        Amount::Taste => text.repeat(2),
    };
    let mut corpora = vec![
        Corpus::clean("en-medium-ascii", medium(&ascii_lines(POST_EXPECTED))),
        post("en-small-post", 1),
        Corpus::clean("en-small-repaired", POST_EXPECTED.to_owned()),
        post(
            "en-huge-post",
            match amount {
                Amount::Full => HUGE,
                Amount::Taste => 2,
            },
        ),
    ];
    corpora.extend(CLEAN.map(|(name, text)| Corpus::clean(name, medium(text))));
    corpora.extend(GARBLED.map(|(name, text, layers)| Corpus {
        name,
        text: medium(&through_windows1252(text, layers)),
        // The same number of copies, though each is shorter.
        outcome: Outcome::Restored(match amount {
            Amount::Full => text.repeat(MEDIUM.div_ceil(through_windows1252(text, layers).len())),
            Amount::Taste => text.repeat(2),
        }),
    }));
    let (text, garbled) = through_gbk();
    corpora.push(Corpus {
        name: "zh-medium-gbk",
        text: medium(&garbled),
        outcome: Outcome::Restored(match amount {
            Amount::Full => text.repeat(MEDIUM.div_ceil(garbled.len())),
            Amount::Taste => text.repeat(2),
        }),
    });
    corpora
}

/// The Chinese text, as much of each line as GBK can garble without loss: whole and garbled.
fn through_gbk() -> (String, String) {
    let layer = Layer::new(Codec::Gbk);
    let longest_prefix = |line: &'static str| {
        let ends = line.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        ends.map(|end| &line[..end])
            .find_map(|prefix| Some((prefix, garble(prefix, &layer).ok()?)))
    };
    let (mut text, mut garbled) = (String::new(), String::new());
    for (line, other) in CHINESE.lines().filter_map(longest_prefix) {
        text.extend([line, "\n"]);
        garbled.extend([&*other, "\n"]);
    }
    (text, garbled)
}

fn post(name: &'static str, times: usize) -> Corpus {
    Corpus {
        name,
        text: POST.repeat(times),
        outcome: Outcome::Restored(POST_EXPECTED.repeat(times)),
    }
}

fn ascii_lines(text: &str) -> String {
    text.split_inclusive('\n')
        .filter(|line| line.is_ascii())
        .collect()
}

fn through_windows1252(text: &str, layers: usize) -> String {
    (0..layers).fold(text.to_owned(), |text, _| {
        garble(&text, &Layer::new(Codec::Windows1252))
            .expect("bytes that Windows-1252 leaves undefined become C1 controls")
    })
}

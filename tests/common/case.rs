//! The parser of `fixtures/cases/*.txt`. A mistake in a case file panics with file and line.

use std::fmt;

use unmojibake::Lost;

/// One record of a case file.
#[derive(Clone, Debug)]
pub struct Case {
    /// The file and the line where the record begins.
    pub place: String,
    pub name: String,
    pub input: Vec<u8>,
    /// What should come out: the input where the record has no `out`.
    pub output: Vec<u8>,
    pub lost: Lost,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.name)
    }
}

/// The records of a file under `fixtures/cases`.
pub fn read(name: &str) -> Vec<Case> {
    let path = format!("fixtures/cases/{name}.txt");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    parse(&path, &text)
}

/// The records of a text in the format of case files.
pub fn parse(path: &str, text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut fields: Vec<(&str, &str, usize)> = Vec::new();
    for (line, number) in text.lines().chain([""]).zip(1..) {
        if line.starts_with('#') {
            continue;
        }
        if line.is_empty() {
            if let Some(&(_, _, first)) = fields.first() {
                cases.push(record(path, first, &fields));
                fields.clear();
            }
            continue;
        }
        let Some((key, value)) = line.split_once(':') else {
            panic!("{path}:{number}: no `key: value`: {line}");
        };
        assert!(
            ["name", "seen", "why", "in", "out", "lost"].contains(&key),
            "{path}:{number}: unknown field `{key}`; known are name, seen, why, in, out, lost"
        );
        assert!(
            fields.iter().all(|field| field.0 != key),
            "{path}:{number}: a second `{key}` in one record; is a blank line missing?"
        );
        assert!(
            value.is_empty() || value.starts_with(' '),
            "{path}:{number}: no space after `{key}:`"
        );
        assert!(
            !value.ends_with(' '),
            "{path}:{number}: a space at the end of the line gets lost; write it as \\u{{20}}"
        );
        fields.push((key, value.strip_prefix(' ').unwrap_or(value), number));
    }
    cases
}

fn record(path: &str, first: usize, fields: &[(&str, &str, usize)]) -> Case {
    let find = |key: &str| fields.iter().find(|field| field.0 == key);
    let text = |key: &str| match find(key) {
        Some(&(_, value, _)) if !value.is_empty() => value.to_owned(),
        _ => panic!("{path}:{first}: the record has no `{key}`"),
    };
    let bytes =
        |key: &str| find(key).map(|&(_, value, line)| unescape(value, &format!("{path}:{line}")));
    text("seen");
    text("why");
    let input = bytes("in").unwrap_or_else(|| panic!("{path}:{first}: the record has no `in`"));
    let output = bytes("out");
    assert!(
        output.as_ref() != Some(&input),
        "{path}:{first}: `out` equals `in`; leave it away"
    );
    Case {
        place: format!("{path}:{first}"),
        name: text("name"),
        output: output.unwrap_or_else(|| input.clone()),
        input,
        lost: match find("lost").map(|field| field.1) {
            None | Some("certain") => Lost::Certain,
            Some("guess") => Lost::Guess,
            Some("keep") => Lost::Keep,
            Some(other) => {
                panic!("{path}:{first}: `lost` is guess, certain or keep, not `{other}`")
            }
        },
    }
}

/// Resolves `\n \r \t \\ \u{..} \x..`, the last of which stands for a byte and not for a character.
fn unescape(value: &str, place: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = value;
    while let Some(c) = rest.chars().next() {
        assert!(
            matches!(c, ' '..='~'),
            "{place}: write {c:?} as an escape, so that no editor can mend it"
        );
        rest = &rest[1..];
        if c != '\\' {
            out.push(c as u8);
            continue;
        }
        let (piece, length) = escape(rest).unwrap_or_else(|| {
            panic!(
                "{place}: no such escape: \\{}",
                rest.get(..8).unwrap_or(rest)
            )
        });
        out.extend(piece);
        rest = &rest[length..];
    }
    out
}

/// What the escape at the start of `text`, its backslash taken off, stands for, and its length.
fn escape(text: &str) -> Option<(Vec<u8>, usize)> {
    Some(match text.as_bytes().first()? {
        b'n' => (vec![b'\n'], 1),
        b'r' => (vec![b'\r'], 1),
        b't' => (vec![b'\t'], 1),
        b'\\' => (vec![b'\\'], 1),
        b'x' => (vec![u8::from_str_radix(text.get(1..3)?, 16).ok()?], 3),
        b'u' => {
            let (digits, _) = text.get(1..)?.strip_prefix('{')?.split_once('}')?;
            let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            (c.to_string().into_bytes(), digits.len() + 3)
        }
        _ => return None,
    })
}

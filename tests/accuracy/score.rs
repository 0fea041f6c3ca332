//! Counts what comes back, prints it, and holds it against the floors.

use std::fmt;

use unmojibake::{Lost, Options, Repairer};

use crate::floors::Floor;

/// The name of the loss where nothing is lost.
pub const NOTHING: &str = "none";

/// Codecs that count in rows of their own only, and not in the sums, since they lose other things. The first is what Python calls the second.
pub const MULTI_BYTE: [&str; 5] = ["gbk", "gb18030", "shift_jis", "euc-kr", "big5"];

const TWO_LAYERS: &str = "two layers";
const THREE_LAYERS: &str = "three layers";

/// How many of the lines that did not come back a complaint shows.
const EXAMPLES: usize = 2;

/// Lines, and how many of them came back.
#[derive(Debug, Default)]
struct Share {
    lines: u32,
    restored: u32,
    examples: Vec<String>,
}

impl Share {
    fn count(&mut self, clean: &str, garbled: &str, repaired: &str) {
        self.lines += 1;
        if repaired == clean {
            self.restored += 1;
        } else if self.examples.len() < EXAMPLES {
            self.examples
                .push(format!("\n    {garbled}\n      {repaired}\n      {clean}"));
        }
    }

    /// In per cent; `None` of no lines.
    fn per_cent(&self) -> Option<f64> {
        (self.lines > 0).then(|| 100.0 * f64::from(self.restored) / f64::from(self.lines))
    }
}

/// A row: lines that lost nothing, and the others, by default and where lost bytes are guessed. The floors have the same columns.
#[derive(Debug, Default)]
struct Row([Share; 3]);

const COLUMNS: [&str; 3] = [
    "nothing lost",
    "lost or mixed",
    "lost or mixed, by `Lost::Guess`",
];

/// What came back of many garbled lines.
pub struct Score {
    title: &'static str,
    by_default: Repairer,
    by_guess: Repairer,
    /// By name, in the order in which the names turned up.
    codecs: Vec<(String, Row)>,
    /// The same for what the single-byte codecs come to together.
    sums: Vec<(String, Row)>,
}

/// The row of this name.
fn row<'t>(rows: &'t mut Vec<(String, Row)>, name: &str) -> &'t mut Row {
    let found = rows.iter().position(|(other, _)| other == name);
    let at = found.unwrap_or(rows.len());
    if found.is_none() {
        rows.push((name.to_owned(), Row::default()));
    }
    &mut rows[at].1
}

impl Score {
    pub fn new(title: &'static str) -> Score {
        Score {
            title,
            by_default: Repairer::default(),
            by_guess: Repairer::new(Options::new().lost(Lost::Guess)),
            codecs: Vec::new(),
            sums: Vec::new(),
        }
    }

    /// Counts a line that went through these codecs: `windows-1252`, or several joined by `+`.
    pub fn count(&mut self, codecs: &str, loss: &str, clean: &str, garbled: &str) {
        let by_default = self.by_default.repair(garbled);
        let by_guess = self.by_guess.repair(garbled);
        let count = |Row([whole, lost, guess]): &mut Row| {
            if loss == NOTHING {
                whole.count(clean, garbled, &by_default);
            } else {
                lost.count(clean, garbled, &by_default);
                guess.count(clean, garbled, &by_guess);
            }
        };
        let name = match codecs.split('+').count() {
            1 => codecs,
            2 => TWO_LAYERS,
            _ => THREE_LAYERS,
        };
        count(row(&mut self.codecs, name));
        if name == codecs && !MULTI_BYTE.contains(&name) {
            count(row(&mut self.sums, "all single-byte codecs"));
            if loss != NOTHING {
                count(row(&mut self.sums, loss));
            }
        }
    }

    fn rows(&self) -> impl Iterator<Item = &(String, Row)> {
        self.codecs.iter().chain(&self.sums)
    }

    /// Prints what came back, and panics with all that is below its floor.
    pub fn hold(&self, floors: &[Floor]) {
        println!("{self}");
        let mut complaints = Vec::new();
        for (name, row) in self.rows() {
            let Some((_, floor)) = floors.iter().find(|(other, _)| other == name) else {
                complaints.push(format!("{name}: no floor in tests/accuracy/floors.rs"));
                continue;
            };
            for ((share, floor), column) in row.0.iter().zip(floor).zip(COLUMNS) {
                if let Some(is) = share.per_cent().filter(|&is| is < f64::from(*floor)) {
                    complaints.push(format!(
                        "{name}, {column}: {is:.1} % came back, the floor is {floor} %. Such as{}",
                        share.examples.concat()
                    ));
                }
            }
        }
        for (name, _) in floors {
            if self.rows().all(|(other, _)| other != name) {
                complaints.push(format!("{name}: a floor, but nothing to hold against it"));
            }
        }
        assert!(
            complaints.is_empty(),
            "{}:\n{}",
            self.title,
            complaints.join("\n")
        );
    }
}

/// As a table in Markdown: of each column the lines and how many per cent of them came back.
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [whole, lost, guess] = COLUMNS;
        writeln!(
            f,
            "\n| {} | lines | {whole} | lines | {lost} | {guess} |",
            self.title
        )?;
        writeln!(f, "|---|--:|--:|--:|--:|--:|")?;
        let show = |share: &Share| {
            share
                .per_cent()
                .map_or(String::new(), |is| format!("{is:.1}"))
        };
        for (name, Row([whole, lost, guess])) in self.rows() {
            writeln!(
                f,
                "| {name} | {} | {} | {} | {} | {} |",
                whole.lines,
                show(whole),
                lost.lines,
                show(lost),
                show(guess)
            )?;
        }
        Ok(())
    }
}

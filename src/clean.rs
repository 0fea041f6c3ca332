//! A segment through all that was asked for: the steps before the repair, the repair, the steps after it, and again, until nothing changes.
//!
//! That nothing changes any more is what makes the whole idempotent, whatever the steps do to each other: a width that is folded may complete an entity, what an entity stands for may be half of
//! a garble, and what was a line may be two. A segment that does not come to rest in [`ROUNDS`] rounds was made for that; it stays as it is.

use crate::account::Account;
use crate::engine::Engine;
use crate::repair::{rewrite, scan};
use crate::steps::triggers::{Seen, Wanted};
use crate::steps::{Step, Steps};

/// How often a segment is gone through. Text comes to rest after one or two rounds, and takes one more to show it.
const ROUNDS: u32 = 12;

/// A text, what it was made, and the account of that, if one was asked for.
pub(crate) struct Cleaned {
    pub text: String,
    pub account: Account,
}

/// What there may be to do still in a text that was cleaned.
#[derive(Default)]
struct Left<'p> {
    /// For the steps.
    wanted: Wanted<'p>,
    /// Whether the repair has nothing to do in it: it has seen it as it is, and neither it nor a step behind it has changed anything, so they would not if they saw it again; or nothing
    /// in it is suspect.
    is_settled: bool,
}

fn is_suspect(text: &str) -> bool {
    scan::first_suspect(text).is_some()
}

/// Cleans a segment of which so much is known. `None` if it is to stay as it is.
pub(crate) fn clean(segment: &str, seen: Seen<'_>, engine: &mut Engine<'_>) -> Option<Cleaned> {
    let (mut cleaned, mut left) = line(segment, seen, engine)?;
    for _ in 1..ROUNDS {
        let Some((next, still)) = round(&cleaned.text, left, engine) else {
            return (cleaned.text != segment).then_some(cleaned);
        };
        cleaned.text = next.text;
        cleaned.account = cleaned.account.then(next.account);
        left = still;
    }
    None
}

/// One round more through a text: line by line, since lines are independent.
fn round<'p>(text: &str, left: Left<'p>, engine: &mut Engine<'_>) -> Option<(Cleaned, Left<'p>)> {
    let first = memchr::memchr(b'\n', text.as_bytes());
    if first.is_none_or(|at| at + 1 == text.len()) {
        if left.is_settled && left.wanted.steps.before_repair().is_empty() {
            return None;
        }
        let seen = Seen {
            wanted: left.wanted,
            is_suspect: is_suspect(text),
        };
        return line(text, seen, engine);
    }
    let mut all = Cleaned {
        text: String::with_capacity(text.len()),
        account: Account::default(),
    };
    let (mut at, mut changed) = (0, false);
    for part in text.split_inclusive('\n') {
        let seen = Seen::of(part, engine.triggers());
        match line(part, seen, engine) {
            None => all.text.push_str(part),
            Some((cleaned, _)) => {
                all.account.append(cleaned.account, at, all.text.len());
                all.text.push_str(&cleaned.text);
                changed = true;
            }
        }
        at += part.len();
    }
    changed.then(|| (all, Left::default()))
}

/// One round through a line.
fn line<'p>(text: &str, seen: Seen<'p>, engine: &mut Engine<'_>) -> Option<(Cleaned, Left<'p>)> {
    if seen.has_nothing_to_do() {
        return None;
    }
    let mut line = Line {
        text,
        engine,
        wanted: seen.wanted,
        is_sound: !seen.is_suspect,
        allowed: Steps::ALL,
        changed: None,
    };
    line.run(Steps::ALL.before_repair());
    if line.changed.is_some() && !line.is_sound {
        line.is_sound = !is_suspect(line.text());
    }
    let is_suspect = !line.is_sound;
    let is_repaired = is_suspect && line.repair();
    if is_suspect {
        line.spare_garbles();
    }
    let is_changed = line.run(Steps::ALL.behind_repair()) | is_repaired;
    let is_done = line.is_sound && line.wanted.steps.is_empty();
    let left = Left {
        wanted: line.wanted,
        is_settled: is_done || !is_changed,
    };
    Some((line.changed?, left))
}

/// A line on its way.
struct Line<'l, 'p, 'e, 'o> {
    /// As it came.
    text: &'l str,
    engine: &'e mut Engine<'o>,
    /// What there may be to do for the steps in what it is now.
    wanted: Wanted<'p>,
    /// Whether nothing in that is suspect, as far as is known.
    is_sound: bool,
    /// The steps that may do something.
    allowed: Steps,
    /// What it has become, if anything has changed.
    changed: Option<Cleaned>,
}

impl Line<'_, '_, '_, '_> {
    /// Runs those of the steps that may do something, and tells whether that changed anything. Mostly but one of all may, so the others are to cost nothing.
    fn run(&mut self, steps: Steps) -> bool {
        let (mut left, mut is_changed) = (steps.and(self.allowed), false);
        while let Some(step) = left.and(self.wanted.steps).first() {
            left = left.behind(step);
            is_changed |= self.rewrite(step);
        }
        is_changed
    }

    fn rewrite(&mut self, step: Step) -> bool {
        let text = current(self.text, &self.changed);
        let Some(rewritten) = step.run(text, self.engine.options(), &self.wanted) else {
            return false;
        };
        let triggers = self.engine.triggers();
        self.wanted = match self.wanted.steps.without(step) {
            Steps::NONE if step.leaves_nothing(&rewritten, triggers) => Wanted::default(),
            _ => triggers.of(&rewritten.text),
        };
        self.is_sound =
            self.is_sound && !scan::is_suspect_near(&rewritten.text, rewritten.places());
        let account = match self.engine.keeps_accounts() {
            true => Account::of_step(step, rewritten.changes),
            false => Account::default(),
        };
        self.becomes(rewritten.text, account);
        true
    }

    /// Repairs the line, and tells whether that changed anything.
    fn repair(&mut self) -> bool {
        let text = current(self.text, &self.changed);
        let layers = self.engine.layers(text);
        if layers.is_empty() {
            return false;
        }
        let account = match self.engine.keeps_accounts() {
            true => Account::of_repair(text, &layers),
            false => Account::default(),
        };
        let mut repaired = String::with_capacity(text.len());
        rewrite::apply_all(text, &layers, &mut repaired);
        self.wanted = self.engine.triggers().of(&repaired);
        self.becomes(repaired, account);
        true
    }

    /// What could be mojibake still is not to be touched, unless nothing is to be taken for mojibake at all.
    fn spare_garbles(&mut self) {
        let wanted = self.wanted.steps;
        if wanted != wanted.of_any_text()
            && self.engine.options().layers > 0
            && self.engine.is_doubtful(current(self.text, &self.changed))
        {
            self.allowed = self.allowed.of_any_text();
        }
    }

    fn text(&self) -> &str {
        current(self.text, &self.changed)
    }

    fn becomes(&mut self, text: String, account: Account) {
        let account = match self.changed.take() {
            None => account,
            Some(before) => before.account.then(account),
        };
        self.changed = Some(Cleaned { text, account });
    }
}

/// A text as it is by now.
fn current<'t>(text: &'t str, changed: &'t Option<Cleaned>) -> &'t str {
    changed.as_ref().map_or(text, |cleaned| &cleaned.text)
}

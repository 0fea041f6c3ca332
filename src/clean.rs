//! A segment through all that was asked for: the steps before the repair, the repair, the steps after it, and again, until nothing changes.
//!
//! That nothing changes any more is what makes the whole idempotent, whatever the steps do to each other: a width that is folded may complete an entity, what an entity stands for may be half of
//! a garble, and what was a line may be two. A segment that does not come to rest in [`ROUNDS`] rounds was made for that; it stays as it is.

use crate::account::Account;
use crate::engine::Engine;
use crate::repair::{rewrite, scan};
use crate::steps::triggers::Seen;
use crate::steps::{Step, Steps};

/// How often a segment is gone through. Text comes to rest after one or two rounds, and takes one more to show it.
const ROUNDS: u32 = 12;

/// A text, what it was made, and the account of that, if one was asked for.
pub(crate) struct Cleaned {
    pub text: String,
    pub account: Account,
    /// The steps that may have something to do in it still.
    wanted: Steps,
    /// Whether the repair has seen it as it is, and neither the repair nor a step behind it has changed anything: they would not if they saw it again.
    is_settled: bool,
}

impl Cleaned {
    /// What was made of this in turn.
    fn then(self, next: Cleaned) -> Cleaned {
        Cleaned {
            text: next.text,
            account: self.account.then(next.account),
            wanted: next.wanted,
            is_settled: next.is_settled,
        }
    }
}

fn is_suspect(text: &str) -> bool {
    scan::first_suspect(text).is_some()
}

/// Cleans a segment of which so much is known. `None` if it is to stay as it is.
pub(crate) fn clean(segment: &str, seen: Seen, engine: &mut Engine<'_>) -> Option<Cleaned> {
    let mut cleaned = line(segment, seen, engine)?;
    for _ in 1..ROUNDS {
        match round(&cleaned, engine) {
            None => return (cleaned.text != segment).then_some(cleaned),
            Some(next) => cleaned = cleaned.then(next),
        }
    }
    None
}

/// One round more through a text: line by line, since lines are independent.
fn round(cleaned: &Cleaned, engine: &mut Engine<'_>) -> Option<Cleaned> {
    let text = cleaned.text.as_str();
    let first = memchr::memchr(b'\n', text.as_bytes());
    if first.is_none_or(|at| at + 1 == text.len()) {
        if cleaned.is_settled && cleaned.wanted.before_repair().is_empty() {
            return None;
        }
        let seen = Seen {
            wanted: cleaned.wanted,
            is_suspect: is_suspect(text),
        };
        return line(text, seen, engine);
    }
    let mut all = Cleaned {
        text: String::with_capacity(text.len()),
        wanted: Steps::NONE,
        is_settled: false,
        account: Account::default(),
    };
    let (mut at, mut changed) = (0, false);
    for part in text.split_inclusive('\n') {
        let seen = Seen::of(part, engine.triggers());
        match line(part, seen, engine) {
            None => {
                all.text.push_str(part);
                all.wanted = all.wanted.union(seen.wanted);
            }
            Some(cleaned) => {
                all.account.append(cleaned.account, at, all.text.len());
                all.text.push_str(&cleaned.text);
                all.wanted = all.wanted.union(cleaned.wanted);
                changed = true;
            }
        }
        at += part.len();
    }
    changed.then_some(all)
}

/// One round through a line.
fn line(text: &str, seen: Seen, engine: &mut Engine<'_>) -> Option<Cleaned> {
    if seen.has_nothing_to_do() {
        return None;
    }
    let mut line = Line {
        text,
        engine,
        seen,
        allowed: Steps::ALL,
        cleaned: None,
    };
    for step in Step::ALL.iter().filter(|step| step.is_before_repair()) {
        line.run(*step);
    }
    if line.cleaned.is_some() {
        line.seen.is_suspect = is_suspect(line.text());
    }
    let is_repaired = line.repair();
    line.spare_garbles();
    let steps = Step::ALL.iter().filter(|step| !step.is_before_repair());
    let is_changed = steps.fold(is_repaired, |changed, &step| line.run(step) | changed);
    if let Some(cleaned) = &mut line.cleaned {
        cleaned.is_settled = !is_changed;
    }
    line.cleaned
}

/// A line on its way.
struct Line<'l, 'e, 'o> {
    /// As it came.
    text: &'l str,
    engine: &'e mut Engine<'o>,
    /// What is known of what it is now, and from the repair on of what the repair saw.
    seen: Seen,
    /// The steps that may do something.
    allowed: Steps,
    /// What it has become, if anything has changed.
    cleaned: Option<Cleaned>,
}

impl Line<'_, '_, '_> {
    /// Runs a step, and tells whether that changed anything.
    fn run(&mut self, step: Step) -> bool {
        if !self.seen.wanted.contains(step) || !self.allowed.contains(step) {
            return false;
        }
        let Some(rewritten) = step.run(self.text(), self.engine.options()) else {
            return false;
        };
        // What most text has is quotes, and letters that a form composes or takes apart. A straight quote is nothing to any step, and what is not ASCII is by itself what it is: so what
        // else there was is what there is, and the rest of the line need not be looked through again.
        let others = self.seen.wanted.without(step);
        let wanted = match step {
            Step::Quotes => others,
            Step::Normalization if rewritten.written().all(|text| !has_ascii(text)) => {
                let triggers = self.engine.triggers();
                let written = rewritten.written();
                written.fold(others, |all, text| {
                    all.union(triggers.of(text).without(step))
                })
            }
            _ => self.engine.triggers().of(&rewritten.text),
        };
        let account = match self.engine.keeps_accounts() {
            true => Account::of_step(step, rewritten.changes),
            false => Account::default(),
        };
        self.becomes(rewritten.text, wanted, account);
        true
    }

    /// Repairs the line, and tells whether that changed anything.
    fn repair(&mut self) -> bool {
        if !self.seen.is_suspect {
            return false;
        }
        let text = current(self.text, &self.cleaned);
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
        let wanted = self.engine.triggers().of(&repaired);
        self.becomes(repaired, wanted, account);
        true
    }

    /// What could be mojibake still is not to be touched, unless nothing is to be taken for mojibake at all.
    fn spare_garbles(&mut self) {
        let Seen { wanted, is_suspect } = self.seen;
        if is_suspect
            && wanted != wanted.of_any_text()
            && self.engine.options().layers > 0
            && self.engine.is_doubtful(current(self.text, &self.cleaned))
        {
            self.allowed = self.allowed.of_any_text();
        }
    }

    fn text(&self) -> &str {
        current(self.text, &self.cleaned)
    }

    fn becomes(&mut self, text: String, wanted: Steps, account: Account) {
        let next = Cleaned {
            text,
            wanted,
            is_settled: false,
            account,
        };
        self.seen.wanted = wanted;
        self.cleaned = Some(match self.cleaned.take() {
            None => next,
            Some(cleaned) => cleaned.then(next),
        });
    }
}

fn has_ascii(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii())
}

/// A text as it is by now.
fn current<'t>(text: &'t str, cleaned: &'t Option<Cleaned>) -> &'t str {
    cleaned.as_ref().map_or(text, |cleaned| &cleaned.text)
}

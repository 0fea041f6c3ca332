//! A segment through all that was asked for: the steps before the repair, the repair, the steps after it, and again, until nothing changes.
//!
//! That nothing changes any more is what makes the whole idempotent, whatever the steps do to each other: a width that is folded may complete an entity, what an entity stands for may be half of
//! a garble, and what was a line may be two. A segment that does not come to rest in [`ROUNDS`] rounds was made for that; it stays as it is.

use crate::account::Account;
use crate::engine::Engine;
use crate::repair::{rewrite, scan};
use crate::steps::{Step, Steps};

/// How often a segment is gone through. Text comes to rest after one or two rounds, and takes one more to show it.
const ROUNDS: u32 = 12;

/// A text, what it was made, and the account of that, if one was asked for.
pub(crate) struct Cleaned {
    pub text: String,
    pub account: Account,
}

impl Cleaned {
    /// What was made of this in turn.
    fn then(self, next: Cleaned) -> Cleaned {
        Cleaned {
            text: next.text,
            account: self.account.then(next.account),
        }
    }
}

/// Cleans a segment. `None` if it is to stay as it is.
pub(crate) fn clean(segment: &str, engine: &mut Engine<'_>) -> Option<Cleaned> {
    let mut cleaned: Option<Cleaned> = None;
    for _ in 0..ROUNDS {
        let text = cleaned.as_ref().map_or(segment, |cleaned| &cleaned.text);
        cleaned = match (round(text, engine), cleaned) {
            (None, cleaned) => return cleaned.filter(|cleaned| cleaned.text != segment),
            (Some(next), None) => Some(next),
            (Some(next), Some(cleaned)) => Some(cleaned.then(next)),
        };
    }
    None
}

/// One round through a text: line by line, since lines are independent.
fn round(text: &str, engine: &mut Engine<'_>) -> Option<Cleaned> {
    let first = memchr::memchr(b'\n', text.as_bytes());
    if first.is_none_or(|at| at + 1 == text.len()) {
        return line(text, engine);
    }
    let mut all = Cleaned {
        text: String::with_capacity(text.len()),
        account: Account::default(),
    };
    let (mut at, mut changed) = (0, false);
    for part in text.split_inclusive('\n') {
        match line(part, engine) {
            None => all.text.push_str(part),
            Some(cleaned) => {
                all.account.append(cleaned.account, at, all.text.len());
                all.text.push_str(&cleaned.text);
                changed = true;
            }
        }
        at += part.len();
    }
    changed.then_some(all)
}

/// One round through a line.
fn line(text: &str, engine: &mut Engine<'_>) -> Option<Cleaned> {
    let mut line = Line {
        wanted: engine.triggers().of(text),
        text,
        engine,
        is_suspect: false,
        allowed: Steps::ALL,
        cleaned: None,
    };
    for step in Step::ALL.iter().filter(|step| step.is_before_repair()) {
        line.run(*step);
    }
    line.repair();
    line.spare_garbles();
    for step in Step::ALL.iter().filter(|step| !step.is_before_repair()) {
        line.run(*step);
    }
    line.cleaned
}

/// A line on its way.
struct Line<'l, 'e, 'o> {
    /// As it came.
    text: &'l str,
    engine: &'e mut Engine<'o>,
    /// What it has become, if anything has changed.
    cleaned: Option<Cleaned>,
    /// Whether there was anything for the repair to look at.
    is_suspect: bool,
    /// The steps that may have something to do in what it is now.
    wanted: Steps,
    /// The steps that may do it.
    allowed: Steps,
}

impl Line<'_, '_, '_> {
    fn run(&mut self, step: Step) {
        if !self.wanted.contains(step) || !self.allowed.contains(step) {
            return;
        }
        let Some(rewritten) = step.run(self.text(), self.engine.options()) else {
            return;
        };
        let account = match self.engine.keeps_accounts() {
            true => Account::of_step(step, rewritten.changes),
            false => Account::default(),
        };
        let still = self.wanted.without(step);
        self.becomes(rewritten.text, account);
        // What most text has is quotes. A straight one is nothing to any step, so what else there was is what there is.
        self.wanted = match step {
            Step::Quotes => still,
            _ => self.engine.triggers().of(self.text()),
        };
    }

    fn repair(&mut self) {
        let text = self
            .cleaned
            .as_ref()
            .map_or(self.text, |cleaned| &cleaned.text);
        self.is_suspect = scan::first_suspect(text).is_some();
        if !self.is_suspect {
            return;
        }
        let layers = self.engine.layers(text);
        if layers.is_empty() {
            return;
        }
        let account = match self.engine.keeps_accounts() {
            true => Account::of_repair(text, &layers),
            false => Account::default(),
        };
        let mut repaired = String::with_capacity(text.len());
        rewrite::apply_all(text, &layers, &mut repaired);
        self.becomes(repaired, account);
        self.wanted = self.engine.triggers().of(self.text());
    }

    /// What could be mojibake still is not to be touched, unless nothing is to be taken for mojibake at all.
    fn spare_garbles(&mut self) {
        let text = self
            .cleaned
            .as_ref()
            .map_or(self.text, |cleaned| &cleaned.text);
        if self.is_suspect
            && self.wanted != self.wanted.of_any_text()
            && self.engine.options().layers > 0
            && self.engine.is_doubtful(text)
        {
            self.allowed = self.allowed.of_any_text();
        }
    }

    fn text(&self) -> &str {
        let cleaned = self.cleaned.as_ref();
        cleaned.map_or(self.text, |cleaned| &cleaned.text)
    }

    fn becomes(&mut self, text: String, account: Account) {
        let next = Cleaned { text, account };
        self.cleaned = Some(match self.cleaned.take() {
            None => next,
            Some(cleaned) => cleaned.then(next),
        });
    }
}

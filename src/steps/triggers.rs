//! The quick checks: where a text has anything for the steps to do, or for the repair to look at. Most text has nothing, so this is what both cost.

use std::ops::Range;

use super::normalize::{Normal, Search};
use super::signs::{self, Signs};
use super::{Step, Steps, sought};
use crate::model::scanned::Asked;
use crate::options::{Normalization, Options};
use crate::repair::scan::{Scan, Stop};

/// What to look for, by given options.
#[derive(Clone, Copy)]
pub(crate) struct Triggers {
    steps: Steps,
    form: Normalization,
    /// In ASCII.
    signs: Option<Signs>,
    /// Beyond it.
    beyond: Asked,
}

impl Triggers {
    pub(crate) fn new(options: &Options) -> Triggers {
        let (steps, form) = (Steps::of_text(options), options.normalization);
        Triggers {
            steps,
            form,
            signs: Signs::of(steps),
            beyond: match steps.beyond_ascii().is_empty() {
                true => Asked::NOTHING,
                false => Asked::by_steps(form),
            },
        }
    }

    /// The steps that are looked for.
    pub(crate) fn steps(self) -> Steps {
        self.steps
    }

    /// What a text, which begins where a line does, has for the steps.
    pub(crate) fn of(self, text: &str) -> Wanted {
        if self.steps.is_empty() {
            return Wanted::default();
        }
        let mut places = Places::new(self, text, Asked::NOTHING);
        places.seen_in(0..text.len()).wanted
    }
}

/// What there may be to do for the steps in a text as it is.
#[derive(Default)]
pub(crate) struct Wanted {
    /// The steps that may have something to do.
    pub steps: Steps,
    /// Where those of them have it that look for characters beyond ASCII, in order. They need not look again.
    pub sought: Vec<Sought>,
}

/// A character that steps look for.
pub(crate) struct Sought {
    pub place: usize,
    pub c: char,
    pub steps: Steps,
    /// What the normalization makes of it, if it is among the steps.
    pub(super) normal: Option<Normal>,
}

impl Sought {
    /// The same in a text that begins at a place of this one.
    fn behind(mut self, start: usize) -> Sought {
        if let Some(normal) = &mut self.normal {
            normal.count_from(start);
        }
        self.place -= start;
        self
    }
}

/// What is known of a text that nobody has worked on yet.
pub(crate) struct Seen {
    pub wanted: Wanted,
    /// Whether there is anything for the repair to look at.
    pub is_suspect: bool,
}

impl Seen {
    /// What a text, which begins where a line does, has for the steps and for the repair.
    pub(crate) fn of(text: &str, triggers: Triggers) -> Seen {
        Places::new(triggers, text, Asked::ODD).seen_in(0..text.len())
    }

    pub(crate) fn has_nothing_to_do(&self) -> bool {
        self.wanted.steps.is_empty() && !self.is_suspect
    }
}

/// A place where there may be something to do.
struct Find {
    place: usize,
    steps: Steps,
    is_suspect: bool,
    /// What steps look for there, if it is not in ASCII.
    sought: Option<Sought>,
}

impl Find {
    fn is_something(&self) -> bool {
        !self.steps.is_empty() || self.is_suspect
    }
}

/// The places where there may be something to do, one after the other.
pub(crate) struct Places<'t> {
    triggers: Triggers,
    text: &'t str,
    scan: Scan<'t>,
    /// The next sign, and the next stop beyond ASCII, that are not passed. They are found apart, since each kind has a quick way of its own.
    sign: Option<usize>,
    stop: Option<Stop>,
    /// Whether that stop is the one before the next.
    is_passed: bool,
    /// What is next of both, and has something to do.
    next: Option<Find>,
    normalization: Search,
}

impl<'t> Places<'t> {
    /// Those for the steps in a text, which begins where a line does, and for the repair if it is asked for what is [odd](Asked::ODD), too.
    pub(crate) fn new(triggers: Triggers, text: &'t str, odd: Asked) -> Places<'t> {
        let mut places = Places {
            triggers,
            text,
            scan: Scan::new(text, triggers.beyond.and(odd)),
            sign: None,
            stop: None,
            is_passed: true,
            next: None,
            normalization: Search::new(triggers.form),
        };
        places.sign = places.sign_from(0);
        places.advance();
        places
    }

    /// The next one.
    pub(crate) fn next(&self) -> Option<usize> {
        self.next.as_ref().map(|find| find.place)
    }

    /// Passes those in a segment, and tells what is to be done in it. Those before it are passed.
    pub(crate) fn seen_in(&mut self, segment: Range<usize>) -> Seen {
        let mut wanted = Wanted::default();
        while let Some(find) = self.next.take_if(|find| find.place < segment.end) {
            if find.is_suspect {
                // The repair looks at all of the segment, so there is no need to know what else is suspect.
                self.pass(segment.end);
                return Seen {
                    wanted: self.triggers.of(self.text.get(segment).unwrap_or_default()),
                    is_suspect: true,
                };
            }
            wanted.steps = wanted.steps.union(find.steps);
            let sought = find.sought.filter(|sought| !sought.steps.is_empty());
            wanted
                .sought
                .extend(sought.map(|sought| sought.behind(segment.start)));
            self.advance();
        }
        Seen {
            wanted,
            is_suspect: false,
        }
    }

    /// Passes all before the end of a segment.
    pub(crate) fn pass(&mut self, end: usize) {
        if self.sign.is_some_and(|sign| sign < end) {
            self.sign = self.sign_from(end);
        }
        if self.is_passed || self.stop.is_some_and(|stop| stop.place < end) {
            self.scan = Scan::from(self.text, end, self.scan.asked);
            self.is_passed = true;
        }
        self.advance();
    }

    fn advance(&mut self) {
        self.next = std::iter::from_fn(|| self.look()).find(Find::is_something);
    }

    /// The next place to look at, and what there may be to do.
    fn look(&mut self) -> Option<Find> {
        if self.is_passed {
            self.stop = self.scan.next();
            self.is_passed = false;
        }
        match (self.sign, self.stop) {
            (Some(place), stop) if stop.is_none_or(|stop| place < stop.place) => {
                self.sign = self.sign_from(place + 1);
                let steps = signs::by(self.text.as_bytes().get(place..)?);
                Some(Find {
                    place,
                    steps: steps.and(self.triggers.steps),
                    is_suspect: false,
                    sought: None,
                })
            }
            (_, Some(stop)) => {
                self.is_passed = true;
                let sought = stop.is_sought.then(|| self.sought_at(stop.place, stop.c));
                Some(Find {
                    place: stop.place,
                    steps: sought.as_ref().map_or(Steps::NONE, |sought| sought.steps),
                    is_suspect: stop.is_suspect,
                    sought,
                })
            }
            _ => None,
        }
    }

    fn sought_at(&mut self, place: usize, c: char) -> Sought {
        let steps = sought::by(c).and(self.triggers.steps);
        let normal = self.normalization.change_at(self.text, place, c);
        Sought {
            place,
            c,
            steps: match normal.is_some() {
                true => steps.with(Step::Normalization),
                false => steps,
            },
            normal,
        }
    }

    fn sign_from(&self, from: usize) -> Option<usize> {
        let found = self
            .triggers
            .signs?
            .first(self.text.as_bytes().get(from..)?);
        found.map(|place| from + place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Entities;

    /// What a step alone looks for is found, and what another does is not.
    #[test]
    fn each_step_finds_its_own() {
        let none = Options::new;
        let steps: [(Options, &str); 13] = [
            (none().terminal_escapes(true), "\x1B[0m"),
            (none().control_characters(true), "\x01"),
            (none().control_characters(true), "\u{FFFC}"),
            (none().bom(true), "\u{FEFF}"),
            (none().entities(Entities::Always), "&eacute;"),
            (none().json_escapes(true), "\\u00e9"),
            (none().percent_escapes(true), "%C3%A9"),
            (none().quoted_printable(true), "=C3=A9"),
            (none().ligatures(true), "\u{FB01}"),
            (none().width(true), "\u{FF21}"),
            (none().quotes(true), "\u{2019}"),
            (none().line_breaks(true), "\r"),
            (none().normalization(Normalization::Nfc), "\u{212B}"),
        ];
        for (options, _) in &steps {
            let triggers = Triggers::new(options);
            for (other, text) in &steps {
                let text = "word ".repeat(20) + text;
                let own = Steps::of_text(other) == triggers.steps();
                // ESC is a control character too.
                let too = text.contains('\x1B') && options.control_characters;
                let want = own || too;
                assert_eq!(
                    !triggers.of(&text).steps.is_empty(),
                    want,
                    "{options:?}: {text:?}"
                );
            }
        }
    }
}

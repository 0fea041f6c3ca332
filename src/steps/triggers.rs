//! The quick checks: where a text has anything for the steps to do, or for the repair to look at. Most text has nothing, so this is what both cost.

use std::borrow::Cow;
use std::ops::Range;

use super::normalize::{self, Normal, Search};
use super::signs::{self, Signs};
use super::{Step, Steps, sought};
use crate::model::scanned::Asked;
use crate::options::{Normalization, Options};
use crate::repair::scan::{self, Scan, Stop};

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
    pub(crate) fn of(self, text: &str) -> Wanted<'static> {
        if self.steps.is_empty() {
            return Wanted::default();
        }
        let mut places = Places::new(self, text, Asked::NOTHING);
        let steps = places.seen_in(0..text.len()).wanted.steps;
        Wanted {
            steps,
            sought: Cow::Owned(places.sought),
            normals: Cow::Owned(places.normals),
        }
    }

    /// The place of the first sign in a text from a place on.
    fn sign_from(self, text: &str, from: usize) -> Option<usize> {
        let found = self.signs?.first(text.as_bytes().get(from..)?);
        found.map(|place| from + place)
    }

    /// Whether no step looks for anything in what was written at these places of a text, nor behind it, where something may join with it, nor for anything in ASCII, which it
    /// may be part of.
    pub(super) fn find_nothing_at(
        self,
        text: &str,
        mut places: impl Iterator<Item = Range<usize>>,
    ) -> bool {
        let are_nothing = places.all(|place| {
            let behind = text.get(place.end..).unwrap_or_default();
            let written = text.get(place).unwrap_or_default();
            let mut chars = written.chars().chain(behind.chars().next());
            chars.all(|c| sought::by(c).is_empty() && !normalize::moves(c, self.form))
        });
        are_nothing && self.sign_from(text, 0).is_none()
    }
}

/// What there may be to do for the steps in a text as it is.
#[derive(Default)]
pub(crate) struct Wanted<'p> {
    /// The steps that may have something to do.
    pub steps: Steps,
    /// Where those of them have it that look for characters beyond ASCII, in order. They need not look again.
    pub(super) sought: Cow<'p, [Sought]>,
    /// What the normalization is to change, in order.
    pub(super) normals: Cow<'p, [Normal]>,
}

/// A character that steps look for, those besides the normalization.
#[derive(Clone, Copy)]
pub(super) struct Sought {
    pub place: usize,
    pub c: char,
    pub steps: Steps,
}

/// What is known of a text that nobody has worked on yet.
pub(crate) struct Seen<'p> {
    pub wanted: Wanted<'p>,
    /// Whether there is anything for the repair to look at.
    pub is_suspect: bool,
}

impl Seen<'_> {
    /// What a text, which begins where a line does, has for the steps and for the repair.
    pub(crate) fn of(text: &str, triggers: Triggers) -> Seen<'static> {
        Seen {
            wanted: triggers.of(text),
            is_suspect: scan::first_suspect(text).is_some(),
        }
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
    /// The character there that steps look for, if it is not in ASCII.
    sought: Option<char>,
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
    /// What the normalization makes of it.
    normal: Option<Normal>,
    /// What was found in a segment: one after the other takes the same room.
    sought: Vec<Sought>,
    normals: Vec<Normal>,
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
            normal: None,
            sought: Vec::new(),
            normals: Vec::new(),
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
    pub(crate) fn seen_in(&mut self, segment: Range<usize>) -> Seen<'_> {
        let mut steps = Steps::NONE;
        self.sought.clear();
        self.normals.clear();
        while let Some(find) = self.next.take_if(|find| find.place < segment.end) {
            if find.is_suspect {
                // The repair looks at all of the segment, so there is no need to know what else is suspect.
                self.pass(segment.end);
                return Seen {
                    wanted: self.triggers.of(self.text.get(segment).unwrap_or_default()),
                    is_suspect: true,
                };
            }
            steps = steps.union(find.steps);
            let normal = self.normal.take();
            self.normals
                .extend(normal.map(|normal| normal.behind(segment.start)));
            if let Some(c) = find.sought {
                self.sought.push(Sought {
                    place: find.place - segment.start,
                    c,
                    steps: find.steps,
                });
            }
            self.advance();
        }
        Seen {
            wanted: Wanted {
                steps,
                sought: Cow::Borrowed(&self.sought),
                normals: Cow::Borrowed(&self.normals),
            },
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
        self.normal = None;
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
                let steps = match stop.is_sought {
                    true => self.steps_at(stop.place, stop.c),
                    false => Steps::NONE,
                };
                Some(Find {
                    place: stop.place,
                    steps,
                    is_suspect: stop.is_suspect,
                    sought: (!steps.is_empty()).then_some(stop.c),
                })
            }
            _ => None,
        }
    }

    fn steps_at(&mut self, place: usize, c: char) -> Steps {
        let steps = sought::by(c).and(self.triggers.steps);
        self.normal = self.normalization.change_at(self.text, place, c);
        match self.normal {
            Some(_) => steps.with(Step::Normalization),
            None => steps,
        }
    }

    fn sign_from(&self, from: usize) -> Option<usize> {
        self.triggers.sign_from(self.text, from)
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

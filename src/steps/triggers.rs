//! The quick checks: where a text has anything for the steps to do. Most text has nothing, so this is what the steps cost.

use super::normalize::{self, Search};
use super::signs::{self, Signs};
use super::sought::{self, Sought};
use super::{Step, Steps};
use crate::options::{Normalization, Options};

/// What to look for, by given options.
#[derive(Clone, Copy)]
pub(crate) struct Triggers {
    steps: Steps,
    form: Normalization,
    /// In ASCII.
    signs: Option<Signs>,
    /// Beyond it.
    sought: Option<&'static Sought>,
}

impl Triggers {
    pub(crate) fn new(options: &Options) -> Triggers {
        let (steps, form) = (Steps::of_text(options), options.normalization);
        Triggers {
            steps,
            form,
            signs: Signs::of(steps),
            sought: (!steps.beyond_ascii().is_empty()).then(|| Sought::of(form)),
        }
    }

    /// The steps that are looked for.
    pub(crate) fn steps(self) -> Steps {
        self.steps
    }

    /// The steps that may have something to do.
    pub(crate) fn of(self, text: &str) -> Steps {
        let mut places = Places::new(self, text);
        places.steps_up_to(text.len())
    }
}

/// The places where steps may have something to do, one after the other.
pub(crate) struct Places<'t> {
    triggers: Triggers,
    text: &'t str,
    /// The next sign, and the next character beyond ASCII, that are not passed. They are found apart, since each kind has a quick way of its own.
    sign: Option<usize>,
    beyond: Option<(usize, char)>,
    /// What is next of both, and has something to do.
    next: Option<(usize, Steps)>,
    normalization: Search,
}

impl<'t> Places<'t> {
    pub(crate) fn new(triggers: Triggers, text: &'t str) -> Places<'t> {
        let mut places = Places {
            triggers,
            text,
            sign: None,
            beyond: None,
            next: None,
            normalization: Search::new(triggers.form),
        };
        places.sign = places.sign_from(0);
        places.beyond = places.beyond_from(0);
        places.advance();
        places
    }

    /// The next one.
    pub(crate) fn next(&self) -> Option<usize> {
        self.next.map(|(place, _)| place)
    }

    /// Passes those before a place, and tells the steps that may have something to do there.
    pub(crate) fn steps_up_to(&mut self, end: usize) -> Steps {
        let mut steps = Steps::NONE;
        while let Some((_, more)) = self.next.filter(|(place, _)| *place < end) {
            steps = steps.union(more);
            self.advance();
        }
        steps
    }

    fn advance(&mut self) {
        self.next = std::iter::from_fn(|| self.look()).find(|(_, steps)| !steps.is_empty());
    }

    /// The next place to look at, and the steps that may have something to do there.
    fn look(&mut self) -> Option<(usize, Steps)> {
        match (self.sign, self.beyond) {
            (Some(place), beyond) if beyond.is_none_or(|(beyond, _)| place < beyond) => {
                self.sign = self.sign_from(place + 1);
                let steps = signs::by(self.text.as_bytes().get(place..)?);
                Some((place, steps.and(self.triggers.steps)))
            }
            (_, Some((place, c))) => {
                let steps = self.steps_at(place, c);
                self.beyond = self.beyond_from(place + c.len_utf8());
                Some((place, steps))
            }
            _ => None,
        }
    }

    fn steps_at(&mut self, place: usize, c: char) -> Steps {
        let steps = sought::by(c).and(self.triggers.steps);
        let normalizes = normalize::moves(c, self.triggers.form)
            && self.normalization.change_at(self.text, place, c).is_some();
        match normalizes {
            true => steps.with(Step::Normalization),
            false => steps,
        }
    }

    fn sign_from(&self, from: usize) -> Option<usize> {
        let found = self
            .triggers
            .signs?
            .first(self.text.as_bytes().get(from..)?);
        found.map(|place| from + place)
    }

    fn beyond_from(&self, from: usize) -> Option<(usize, char)> {
        let (place, c) = self.triggers.sought?.first(self.text.get(from..)?)?;
        Some((from + place, c))
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
                    !triggers.of(&text).is_empty(),
                    want,
                    "{options:?}: {text:?}"
                );
            }
        }
    }
}

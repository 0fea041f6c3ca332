//! The clean-ups that a caller may ask for besides the repair: a step a file, all in the fixed order of [`Step`].
//!
//! A step sees one segment, looks first whether there is anything to do ([`triggers`]), and writes what it does through a [`Rewrite`](rewrite::Rewrite), which keeps the accounts.
//! Steps that run before the repair lay bare what may be a garble, or take away what would hide one. Those that run after it leave a segment alone
//! that may be mojibake still ([`Steps::OF_SOUND_TEXT`]): half-width katakana, for one, may be Shift_JIS that somebody misread, and once folded it is lost. [`crate::clean`] runs them, with the repair between, until nothing changes.
//!
//! What does not belong here: anything that needs more than a segment, and the repair itself.

mod bytewise;
mod chars;
mod entities;
mod json;
mod line_breaks;
mod normalize;
pub(crate) mod rewrite;
mod signs;
pub(crate) mod sought;
mod terminal;
pub(crate) mod triggers;

use std::fmt;

use crate::options::{Entities, Normalization, Options};
use rewrite::{Rewrite, Rewritten};
use triggers::{Triggers, Wanted};

pub(crate) use normalize::is_boundary;

/// A clean-up, in the order in which they run. The repair comes between [`Step::QuotedPrintable`] and [`Step::C1`].
///
/// ```
/// use unmojibake::{Options, Repairer, Step};
///
/// let edits: Vec<_> = Repairer::new(Options::text()).find("\u{FF21}\u{FF22} &eacute;").map(|edit| edit.steps).collect();
/// assert_eq!(edits, [[Step::Width], [Step::Entities]]);
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Surrogates written as bytes: [`Options::surrogates`]. It comes first, where bytes become text.
    Surrogates,
    /// [`Options::terminal_escapes`]. It comes before the next, which would take their first character away.
    TerminalEscapes,
    /// [`Options::control_characters`].
    ControlCharacters,
    /// [`Options::bom`].
    Bom,
    /// [`Options::entities`].
    Entities,
    /// [`Options::json_escapes`].
    JsonEscapes,
    /// [`Options::percent_escapes`].
    PercentEscapes,
    /// [`Options::quoted_printable`].
    QuotedPrintable,
    /// [`Options::c1`]. What the repair has left of them stood in no garble.
    C1,
    /// [`Options::ligatures`].
    Ligatures,
    /// [`Options::width`].
    Width,
    /// [`Options::quotes`]. It comes behind the ligatures, one of which has an apostrophe.
    Quotes,
    /// [`Options::line_breaks`]. It comes behind C1, where U+0085 is an ellipsis.
    LineBreaks,
    /// [`Options::normalization`]. It comes last, since it also joins what other steps have put side by side.
    Normalization,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Step; 14] = [
        Step::Surrogates,
        Step::TerminalEscapes,
        Step::ControlCharacters,
        Step::Bom,
        Step::Entities,
        Step::JsonEscapes,
        Step::PercentEscapes,
        Step::QuotedPrintable,
        Step::C1,
        Step::Ligatures,
        Step::Width,
        Step::Quotes,
        Step::LineBreaks,
        Step::Normalization,
    ];

    /// The name, as the command line has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Step::Surrogates => "surrogates",
            Step::TerminalEscapes => "terminal-escapes",
            Step::ControlCharacters => "control-characters",
            Step::Bom => "bom",
            Step::Entities => "entities",
            Step::JsonEscapes => "json-escapes",
            Step::PercentEscapes => "percent-escapes",
            Step::QuotedPrintable => "quoted-printable",
            Step::C1 => "c1",
            Step::Ligatures => "ligatures",
            Step::Width => "width",
            Step::Quotes => "quotes",
            Step::LineBreaks => "line-breaks",
            Step::Normalization => "normalization",
        }
    }

    /// Runs the step on a segment in which so much was found for the steps. `None` if there is nothing to do.
    pub(crate) fn run(
        self,
        text: &str,
        options: &Options,
        wanted: &Wanted<'_>,
    ) -> Option<Rewritten> {
        let rewrite = || Rewrite::with_room(text, wanted.sought.len());
        let sought = || {
            let sought = wanted.sought.iter();
            sought.filter(|sought| sought.steps.contains(self))
        };
        match self {
            // Done with when there is text.
            Step::Surrogates => None,
            Step::TerminalEscapes => terminal::remove(text),
            Step::ControlCharacters => chars::remove(text, chars::is_control),
            Step::Bom => chars::remove(text, chars::is_bom),
            Step::Entities => entities::resolve(text, options.entities),
            Step::JsonEscapes => json::resolve(text),
            Step::PercentEscapes => bytewise::resolve(text, bytewise::PERCENT),
            Step::QuotedPrintable => bytewise::resolve(text, bytewise::QUOTED_PRINTABLE),
            Step::C1 => chars::replace(rewrite(), sought(), chars::c1),
            Step::Ligatures => chars::replace_compatible(rewrite(), sought()),
            Step::Width => chars::replace_compatible(rewrite(), sought()),
            Step::Quotes => chars::replace(rewrite(), sought(), chars::straight_quote),
            Step::LineBreaks => line_breaks::unify(text),
            Step::Normalization => normalize::run(rewrite(), &wanted.normals),
        }
    }

    /// Whether what the step has written is nothing to any step. What most text has is quotes, and letters that a form composes or takes apart. A straight quote is nothing to
    /// any, and what a form makes of something is by itself what it is; all else may join with what is behind it.
    pub(crate) fn leaves_nothing(self, rewritten: &Rewritten, triggers: Triggers) -> bool {
        match self {
            Step::Quotes => true,
            Step::Normalization => rewritten.written().all(sought::has_nothing),
            Step::C1 | Step::Ligatures | Step::Width => {
                triggers.find_nothing_at(&rewritten.text, rewritten.places())
            }
            _ => false,
        }
    }
}

/// The [name](Step::name).
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Steps(u16);

impl Steps {
    pub(crate) const NONE: Steps = Steps(0);
    pub(crate) const ALL: Steps = Steps::of(&Step::ALL);
    /// Those that may not touch a garble: most would destroy it for good, and C1 controls made visible would have it taken for another.
    const OF_SOUND_TEXT: Steps = Steps::of(&[
        Step::C1,
        Step::Ligatures,
        Step::Width,
        Step::Quotes,
        Step::Normalization,
    ]);

    #[allow(
        clippy::indexing_slicing,
        reason = "only the compiler runs it, and an index out of bounds would not compile"
    )]
    const fn of(steps: &[Step]) -> Steps {
        let (mut set, mut at) = (Steps(0), 0);
        while at < steps.len() {
            set = set.with(steps[at]);
            at += 1;
        }
        set
    }

    pub(crate) const fn with(self, step: Step) -> Steps {
        Steps(self.0 | 1 << step as u16)
    }

    pub(crate) const fn without(self, step: Step) -> Steps {
        Steps(self.0 & !(1 << step as u16))
    }

    /// The first of them.
    pub(crate) fn first(self) -> Option<Step> {
        Step::ALL.get(self.0.trailing_zeros() as usize).copied()
    }

    /// Those of them that come behind a step.
    pub(crate) fn behind(self, step: Step) -> Steps {
        Steps(self.0 & !((2 << step as u16) - 1))
    }

    pub(crate) fn contains(self, step: Step) -> bool {
        self.0 & 1 << step as u16 != 0
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn and(self, other: Steps) -> Steps {
        Steps(self.0 & other.0)
    }

    pub(crate) fn union(self, other: Steps) -> Steps {
        Steps(self.0 | other.0)
    }

    /// Those of them that run before the repair.
    pub(crate) fn before_repair(self) -> Steps {
        Steps(self.0 & ((1 << Step::C1 as u16) - 1))
    }

    /// Those of them that run after it.
    pub(crate) fn behind_repair(self) -> Steps {
        self.behind(Step::QuotedPrintable)
    }

    /// Those of them that may touch a garble.
    pub(crate) fn of_any_text(self) -> Steps {
        Steps(self.0 & !Steps::OF_SOUND_TEXT.0)
    }

    /// Those of them that look for characters of ASCII.
    fn in_ascii(self) -> Steps {
        self.and(Steps::of(&[
            Step::TerminalEscapes,
            Step::ControlCharacters,
            Step::Entities,
            Step::JsonEscapes,
            Step::PercentEscapes,
            Step::QuotedPrintable,
            Step::LineBreaks,
        ]))
    }

    /// Those of them that look for other characters.
    fn beyond_ascii(self) -> Steps {
        self.and(Steps::of(&[
            Step::ControlCharacters,
            Step::Bom,
            Step::C1,
            Step::Ligatures,
            Step::Width,
            Step::Quotes,
            Step::LineBreaks,
            Step::Normalization,
        ]))
    }

    /// The steps that text may need, by these options. The surrogates are none of them: in text there are none.
    pub(crate) fn of_text(options: &Options) -> Steps {
        let chosen = [
            (Step::TerminalEscapes, options.terminal_escapes),
            (Step::ControlCharacters, options.control_characters),
            (Step::Bom, options.bom),
            (Step::Entities, options.entities != Entities::Keep),
            (Step::JsonEscapes, options.json_escapes),
            (Step::PercentEscapes, options.percent_escapes),
            (Step::QuotedPrintable, options.quoted_printable),
            (Step::C1, options.c1),
            (Step::Ligatures, options.ligatures),
            (Step::Width, options.width),
            (Step::Quotes, options.quotes),
            (Step::LineBreaks, options.line_breaks),
            (
                Step::Normalization,
                options.normalization != Normalization::None,
            ),
        ];
        let chosen = chosen.into_iter().filter(|(_, chosen)| *chosen);
        chosen.fold(Steps::NONE, |set, (step, _)| set.with(step))
    }
}

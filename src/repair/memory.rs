//! What was worked out before: stretches, sequences, couples, pairs and groups, of which a text, and the next one, have the same few over and over.
//!
//! Each thread keeps one memory from call to call, so that whoever repairs many short texts learns only once. All of it is of pure functions: an answer is the same with it and
//! without, wherever a text is cut and whatever came before.

use std::cell::Cell;

use crate::repair::agreement::Sequences;
use crate::repair::couples::Couples;
use crate::repair::groups::Groups;
use crate::repair::pairs::Pairs;
use crate::repair::stretches::Stretches;

/// What a key is multiplied by, for its place to depend on all of it: 2^64 over the golden ratio, and odd.
pub(super) const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// Bits of a character in a key.
pub(super) const CHAR: u32 = 21;

/// Each part takes its room when it is first asked: some 60 KiB what most lines ask, 56 the couples, and 128 the groups.
#[derive(Default)]
pub(super) struct Memory {
    pub stretches: Stretches,
    pub sequences: Sequences,
    pub pairs: Pairs,
    pub couples: Couples,
    pub groups: Groups,
}

thread_local! {
    static KEPT: Cell<Option<Box<Memory>>> = const { Cell::new(None) };
}

/// The memory of the thread, while it is in use. Who asks in between has one that is empty.
#[derive(Default)]
pub(super) struct Lent(Option<Box<Memory>>);

impl Lent {
    /// The memory, which is fetched when it is first asked for: clean text has no use for it.
    #[inline]
    pub(super) fn memory(&mut self) -> &mut Memory {
        self.0.get_or_insert_with(|| {
            let kept = KEPT.try_with(Cell::take);
            kept.ok().flatten().unwrap_or_default()
        })
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(memory) = self.0.take() {
            // Of a thread that ends nothing is kept.
            let _ = KEPT.try_with(|kept| kept.set(Some(memory)));
        }
    }
}

//! The four moves, told on one worked example.
//!
//! Take the line `It’s here` that somebody read as Windows-1252 and saved: `Itâ€™s here`.
//!
//! 1. [`scan`] runs over clean text as fast as it can and stops at two neighbours that clean text hardly ever has: `t` and `â`.
//!    What is asked there has a file of its own, [`suspect`].
//! 2. [`lattice`] takes the line and, for each codec that could be behind it, finds the best way to read it as partly garbled and
//!    partly as it stands: `â€™` is E2 80 99 in Windows-1252, and that is `’`. Bytes that got lost on the way are put back at a cost.
//! 3. [`verdict`] weighs the readings against the line as it stands, by what [`crate::model`] says of natural text; a reading has
//!    to win by a clear lead, and where garbles lie in layers, what counts is the text at the bottom: it
//!    tells too what the layers above have lost ([`open`]). Most lines go a short way, [`plain`] or [`plain_wide`].
//! 4. [`rewrite`] splices the winner in and keeps the accounts: which range, what stood there, through which codecs it went.
//!
//! Everything here sees one segment. Nothing here knows of files, streams or options that choose text.

mod agreement;
mod best_fit;
pub(crate) mod channel;
mod couples;
mod fee;
mod fill;
mod gaps;
mod glaring;
mod groups;
pub(crate) mod lattice;
mod lookalikes;
pub(crate) mod loss;
mod memory;
mod normalized;
pub(crate) mod open;
mod pairs;
pub(crate) mod plain;
pub(crate) mod plain_wide;
mod quotes;
pub(crate) mod rewrite;
mod rivals;
pub(crate) mod scan;
mod stretches;
mod suspect;
mod twofold;
pub(crate) mod verdict;
pub(crate) mod wide;
pub(crate) mod window;

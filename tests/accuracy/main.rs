//! How much of garbled text comes back, and that clean text stays: floors below which no change may fall.
//!
//! * clean texts in some hundred languages and of all kinds of signs stay as they are;
//! * of what [`garble`](unmojibake::garble) made of them, so much comes back;
//! * of what Python's codecs made of them, which know nothing of this crate, so much comes back.
//!
//! `cargo test --release --test accuracy -- --nocapture --test-threads 1` prints the figures.

mod clean;
mod corpora;
mod floors;
mod model;
mod python;
mod score;

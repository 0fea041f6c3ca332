//! Placeholder until the corpora are in.

fn main() {}

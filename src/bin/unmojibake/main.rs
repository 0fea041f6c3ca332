#![allow(missing_docs)]
use std::io::*;
fn main() {
    let o = unmojibake::Options::new().lost(if std::env::args().any(|a| a == "guess") {
        unmojibake::Lost::Guess
    } else {
        unmojibake::Lost::Certain
    });
    let mut w = unmojibake::RepairWriter::with(stdout().lock(), unmojibake::Repairer::new(o));
    copy(&mut stdin().lock(), &mut w).unwrap();
    w.finish().unwrap();
}

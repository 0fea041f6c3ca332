//! Rebuilds the man page and the completions in `assets` from the arguments as the binary has them, and compares.
//!
//! After a change of an option or its help: `UNMOJIBAKE_ACCEPT=1 cargo test --test assets`.

#![cfg(feature = "cli")]

// Of it only the arguments are of use here, not what the binary asks of them.
#[allow(dead_code)]
#[path = "../src/bin/unmojibake/args/mod.rs"]
mod args;

use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

const NAME: &str = "unmojibake";

#[test]
fn the_man_page_is_up_to_date() {
    let mut page = Vec::new();
    clap_mangen::Man::new(args::Args::command())
        .render(&mut page)
        .unwrap();
    is_up_to_date("assets/unmojibake.1", &page);
}

#[test]
fn the_completions_are_up_to_date() {
    for (shell, name) in [
        (Shell::Bash, "unmojibake.bash"),
        (Shell::Zsh, "_unmojibake"),
        (Shell::Fish, "unmojibake.fish"),
        (Shell::PowerShell, "_unmojibake.ps1"),
        (Shell::Elvish, "unmojibake.elv"),
    ] {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut args::Args::command(), NAME, &mut script);
        is_up_to_date(&format!("assets/completions/{name}"), &script);
    }
}

/// Compares, or rewrites the file if that is asked for.
#[track_caller]
fn is_up_to_date(path: &str, want: &[u8]) {
    if std::env::var_os("UNMOJIBAKE_ACCEPT").is_some() {
        std::fs::create_dir_all(Path::new(path).parent().unwrap()).unwrap();
        std::fs::write(path, want).unwrap();
    }
    assert!(
        std::fs::read(path).is_ok_and(|have| have == want),
        "{path} is out of date: set UNMOJIBAKE_ACCEPT=1 to rewrite it"
    );
}

//! unmojibake beside its peers, in one run: bytes a second of each on every corpus, and the ratios.
//!
//! The peers are plsfix 0.1.8 (a Rust port of ftfy) with nothing but the repair of encodings, and, as the scale, a plain copy and a check for UTF-8. They take turns
//! (A B C D A B C D ..), so that what else the machine does falls on all alike, and the median of the turns counts. Nothing is said here about
//! whether an answer is right: `fixtures/` and the tests are for that.
//!
//! Words as arguments pick corpora by name: `cargo run --release -- post ascii`. With `--clean` among them, both peers do all their clean-ups too.

// What the other benches need of the corpora is not all needed here.
#[allow(dead_code)]
#[path = "../../corpora/mod.rs"]
mod corpora;

use std::hint::black_box;
use std::time::{Duration, Instant};

use corpora::{Amount, Corpus};
use plsfix::TextFixerConfig;
use unmojibake::{Options, Repairer};

/// How many turns each contestant has; odd, so that one of them is the median.
const TURNS: usize = 7;

/// A turn repeats the call for so long and takes the mean.
const TURN: Duration = Duration::from_millis(20);

/// A contestant's work on the text.
type Call = fn(&mut Bench<'_>);

/// Who is timed. The order is that of the turns and the columns.
const CONTESTANTS: [(&str, Call); 4] = [
    ("memcpy", |bench| bench.copy()),
    ("from_utf8", |bench| bench.check_utf8()),
    ("plsfix", |bench| bench.plsfix()),
    ("unmojibake", |bench| bench.unmojibake()),
];

/// A text, and what is needed to work on it again and again.
struct Bench<'t> {
    text: &'t str,
    copy: Vec<u8>,
    config: TextFixerConfig,
    repairer: Repairer,
}

impl Bench<'_> {
    fn copy(&mut self) {
        self.copy.clear();
        self.copy.extend_from_slice(black_box(self.text).as_bytes());
        black_box(&self.copy);
    }

    fn check_utf8(&mut self) {
        black_box(std::str::from_utf8(black_box(self.text.as_bytes())).is_ok());
    }

    fn plsfix(&mut self) {
        black_box(plsfix::fix_text(black_box(self.text), Some(&self.config)));
    }

    fn unmojibake(&mut self) {
        black_box(self.repairer.repair(black_box(self.text)));
    }
}

/// The repair of encodings with all that belongs to it, and no cosmetics. plsfix unescapes entities whatever it is told; no corpus has any.
fn encodings_only() -> TextFixerConfig {
    TextFixerConfig {
        unescape_html: Some(false),
        remove_terminal_escapes: false,
        fix_encoding: true,
        restore_byte_a0: true,
        replace_lossy_sequences: true,
        decode_inconsistent_utf8: true,
        fix_c1_controls: true,
        fix_latin_ligatures: false,
        fix_character_width: false,
        uncurl_quotes: false,
        fix_line_breaks: false,
        remove_control_chars: false,
        normalization: None,
        max_decode_length: 1_000_000,
    }
}

fn main() {
    let (flags, picked): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|arg| arg == "--clean");
    let clean = !flags.is_empty();
    println!("| corpus | {} | unmojibake / plsfix | unmojibake / memcpy |", CONTESTANTS.map(|(name, _)| name).join(" | "));
    println!("|---|{}", "---:|".repeat(CONTESTANTS.len() + 2));
    for corpus in corpora::load(Amount::Full) {
        if picked.is_empty() || picked.iter().any(|name| corpus.name.contains(name.as_str())) {
            print_row(&corpus, medians(&corpus.text, clean));
        }
    }
}

/// The median time of a call of each contestant.
fn medians(text: &str, clean: bool) -> [Duration; CONTESTANTS.len()] {
    let (config, options) = match clean {
        true => (TextFixerConfig::default(), Options::text()),
        false => (encodings_only(), Options::new()),
    };
    let mut bench = Bench { text, copy: Vec::with_capacity(text.len()), config, repairer: Repairer::new(options) };
    let mut turns = [[Duration::ZERO; TURNS]; CONTESTANTS.len()];
    for (_, call) in CONTESTANTS {
        // Whatever a contestant builds at its first call is not what a turn is about.
        call(&mut bench);
    }
    for turn in 0..TURNS {
        for (times, (_, call)) in turns.iter_mut().zip(CONTESTANTS) {
            times[turn] = mean_time(&mut bench, call);
        }
    }
    turns.map(|mut times| {
        times.sort_unstable();
        times[TURNS / 2]
    })
}

fn mean_time(bench: &mut Bench<'_>, call: Call) -> Duration {
    let start = Instant::now();
    let mut calls = 0;
    loop {
        call(bench);
        calls += 1;
        let elapsed = start.elapsed();
        if elapsed >= TURN {
            return elapsed / calls;
        }
    }
}

fn print_row(corpus: &Corpus, times: [Duration; CONTESTANTS.len()]) {
    let speeds = times.map(|time| corpus.text.len() as f64 / time.as_secs_f64() / 1e6);
    let [memcpy, _, plsfix, own] = speeds;
    println!(
        "| {} | {} | {} | {} |",
        corpus.name,
        speeds.map(three_figures).join(" | "),
        three_figures(own / plsfix),
        three_figures(own / memcpy),
    );
}

/// Three figures: more would be noise.
fn three_figures(value: f64) -> String {
    let whole_digits = value.log10().floor() as i32 + 1;
    format!("{value:.*}", (3 - whole_digits).clamp(0, 6) as usize)
}

//! Growth of the time on hostile input: a hundred times the text may take at most [`MOST_GROWTH`] times the time.
//!
//! Each input is made to bring one part of the engine to its knees, at three sizes. The smallest fits into one segment and the larger ones do not,
//! so work that grows faster than a segment shows as well as work that grows faster than the text. All go in as bytes, which takes
//! the same path as text and admits the random ones.
//!
//! Names as arguments pick inputs: `cargo bench --bench scaling -- quotes`.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use unmojibake::{Codec, Holes, Layer, garble};

/// The size of each input at x1, in bytes, as near as whole units come to it.
const BASE: usize = 10_000;

const SCALES: [usize; 3] = [1, 10, 100];

/// The growth from x1 to x100 that is allowed: linear, and a tenth for memory that no longer fits into the nearer caches.
const MOST_GROWTH: f64 = 110.0;

/// An input that is done faster than this at x100 (1 GB a second) is not judged: at that speed the caches decide, not the work.
const FLOOR: Duration = Duration::from_millis(1);

/// The fastest of so many rounds counts: whatever else a machine does only ever adds time.
const ROUNDS: usize = 3;

/// In a round each size is repeated for at least this long, so that the clock's grain does not show.
const ROUND: Duration = Duration::from_millis(5);

/// No further round is begun after this much time; an input that takes this long needs no finer look.
const PATIENCE: Duration = Duration::from_secs(5);

/// An input that takes longer than this at x1 (200 KB a second) fails for that alone, for nobody could wait for its x100.
const SLOWEST: Duration = Duration::from_millis(50);

/// A hostile input: its name, and what it repeats.
struct Hostile {
    name: &'static str,
    /// What stands there over and over again; it holds line feeds only where that is the point.
    unit: Vec<u8>,
}

impl Hostile {
    fn of(name: &'static str, unit: impl Into<Vec<u8>>) -> Hostile {
        Hostile {
            name,
            unit: unit.into(),
        }
    }

    fn at(&self, scale: usize) -> Vec<u8> {
        self.unit
            .repeat((BASE / self.unit.len()).max(1))
            .repeat(scale)
    }
}

/// How long an input took at each of [`SCALES`], or only at the first of them.
struct Growth {
    times: Vec<Duration>,
}

impl Growth {
    fn ratio(&self) -> Option<f64> {
        let (first, last) = (self.times.first()?, self.times.last()?);
        (self.times.len() == SCALES.len()).then(|| last.as_secs_f64() / first.as_secs_f64())
    }

    fn complaint(&self) -> Option<String> {
        if self.times.first().is_some_and(|&first| first > SLOWEST) {
            return Some("too slow at x1 to wait for the rest".to_owned());
        }
        let judged = self.times.last().is_some_and(|&last| last >= FLOOR);
        let ratio = self
            .ratio()
            .filter(|&ratio| judged && ratio > MOST_GROWTH)?;
        Some(format!("{ratio:.1} times at x100, above {MOST_GROWTH}"))
    }
}

fn main() -> ExitCode {
    let only_once = is_a_test();
    let picked: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with('-'))
        .collect();
    println!(
        "{:24} {:>9} {:>12} {:>12} {:>12} {:>8}",
        "input", "bytes", "x1", "x10", "x100", "growth"
    );
    let mut failed = false;
    for input in hostile_inputs() {
        if !picked.is_empty() && !picked.iter().any(|name| input.name.contains(name.as_str())) {
            continue;
        }
        let growth = if only_once {
            try_once(&input)
        } else {
            measure(&input)
        };
        print_row(&input, &growth);
        // A test has measured nothing, and unoptimized code says nothing of the optimized.
        if let Some(complaint) = growth
            .complaint()
            .filter(|_| !only_once && !cfg!(debug_assertions))
        {
            println!("FAIL {}: {complaint}", input.name);
            failed = true;
        }
    }
    ExitCode::from(u8::from(failed))
}

/// Cargo passes `--bench` if it benches, and leaves it out if it tests; `--test` asks for a test by hand.
fn is_a_test() -> bool {
    let has = |flag: &str| std::env::args().any(|arg| arg == flag);
    has("--test") || !has("--bench")
}

fn try_once(input: &Hostile) -> Growth {
    Growth {
        times: vec![mean_time(&input.at(1), 1)],
    }
}

/// In a round every size does the same number of bytes, so that noise falls on all alike: x1 a hundred times, x100 once.
fn measure(input: &Hostile) -> Growth {
    let mut growth = try_once(input);
    if growth.times.iter().any(|&first| first > SLOWEST) {
        return growth;
    }
    let sizes = SCALES.map(|scale| (input.at(scale), SCALES[2] / scale));
    let whole = mean_time(&sizes[2].0, 1);
    let repeats = ROUND.div_duration_f64(whole).ceil() as usize;
    let start = Instant::now();
    let mut best = [Duration::MAX; SCALES.len()];
    for _ in 0..ROUNDS {
        for (best, (bytes, calls)) in best.iter_mut().zip(&sizes) {
            *best = mean_time(bytes, calls * repeats).min(*best);
        }
        if start.elapsed() > PATIENCE {
            break;
        }
    }
    growth.times = best.to_vec();
    growth
}

fn mean_time(bytes: &[u8], calls: usize) -> Duration {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(unmojibake::repair_bytes(black_box(bytes)));
    }
    start.elapsed().div_f64(calls as f64)
}

fn print_row(input: &Hostile, growth: &Growth) {
    let time = |at: usize| {
        growth.times.get(at).map_or("-".to_owned(), |time| {
            format!("{:.3} ms", time.as_secs_f64() * 1e3)
        })
    };
    println!(
        "{:24} {:>9} {:>12} {:>12} {:>12} {:>8}",
        input.name,
        input.at(1).len(),
        time(0),
        time(1),
        time(2),
        growth
            .ratio()
            .map_or("-".to_owned(), |ratio| format!("{ratio:.1}")),
    );
}

/// What each is good for is told in `benches/README.md`.
fn hostile_inputs() -> Vec<Hostile> {
    let lossless = Layer::new(Codec::Windows1252);
    let leads = String::from_iter('\u{C2}'..='\u{F4}');
    let continuations = String::from_iter('\u{A0}'..='\u{BF}');
    vec![
        Hostile::of("one-line-garbled", through(&prose(), lossless)),
        Hostile::of("one-line-letters", through(LETTERS, lossless)),
        Hostile::of("leads", leads),
        Hostile::of("continuations", continuations),
        // The first two of three, over and over: each stretch ends one character before it would mean something.
        Hostile::of("near-misses", "\u{E2}\u{20AC}"),
        Hostile::of("near-misses-of-four", "\u{F0}\u{178}\u{2018}"),
        Hostile::of("layers", layers("\u{E9}", 12)),
        Hostile::of("layers-by-line", layers("\u{E9}", 12) + "\n"),
        Hostile::of("opening-quotes", "\u{E2}\u{20AC}\u{153}"),
        Hostile::of("one-lead", "\u{C3}"),
        Hostile::of(
            "question-marks",
            through(&prose(), lossless.holes(Holes::QuestionMark)),
        ),
        Hostile::of("lead-question-mark", "\u{D0}?\u{D1}?"),
        Hostile::of(
            "replacements",
            through(&prose(), lossless.holes(Holes::Replaced)),
        ),
        Hostile::of("lead-replacement", "\u{D0}\u{FFFD}\u{D1}\u{FFFD}"),
        Hostile::of("dropped", through(&prose(), lossless.holes(Holes::Dropped))),
        Hostile::of("no-break-spaces", "\u{A0}"),
        Hostile::of("random-bytes", random_bytes(BASE)),
        Hostile::of("random-high-bytes", random_high_bytes(BASE)),
    ]
}

/// All small letters of Russian, among whose bytes are all the holes of Windows-1252 that letters have.
const LETTERS: &str = "\u{430}\u{431}\u{432}\u{433}\u{434}\u{435}\u{436}\u{437}\u{438}\u{439}\u{43A}\u{43B}\u{43C}\u{43D}\u{43E}\u{43F}\u{440}\u{441}\u{442}\u{443}\u{444}\u{445}\u{446}\u{447}\u{448}\u{449}\u{44A}\u{44B}\u{44C}\u{44D}\u{44E}\u{44F}";

/// Russian prose without line ends.
fn prose() -> String {
    include_str!("../fixtures/corpora/ru.txt").replace('\n', " ")
}

fn through(text: &str, layer: Layer) -> String {
    garble(text, &layer).expect("bytes that Windows-1252 leaves undefined become C1 controls")
}

fn layers(text: &str, count: usize) -> String {
    (0..count).fold(text.to_owned(), |text, _| {
        through(&text, Layer::new(Codec::Windows1252))
    })
}

/// The same bytes each time, by xorshift: a failure can be looked at again.
fn random_bytes(count: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[7]
    };
    (0..count).map(|_| next()).collect()
}

/// Random characters from U+0080 to U+00FF: text, so all of it reaches the engine.
fn random_high_bytes(count: usize) -> String {
    random_bytes(count / 2)
        .iter()
        .map(|byte| char::from(byte | 0x80))
        .collect()
}

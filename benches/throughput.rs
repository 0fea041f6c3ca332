//! Bytes a second of every entry point on every corpus, beside a plain copy and a check for UTF-8 in the same run: figures of different runs and machines
//! are comparable only as shares of those.
//!
//! How to run it, what the corpora are and dated results: `benches/README.md`.

mod corpora;

use std::hint::black_box;
use std::io::Read;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use corpora::{Amount, Corpus};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use unmojibake::{RepairReader, Stream};

/// What a program reads from a file or a pipe at a time.
const CHUNK: usize = 64 * 1024;

/// A call that would take longer than this is not timed: its figures would cost minutes, and one call tells as much.
const SLOWEST: Duration = Duration::from_millis(100);

fn main() -> ExitCode {
    let mut criterion = short_runs().configure_from_args();
    let tastes = corpora::load(Amount::Taste);
    if is_a_test() {
        for taste in &tastes {
            time(&mut criterion, taste);
        }
    } else {
        for (corpus, taste) in corpora::load(Amount::Full).iter().zip(&tastes) {
            if is_fast_enough(corpus, taste) {
                time(&mut criterion, corpus);
            }
        }
    }
    criterion.final_summary();
    check(&tastes)
}

/// Comes last, so that one wrong answer does not cost the figures of all the others, and stands where it is seen. The tastes hold every line
/// of the full texts.
fn check(corpora: &[Corpus]) -> ExitCode {
    let complaints: Vec<String> = corpora.iter().filter_map(Corpus::complaint).collect();
    for complaint in &complaints {
        println!("FAIL {complaint}");
    }
    ExitCode::from(u8::from(!complaints.is_empty()))
}

/// Whether a call on the corpus takes a time that can be waited for, going by one call on the taste of it; if not, that call's speed is printed.
fn is_fast_enough(corpus: &Corpus, taste: &Corpus) -> bool {
    let start = Instant::now();
    black_box(unmojibake::repair(black_box(&taste.text)));
    let taken = start.elapsed();
    let expected = taken.mul_f64(corpus.text.len() as f64 / taste.text.len() as f64);
    let fast_enough = expected <= SLOWEST;
    if !fast_enough {
        println!(
            "{}: too slow to be timed, {:.2} MB/s in one call of repair",
            corpus.name,
            taste.text.len() as f64 / taken.as_secs_f64() / 1e6,
        );
    }
    fast_enough
}

/// Cargo passes `--bench` if it benches, and leaves it out if it tests; `--test` asks for a test by hand.
fn is_a_test() -> bool {
    let has = |flag: &str| std::env::args().any(|arg| arg == flag);
    has("--test") || !has("--bench")
}

/// Some 110 measurements have to end within three minutes. The differences that matter here are those by a factor; for a finer look at a few,
/// `--measurement-time` and `--sample-size` give them more.
fn short_runs() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(150))
        .measurement_time(Duration::from_millis(500))
        .sample_size(15)
        .nresamples(5_000)
        .without_plots()
}

fn time(criterion: &mut Criterion, corpus: &Corpus) {
    let mut group = criterion.benchmark_group(corpus.name);
    group.throughput(Throughput::Bytes(corpus.text.len() as u64));
    time_scale(&mut group, &corpus.text);
    time_whole(&mut group, &corpus.text);
    time_stream(&mut group, &corpus.text);
    if corpus.name.ends_with("-post") {
        time_reader(&mut group, &corpus.text);
    }
    group.finish();
}

/// What the figures of the engine are to be held against.
fn time_scale(group: &mut BenchmarkGroup<'_, WallTime>, text: &str) {
    let mut copy = Vec::with_capacity(text.len());
    group.bench_function("memcpy", |b| {
        b.iter(|| {
            copy.clear();
            copy.extend_from_slice(black_box(text).as_bytes());
            black_box(&copy).len()
        });
    });
    group.bench_function("from_utf8", |b| {
        b.iter(|| std::str::from_utf8(black_box(text.as_bytes())).is_ok());
    });
}

fn time_whole(group: &mut BenchmarkGroup<'_, WallTime>, text: &str) {
    group.bench_function("repair", |b| {
        b.iter(|| unmojibake::repair(black_box(text)).len());
    });
    group.bench_function("repair_bytes", |b| {
        b.iter(|| unmojibake::repair_bytes(black_box(text.as_bytes())).len());
    });
    // On garbled text this stops at the first edit: the figure then is for what it did not need to look at.
    group.bench_function("is_garbled", |b| {
        b.iter(|| unmojibake::is_garbled(black_box(text)));
    });
}

fn time_stream(group: &mut BenchmarkGroup<'_, WallTime>, text: &str) {
    let mut stream = Stream::default();
    let mut out = Vec::with_capacity(text.len());
    group.bench_function("stream", |b| {
        b.iter(|| {
            out.clear();
            for chunk in black_box(text.as_bytes()).chunks(CHUNK) {
                stream.push(chunk, &mut out);
            }
            stream.finish(&mut out);
            out.len()
        });
    });
}

fn time_reader(group: &mut BenchmarkGroup<'_, WallTime>, text: &str) {
    let mut out = Vec::with_capacity(text.len());
    group.bench_function("reader", |b| {
        b.iter(|| {
            out.clear();
            RepairReader::new(black_box(text.as_bytes()))
                .read_to_end(&mut out)
                .expect("a slice can always be read")
        });
    });
}

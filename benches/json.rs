//! Bytes a second of JSON, beside a plain copy of the same in the same run. `cargo bench --bench json`; dated results are in `benches/README.md`.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use unmojibake::json::Stream;

/// What a program reads from a file or a pipe at a time.
const CHUNK: usize = 64 * 1024;

/// Bytes of a corpus.
const SIZE: usize = 4 << 20;

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(150))
        .measurement_time(Duration::from_millis(500))
        .sample_size(15)
        .without_plots()
        .configure_from_args();
    let english = texts("the quick brown fox jumps over the lazy dog and goes home to sleep");
    let french = texts(include_str!("../fixtures/corpora/fr.txt"));
    let russian = texts(include_str!("../fixtures/corpora/ru.txt"));
    for (name, json) in [
        ("minified-ascii", records(&english, "", quoted)),
        ("minified-fr", records(&french, "", quoted)),
        ("minified-ru", records(&russian, "", quoted)),
        ("indented-ascii", records(&english, "\n    ", quoted)),
        ("escaped-fr", records(&french, "", escaped)),
        ("escaped-ru", records(&russian, "", escaped)),
    ] {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(json.len() as u64));
        let mut out = Vec::with_capacity(json.len());
        group.bench_function("memcpy", |b| {
            b.iter(|| {
                out.clear();
                out.extend_from_slice(black_box(json.as_bytes()));
                black_box(&out).len()
            });
        });
        group.bench_function("json", |b| {
            b.iter(|| {
                out.clear();
                let mut stream = Stream::default();
                for chunk in black_box(json.as_bytes()).chunks(CHUNK) {
                    stream.push(chunk, &mut out).expect("it is JSON");
                }
                stream.finish(&mut out).expect("it is JSON");
                black_box(&out).len()
            });
        });
        assert!(out == json.as_bytes(), "{name}: clean text has changed");
        group.finish();
    }
    criterion.final_summary();
}

/// The words and lines of a text, as what strings say.
fn texts(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.is_empty());
    lines
        .flat_map(|line| {
            let mut words: Vec<_> = line.split(' ').take(4).map(str::to_owned).collect();
            words.push(line.to_owned());
            words
        })
        .collect()
}

/// An array of objects, as services send them: short keys, numbers, words and now and then a sentence.
fn records(texts: &[String], between: &str, string: fn(&str) -> String) -> String {
    let mut json = "[".to_owned();
    for (number, text) in (0..).zip(texts.iter().cycle()) {
        let text = string(text);
        json.push_str(&format!(
            "{between}{{{between}\"id\":{number},{between}\"name\":{text},{between}\"ok\":true,{between}\"at\":[{number}.25,null]{between}}},"
        ));
        if json.len() > SIZE {
            break;
        }
    }
    json.push_str("0]");
    json
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn escaped(text: &str) -> String {
    let escape = |c: char| match c {
        ' '..='~' if c != '"' && c != '\\' => c.to_string(),
        _ => {
            let units = c.encode_utf16(&mut [0; 2]).to_vec();
            units.iter().map(|unit| format!("\\u{unit:04x}")).collect()
        }
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

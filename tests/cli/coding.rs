//! Text that is not plain UTF-8 in lines: other encodings, compressed files, records that end in NUL.

use std::io::{Read, Write};

use encoding_rs::{SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use ruzstd::decoding::StreamingDecoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use crate::*;

/// Garbled, and sound beside it; the second line is Han and an emoji, whose bytes in UTF-16 are those of garbles.
const TEXT: &str =
    "caf\u{C3}\u{A9} \u{1F602}\r\n\u{82C3}\u{A9C2} \u{C383}\u{C2A9}\nh\u{C3}\u{B4}tel";
const FIXED: &str = "caf\u{E9} \u{1F602}\r\n\u{82C3}\u{A9C2} \u{C383}\u{C2A9}\nh\u{F4}tel";

type ToBytes = fn(u16) -> [u8; 2];
const ORDERS: [(ToBytes, &str); 2] = [
    (u16::to_le_bytes, "utf-16le"),
    (u16::to_be_bytes, "utf-16be"),
];

fn utf16(text: &str, to_bytes: ToBytes) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

fn marked(text: &str, to_bytes: ToBytes) -> Vec<u8> {
    utf16(&format!("\u{FEFF}{text}"), to_bytes)
}

#[test]
fn utf16_with_a_mark_comes_out_as_utf16() {
    for (order, _) in ORDERS {
        let (input, want) = (marked(TEXT, order), marked(FIXED, order));
        for args in JOBS {
            check(&run(unmojibake().args(args), &input), &want);
            check(&run_in_pieces(unmojibake().args(args), &input, 1), &want);
            check(&run(unmojibake().args(args), &want), &want);
            check(
                &run(unmojibake().args(args), marked("", order)),
                marked("", order),
            );
        }
        let rest = "x".repeat(200_000);
        let long = |text: &str| marked(&format!("{text}{rest}{text}"), order);
        check(&run(&mut unmojibake(), long(TEXT)), long(FIXED));
        let output = run(unmojibake().args(["--check", "-q"]), &input);
        assert_eq!(output.status.code(), Some(1));
        assert!(
            stdout(&output).starts_with("<stdin>:1:4: "),
            "{}",
            stdout(&output)
        );
        let patch = run(unmojibake().arg("--diff"), &input);
        assert_eq!(
            (patch.status.code(), stdout(&patch).as_str()),
            (Some(0), "")
        );
        assert!(
            stderr(&patch).contains("no patch is for"),
            "{}",
            stderr(&patch)
        );
    }
}

#[test]
fn utf16_in_place() {
    let folder = folder("utf16-in-place");
    for (order, name) in ORDERS {
        let path = file(&folder, name, marked(TEXT, order));
        let sound = file(&folder, format!("sound-{name}"), marked(FIXED, order));
        let before = fs::metadata(&sound).unwrap().modified().unwrap();
        let output = unmojibake()
            .arg("-iq")
            .args([&path, &sound])
            .output()
            .unwrap();
        check(&output, "");
        assert_eq!(fs::read(path).unwrap(), marked(FIXED, order));
        assert_eq!(fs::metadata(&sound).unwrap().modified().unwrap(), before);
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 4);
}

#[test]
fn utf16_without_a_mark_is_refused_and_read_if_it_is_said() {
    let text = format!("one\r\n{GARBLED}\r\n");
    for (order, name) in ORDERS {
        let input = utf16(&text, order);
        for piece in [1, usize::MAX] {
            let output = run_in_pieces(&mut unmojibake(), &input, piece);
            assert_eq!(
                (stdout(&output).as_str(), output.status.code()),
                ("", Some(2))
            );
            assert_eq!(
                stderr(&output),
                format!(
                    "unmojibake: standard input: it looks like UTF-16, but has no byte order mark; if it is, --encoding {name}, and if not, --encoding utf-8\n"
                )
            );
        }
        let as_said = run(unmojibake().args(["--encoding", name]), &input);
        check(&as_said, text.replace(GARBLED, SOUND));
        let back = run(
            unmojibake().args(["--encoding", name, "--to", name]),
            &input,
        );
        check(&back, utf16(&text.replace(GARBLED, SOUND), order));
        // It is as it was for whoever insists, and in folders it is one more binary file.
        check(
            &run(unmojibake().args(["--encoding=utf-8"]), &input),
            &input,
        );
        let folder = folder(&format!("unmarked-{name}"));
        let path = file(&folder, "a.txt", &input);
        check(
            &unmojibake()
                .args(["-l", "."])
                .current_dir(&folder)
                .output()
                .unwrap(),
            "",
        );
        let named = unmojibake().arg("-i").arg(&path).output().unwrap();
        assert_eq!(named.status.code(), Some(2));
        assert!(stderr(&named).contains(name), "{}", stderr(&named));
        assert_eq!(fs::read(path).unwrap(), input);
    }
    // A list of names, and numbers: there is NUL in those too.
    for other in [&b"a\0bc\0d\0"[..], b"\x01\0\x02\0\x03\0\x04\0", b"a\0"] {
        check(&run(&mut unmojibake(), other), other);
    }
}

#[test]
fn legacy_text_comes_out_as_utf8_or_as_asked() {
    // `Привет` in Windows-1251, and the same garbled by it once more.
    let sound = "\u{41F}\u{440}\u{438}\u{432}\u{435}\u{442}\n";
    let garbled = unmojibake::garble(sound, &unmojibake::Layer::new(Codec::Windows1251)).unwrap();
    for text in [sound, &garbled] {
        let (legacy, ..) = WINDOWS_1251.encode(text);
        for piece in [1, usize::MAX] {
            let output = run_in_pieces(unmojibake().args(["--encoding", "cp1251"]), &legacy, piece);
            check(&output, sound);
        }
        let back = ["--encoding", "windows-1251", "--to", "windows-1251"];
        check(
            &run(unmojibake().args(back), &legacy),
            WINDOWS_1251.encode(sound).0,
        );
        let output = run(unmojibake().args(["--to", "koi8-r", "-j2"]), text);
        check(&output, encoding_rs::KOI8_R.encode(sound).0);
        let found = run(unmojibake().args(["-l", "--encoding=cp1251"]), &legacy);
        assert_eq!(found.status.code(), Some(i32::from(text != sound)));
    }
    let kana = "\u{30AB}\u{30D5}\u{30A7}".repeat(40_000);
    let output = run(
        unmojibake().args(["--encoding", "sjis"]),
        SHIFT_JIS.encode(&kana).0,
    );
    check(&output, &kana);
    let output = run(unmojibake().args(["--to", "sjis"]), &kana);
    check(&output, SHIFT_JIS.encode(&kana).0);
}

#[test]
fn what_cannot_be_held_is_told() {
    let text = format!("one\n{GARBLED} \u{1F602}\ntwo\n");
    for jobs in JOBS {
        let output = run(
            unmojibake().args(["--to", "windows-1252"]).args(jobs),
            &text,
        );
        assert_eq!(output.stdout, b"one\nIt\x92s here ", "what was before it");
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(
            stderr(&output),
            "unmojibake: standard input: \"\u{1F602}\" (U+1F602) in line 2 behind \"It\u{2019}s here \" has no form in windows-1252; --to UTF-8 holds all\n"
        );
    }
    let output = run(unmojibake().args(["--to", "windows-1252"]), b"\xFF");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output)
            .contains("byte FF, which is not UTF-8, at the beginning of line 1 has no form"),
        "{}",
        stderr(&output)
    );
    let output = run(
        unmojibake().args(["--to=windows-1252", "--invalid=windows-1252"]),
        b"\xFF",
    );
    check(&output, b"\xFF");
    // Nor is a mark of the byte order held, but it says nothing there.
    let marked = run(
        unmojibake().args(["--to", "windows-1252"]),
        marked(TEXT.lines().last().unwrap(), u16::to_be_bytes),
    );
    check(&marked, b"h\xF4tel");
}

/// One text that cannot be written keeps no other from it, however far it is read ahead.
#[test]
fn what_cannot_be_held_ends_its_text_alone() {
    let folder = folder("coding-unheld");
    let long = format!("{GARBLED}\n").repeat(60_000);
    let bad = format!("{long}\u{6F22} 1\n{long}\u{6F22} 2\n{long}");
    let (before, json) = (
        WINDOWS_1252
            .encode(&long.replace(GARBLED, SOUND))
            .0
            .into_owned(),
        b"[\"caf\xE9\",\n\"",
    );
    let bad = file(&folder, "bad.txt", bad);
    let good = file(&folder, "good.txt", GARBLED);
    for jobs in JOBS {
        let mut command = unmojibake();
        command.args(["--to=windows-1252"]).args(jobs);
        let output = command.args([&bad, &good, &bad]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout == [&before, &b"It\x92s here"[..], &before].concat());
        let said = stderr(&output);
        let line = "bad.txt: \"\u{6F22}\" (U+6F22) at the beginning of line 60001 has no form in";
        assert_eq!(said.matches(line).count(), 2, "{said}");
        assert_eq!(said.lines().count(), 2, "{said}");
    }
    let bad = file(&folder, "bad.json", "[\"caf\u{C3}\u{A9}\",\n\"\u{6F22}\"]");
    let good = file(&folder, "good.json", "[]");
    let mut command = unmojibake();
    command.args(["--json", "--to=windows-1252"]);
    let output = command.args([bad, good]).output().unwrap();
    assert_eq!(output.stdout, [&json[..], b"[]"].concat());
    assert!(
        stderr(&output).contains("bad.json: \"\u{6F22}\" (U+6F22) in line 2 behind \"\\\"\""),
        "{}",
        stderr(&output)
    );
}

/// Half a pair of surrogates is no character, but stays in what stays UTF-16.
#[test]
fn lone_surrogates_stay_in_utf16() {
    for (order, name) in ORDERS {
        let units = |word: &str| {
            let mut units: Vec<u16> = "\u{FEFF}".encode_utf16().collect();
            for lone in [0xD83D, 0xDE02, 0xDFFF, 0xD800] {
                units.extend(format!("{word} ").encode_utf16());
                units.push(lone);
                units.extend(format!("\u{1F602}{word}\r\n").encode_utf16());
            }
            units.extend([0xDE02, 0xDE02, 0xD83D, 0xD83D, 0xD83D]);
            units
        };
        let bytes = |units: Vec<u16>| units.into_iter().flat_map(order).collect::<Vec<u8>>();
        let (input, want) = (bytes(units("caf\u{C3}\u{A9}")), bytes(units("caf\u{E9}")));
        for piece in [1, 2, 3, 5, usize::MAX] {
            check(&run_in_pieces(&mut unmojibake(), &input, piece), &want);
        }
        let mut far = bytes(vec![0xFEFF]);
        far.extend(bytes(vec![u16::from(b'x'); 32 * 1024 - 2]));
        far.extend(bytes(vec![0xD83D, 0x78, 0xD83D, 0xDE02, 0xDE02]));
        check(&run(&mut unmojibake(), &far), &far);
        let args = ["--encoding", name, "--to", name];
        check(&run(unmojibake().args(args), &input), &want);
        // Nothing else can hold it.
        for args in [["--to", "utf-8"], ["--invalid", "error"]] {
            let output = run(unmojibake().args(args), &input);
            assert_eq!(output.status.code(), Some(2));
            assert!(stderr(&output).contains("at byte"), "{}", stderr(&output));
        }
    }
}

#[test]
fn what_is_malformed_is_told() {
    let input = [&SHIFT_JIS.encode("\u{30AB}\n").0[..], b"\x81\x00 x\n"].concat();
    let output = run(unmojibake().args(["--encoding", "shift_jis"]), &input);
    assert_eq!(stdout(&output), "\u{30AB}\n");
    assert_eq!(
        stderr(&output),
        "unmojibake: standard input: not Shift_JIS at byte 3; --invalid replace puts U+FFFD there\n"
    );
    let args = ["--encoding", "shift_jis", "--invalid", "replace"];
    check(
        &run(unmojibake().args(args), &input),
        "\u{30AB}\n\u{FFFD}\0 x\n",
    );
    let odd = [marked("a", u16::to_le_bytes), vec![b'b']].concat();
    let output = run(&mut unmojibake(), &odd);
    assert_eq!(output.stdout, b"\xFF\xFEa\0", "what was before it");
    assert!(
        stderr(&output).contains("not UTF-16LE at byte 4"),
        "{}",
        stderr(&output)
    );
    check_refused(
        &["--encoding", "utf-99"],
        &["--encoding", "utf-99", "shift_jis"],
    );
    check_refused(
        &["--encoding", "utf-8", "-i"],
        &["--encoding", "--in-place"],
    );
    check_refused(&["--to", "utf-8", "--check"], &["--to", "--check"]);
}

#[test]
fn other_forms_in_other_encodings() {
    let json = |o: &str| marked(&format!("[\"{o}\",\n1.50]\n"), u16::to_be_bytes);
    for piece in [1, 3, usize::MAX] {
        let output = run_in_pieces(
            unmojibake().arg("--json"),
            &json("\\u00c3\\u00b3timo"),
            piece,
        );
        check(&output, json("\u{F3}timo"));
    }
    let csv = |o: &str| utf16(&format!("a;b\n1;{o}\n"), u16::to_le_bytes);
    let args = ["--csv", "--encoding=utf-16le", "--to=utf-16le"];
    check(
        &run(unmojibake().args(args), csv("caf\u{C3}\u{A9}")),
        csv("caf\u{E9}"),
    );
    // A line that is no JSON passes in pieces that end anywhere.
    for begin in ["x", "xx", "xxx", "xxxx"] {
        let bad = format!("{begin}{}\n", "\u{1F602}".repeat(50_000));
        let output = run(unmojibake().args(["--json", "--to=utf-16le"]), &bad);
        assert!(output.stdout == utf16(&bad, u16::to_le_bytes));
    }
    // What was read is out when there is no reading on.
    let mut cut = gzip(b"[\"caf\\u00c3\\u00a9\", 1");
    cut.truncate(cut.len() - 4);
    let output = run(unmojibake().arg("--json"), &cut);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("broken gzip"),
        "{}",
        stderr(&output)
    );
    assert_eq!(stdout(&output), "[\"caf\\u00c3\\u00a9\", 1");
    let output = run(
        unmojibake().args(["--json", "--to=ascii"]),
        "[\"\u{1F602}\"]",
    );
    assert!(stderr(&output).contains("U+1F602"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(2));
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zstd(text: &[u8]) -> Vec<u8> {
    compress_to_vec(text, CompressionLevel::Fastest)
}

fn gunzip(packed: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    MultiGzDecoder::new(packed).read_to_end(&mut text).unwrap();
    text
}

/// As many frames as there are.
fn unzstd(mut packed: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    while !packed.is_empty() {
        let mut frame = StreamingDecoder::new(packed).unwrap();
        frame.read_to_end(&mut text).unwrap();
        packed = frame.into_inner();
    }
    text
}

type Pack = fn(&[u8]) -> Vec<u8>;
type Unpack = fn(&[u8]) -> Vec<u8>;
const PACKINGS: [(Pack, Unpack, &str); 2] = [(gzip, gunzip, "gzip"), (zstd, unzstd, "zstd")];

#[test]
fn what_is_compressed_is_read_and_if_asked_written_so() {
    let some = |text: &str| format!("{text}\n").repeat(30_000);
    for (pack, unpack, name) in PACKINGS {
        let pack = |text: &str| pack(text.as_bytes());
        for (input, want) in [
            (pack(GARBLED), SOUND.to_owned()),
            (
                [pack(GARBLED), pack(" and more")].concat(),
                format!("{SOUND} and more"),
            ),
            (pack(&some(GARBLED)), some(SOUND)),
            (pack(""), String::new()),
        ] {
            for jobs in JOBS {
                check(&run(unmojibake().args(jobs), &input), &want);
                let packed = run(unmojibake().arg("-z").args(jobs), &input);
                assert_eq!(stderr(&packed), "");
                assert!(unpack(&packed.stdout) == want.as_bytes() && !packed.stdout.is_empty());
            }
        }
        check(&run_in_pieces(&mut unmojibake(), &pack(GARBLED), 1), SOUND);
        check(&run(unmojibake().arg("-z"), GARBLED), SOUND);
        let packed = run(
            unmojibake().args(["-z", "--json"]),
            pack("[\"\\u00c3\\u00b3timo\"]"),
        );
        assert_eq!(unpack(&packed.stdout), "[\"\u{F3}timo\"]".as_bytes());
        let broken = &pack(&some(GARBLED))[..60];
        let output = run(&mut unmojibake(), broken);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).starts_with(&format!("unmojibake: standard input: broken {name}: ")),
            "{}",
            stderr(&output)
        );
    }
}

/// What programs put beside the text: frames of their own, as `pzstd` does, and zeros at the end of a tape.
#[test]
fn what_is_no_text_in_compressed_files() {
    let packed = zstd(GARBLED.as_bytes());
    let skipped = |magic: u8| [&[magic, 0x2A, 0x4D, 0x18, 3, 0, 0, 0], &b"abc"[..]].concat();
    let frames = [
        skipped(0x50),
        packed.clone(),
        skipped(0x5F),
        packed.clone(),
        skipped(0x51),
    ]
    .concat();
    for piece in [1, usize::MAX] {
        let output = run_in_pieces(&mut unmojibake(), &frames, piece);
        check(&output, SOUND.repeat(2));
        let zeros = [gzip(GARBLED.as_bytes()), vec![0; 20_000]].concat();
        check(&run_in_pieces(&mut unmojibake(), &zeros, piece), SOUND);
    }
    check(&run(&mut unmojibake(), skipped(0x50)), "");
    // A line that begins so is a line.
    check(&run(&mut unmojibake(), "P*\n"), "P*\n");
    let rest = skipped(0x50).len() - 1;
    for wrong in [
        &frames[..frames.len() - 1],
        &skipped(0x50)[..rest],
        &frames[..18],
    ] {
        let output = run(&mut unmojibake(), wrong);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).contains("broken zstd: "),
            "{}",
            stderr(&output)
        );
    }
}

/// What is not as it was written is not taken for the text, still less put in its place.
#[test]
fn checksums_are_looked_at() {
    let folder = folder("checksums");
    for (pack, _, name) in PACKINGS {
        let mut packed = pack(GARBLED.as_bytes());
        // The last four bytes of gzip are the length; the checksum is before it.
        let at = packed.len() - if name == "gzip" { 8 } else { 1 };
        packed[at] ^= 1;
        let path = file(&folder, name, &packed);
        let output = unmojibake().arg("-iz").arg(&path).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(
            stderr(&output).contains(&format!("broken {name}: ")),
            "{}",
            stderr(&output)
        );
        assert_eq!(fs::read(&path).unwrap(), packed);
    }
}

/// Compressed UTF-16, as systems write their logs.
#[test]
fn one_in_the_other() {
    let input = gzip(&marked(TEXT, u16::to_le_bytes));
    check(
        &run(&mut unmojibake(), &input),
        marked(FIXED, u16::to_le_bytes),
    );
    let packed = run(unmojibake().arg("-z"), &input);
    assert_eq!(gunzip(&packed.stdout), marked(FIXED, u16::to_le_bytes));
}

#[test]
fn compressed_files_in_folders_and_in_place() {
    for (pack, unpack, name) in PACKINGS {
        let pack = |text: &str| pack(text.as_bytes());
        let folder = folder(&format!("packed-{name}"));
        let path = file(&folder, "a.packed", pack(GARBLED));
        let sound = file(&folder, "b.packed", pack(SOUND));
        let list = |args: &[&str]| {
            stdout(
                &unmojibake()
                    .arg("-l")
                    .args(args)
                    .current_dir(&folder)
                    .output()
                    .unwrap(),
            )
        };
        assert_eq!(list(&["."]), "");
        assert_eq!(list(&["-z", "."]), "a.packed\n");
        assert_eq!(list(&["a.packed", "b.packed"]), "a.packed\n");
        let refused = unmojibake().arg("-iq").arg(&path).output().unwrap();
        assert_eq!(refused.status.code(), Some(2));
        assert!(
            stderr(&refused).contains(&format!("not repaired: {name}; with -z")),
            "{}",
            stderr(&refused)
        );
        assert_eq!(fs::read(&path).unwrap(), pack(GARBLED));
        let before = fs::read(&sound).unwrap();
        check(&unmojibake().arg("-iqz").arg(&folder).output().unwrap(), "");
        assert_eq!(unpack(&fs::read(&path).unwrap()), SOUND.as_bytes());
        assert_eq!(fs::read(&sound).unwrap(), before);
    }
}

#[test]
fn records_end_in_nul() {
    let records = |text: &str| format!("{text}\0one\ntwo {text}\0\0\n\0{text}");
    for args in JOBS {
        let output = run(unmojibake().arg("-0").args(args), records(GARBLED));
        check(&output, records(SOUND));
        let output = run_in_pieces(
            unmojibake().arg("--null-data").args(args),
            records(GARBLED).as_bytes(),
            1,
        );
        check(&output, records(SOUND));
    }
    crate::pipes::each_comes_at_once(
        unmojibake().arg("-0"),
        &format!("{GARBLED}\0"),
        &format!("{SOUND}\0"),
    );
    // `BÄŞ`, sound in Tatar, beside garbled Latvian: as records they do not speak for each other.
    let names = "B\u{C4}\u{15E}\0m\u{C4}\u{81}ja, liel\u{C4}\u{81} p\u{139}\u{AB}ce\0";
    let fixed = "\0m\u{101}ja, liel\u{101} p\u{16B}ce\0";
    check(&run(&mut unmojibake(), names), format!("B\u{12A}{fixed}"));
    check(
        &run(unmojibake().arg("-0"), names),
        format!("B\u{C4}\u{15E}{fixed}"),
    );
    let folder = folder("records");
    let path = file(&folder, "names", records(GARBLED));
    let count = unmojibake()
        .args(["--count", "-0q", "."])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!(stdout(&count), "names:3\n");
    check(&unmojibake().arg("-0iq").arg(&path).output().unwrap(), "");
    assert_eq!(fs::read_to_string(path).unwrap(), records(SOUND));
    for other in ["--json", "--csv"] {
        check_refused(&["-0", other], &["--null-data", other]);
    }
    let found = run(unmojibake().args(["-0q", "--check"]), records(GARBLED));
    let found = stdout(&found);
    let places: Vec<_> = found
        .lines()
        .map(|line| line.split(": ").next().unwrap())
        .collect();
    assert_eq!(places, ["<stdin>:1:3", "<stdin>:2:7", "<stdin>:3:4"]);
}

/// Whatever is done to what is in them, records stay records, and lines lines.
#[test]
fn clean_ups_keep_to_their_records() {
    let text = "a\nb\u{1}\0c\r\n\0d\re&#10;&#9;\0\0";
    let args = ["-0", "--fix=control-characters,line-breaks"];
    let output = run(unmojibake().args(args), text);
    check(&output, "a\nb\0c\n\0d\ne&#10;&#9;\0\0");
    let output = run(unmojibake().args(["-0", "--unescape=html"]), text);
    check(&output, "a\nb\u{1}\0c\r\n\0d\re\n\t\0\0");
}

#[test]
fn directives_are_about_their_records() {
    let text = |word: &str| {
        format!(
            "{word}\0{GARBLED} unmojibake: ignore\0{word}\0unmojibake: off\n{GARBLED}\0unmojibake: on\0{word}\0"
        )
    };
    for piece in [1, 50, usize::MAX] {
        let input = text(GARBLED);
        let output = run_in_pieces(unmojibake().arg("-0"), input.as_bytes(), piece);
        check(&output, text(SOUND));
    }
}

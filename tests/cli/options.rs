//! What options do to text, and help.

use crate::*;

#[test]
fn lost_bytes_as_asked() {
    // A closing quotation mark whose last byte is gone.
    let garbled = "He said \u{E2}\u{20AC}\u{153}yes\u{E2}\u{20AC}\u{FFFD} and left";
    let keep = run(unmojibake().arg("--lost=keep"), garbled);
    let guess = run(unmojibake().args(["--lost", "guess"]), garbled);
    check(&guess, "He said \u{201C}yes\u{201D} and left");
    assert!(String::from_utf8_lossy(&keep.stdout).contains("\u{E2}\u{20AC}\u{FFFD}"));
    let certain = run(unmojibake().args(["--lost", "certain"]), garbled);
    check(&certain, run(&mut unmojibake(), garbled).stdout);
    check_refused(
        &["--lost", "found"],
        &["--lost", "found", "certain", "guess", "keep"],
    );
}

#[test]
fn caution_as_asked() {
    // `è tardi`, garbled by Windows-1252, and a Tatar word in capitals, which could be `Bī`, garbled by Windows-1254.
    let (likely, doubtful) = ("\u{C3}\u{A8} tardi\n", "B\u{C4}\u{15E}\n");
    let cases = [
        (&["--caution=cautious"][..], likely, doubtful),
        (&["--caution", "normal"], "\u{E8} tardi\n", doubtful),
        (&[], "\u{E8} tardi\n", doubtful),
        (&["--caution=bold"], "\u{E8} tardi\n", "B\u{12A}\n"),
    ];
    for (caution, first, second) in cases {
        let output = run(unmojibake().args(caution), [likely, doubtful].concat());
        check(&output, [first, second].concat());
    }
    check_refused(
        &["--caution", "none"],
        &["--caution", "none", "cautious", "normal", "bold"],
    );
}

#[test]
fn layers_as_asked() {
    // `café, façon, très`.
    let twice =
        "caf\u{C3}\u{192}\u{C2}\u{A9}, fa\u{C3}\u{192}\u{C2}\u{A7}on, tr\u{C3}\u{192}\u{C2}\u{A8}s";
    let once = "caf\u{C3}\u{A9}, fa\u{C3}\u{A7}on, tr\u{C3}\u{A8}s";
    let sound = "caf\u{E9}, fa\u{E7}on, tr\u{E8}s";
    check(&run(&mut unmojibake(), twice), sound);
    check(&run(unmojibake().args(["--layers", "2"]), twice), sound);
    check(&run(unmojibake().args(["--layers", "1"]), twice), once);
    for nonsense in ["0", "-1", "many", "", "1.5"] {
        check_refused(&["--layers", nonsense], &["--layers", "from 1 up"]);
    }
}

#[test]
fn codecs_as_asked() {
    let with = |codecs: &[&str]| run(unmojibake().args(codecs), GARBLED);
    check(&with(&["--codec", "windows-1252"]), SOUND);
    check(&with(&["--codec", "ibm437,CP1252"]), SOUND);
    check(&with(&["--codec=ibm437", "--codec=cp1252"]), SOUND);
    check(&with(&["--codec", "ibm437,ibm850"]), GARBLED);
    check_refused(
        &["--codec", "windows-1252,utf-7"],
        &["--codec", "utf-7", "windows-1252", "koi8-r"],
    );
    check_refused(&["--codec", ""], &["--codec", "koi8-r"]);
}

/// The codecs of East Asia by all their names: `\u{E9}` garbled through each, and sound text garbled through another, which stays.
#[test]
fn codecs_of_east_asia_as_asked() {
    let names = [
        ("gbk GBK gb18030 gb2312 cp936", Codec::Gbk),
        (
            "shift_jis Shift-JIS sjis cp932 windows-31j",
            Codec::ShiftJis,
        ),
        ("euc-kr cp949 uhc", Codec::EucKr),
        ("big5 cp950 big5-hkscs", Codec::Big5),
    ];
    let sound = "\u{4F60}\u{597D}"; // 你好
    for (names, codec) in names {
        for name in names.split(' ') {
            assert_eq!(name.parse(), Ok(codec), "{name}");
            let output = run(unmojibake().args(["--codec", name]), sound);
            check(&output, sound);
            check(&run(unmojibake().args(["--codec", name]), GARBLED), GARBLED);
        }
    }
    let garbled = "it\u{9225}\u{6A9A}"; // it鈥檚
    for name in ["gbk", "cp936", "gb18030", "ibm437,GBK"] {
        check(
            &run(unmojibake().args(["--codec", name]), garbled),
            "it\u{2019}s",
        );
    }
    check(
        &run(unmojibake().args(["--codec", "big5,sjis"]), garbled),
        garbled,
    );
    check_refused(
        &["--codec", "cp951"],
        &["--codec", "cp951", "gbk", "shift_jis", "euc-kr", "big5"],
    );
}

#[test]
fn of_an_option_given_twice_the_last_counts() {
    let output = run(
        unmojibake().args(["--layers", "1", "--layers", "2"]),
        GARBLED,
    );
    check(&output, SOUND);
}

#[test]
fn an_unknown_option_is_refused() {
    check_refused(&["--no-such"], &["--no-such", "Usage"]);
}

#[test]
fn short_help_fits_a_screen() {
    for width in ["80", "100"] {
        let output = unmojibake()
            .arg("-h")
            .env("COLUMNS", width)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0));
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(help.lines().count() <= 30, "{help}");
        let widest = help.lines().map(|line| line.chars().count()).max();
        assert!(widest <= width.parse().ok(), "{help}");
        for option in ["--lost", "--layers", "--codec", "--jobs", "FILES"] {
            assert!(help.contains(option), "{help}");
        }
    }
}

#[test]
fn long_help_says_more() {
    let output = unmojibake().arg("--help").output().unwrap();
    check(&output, &output.stdout);
    let help = String::from_utf8(output.stdout).unwrap();
    for word in ["Example", "Exit codes", "koi8-u", "U+FFFD"] {
        assert!(help.contains(word), "{help}");
    }
}

#[test]
fn the_version() {
    let output = unmojibake().arg("-V").output().unwrap();
    check(
        &output,
        concat!("unmojibake ", env!("CARGO_PKG_VERSION"), "\n"),
    );
}

/// Only that codec, and more of what is doubtful: a Tatar word in capitals could be `B\u{12A}`, garbled by Windows-1250.
#[test]
fn what_is_assumed() {
    let doubtful = "B\u{C4}\u{15E}\n";
    check(&run(&mut unmojibake(), doubtful), doubtful);
    check(
        &run(unmojibake().args(["--assume", "windows-1250"]), doubtful),
        "B\u{12A}\n",
    );
    check(
        &run(unmojibake().args(["--assume", "cp437"]), doubtful),
        doubtful,
    );
    check(
        &run(unmojibake().args(["--assume", "cp437"]), GARBLED),
        GARBLED,
    );
    check_refused(
        &["--assume=cp437", "--codec=cp850"],
        &["--assume", "--codec"],
    );
    check_refused(
        &["--assume=cp437", "--caution=bold"],
        &["--assume", "--caution"],
    );
    check_refused(&["--assume=utf-7"], &["utf-7", "windows-1252"]);
}

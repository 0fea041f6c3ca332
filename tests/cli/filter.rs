//! What comes out of the filter.

use std::fs;

use crate::*;

#[test]
fn the_post_from_standard_input() {
    let post = fs::read(POST).unwrap();
    check(
        &run(&mut unmojibake(), post),
        fs::read(POST_EXPECTED).unwrap(),
    );
}

#[test]
fn the_post_as_a_file() {
    let output = unmojibake().arg(POST).output().unwrap();
    check(&output, fs::read(POST_EXPECTED).unwrap());
}

#[test]
fn the_post_byte_by_byte() {
    let post = fs::read(POST).unwrap();
    let output = run_in_pieces(&mut unmojibake(), &post, 1);
    check(&output, fs::read(POST_EXPECTED).unwrap());
}

#[test]
fn the_repaired_post_stays() {
    let post = fs::read(POST_EXPECTED).unwrap();
    check(&run(&mut unmojibake(), &post), &post);
}

/// What is read at a time, 64 KiB from a pipe and 256 KiB from a file, ends within a post.
#[test]
fn posts_among_many_blocks() {
    let filler = "All of it is ASCII, and none is mojibake.\n".repeat(1_430);
    let some = |post| {
        [filler.as_bytes(), &fs::read(post).unwrap()]
            .concat()
            .repeat(3)
    };
    check(&run(&mut unmojibake(), some(POST)), some(POST_EXPECTED));
    let file = file(&folder("blocks"), "posts", some(POST).repeat(4));
    let output = unmojibake().arg(file).output().unwrap();
    check(&output, some(POST_EXPECTED).repeat(4));
}

#[test]
fn nothing_in_nothing_out() {
    check(&run(&mut unmojibake(), ""), "");
}

#[test]
fn bytes_that_are_not_utf8_stay() {
    let wrap = |text: &str| [b"\xFE\xFE ", text.as_bytes(), b" \xE2\x80 caf\xE9\n\x80"].concat();
    check(&run(&mut unmojibake(), wrap(GARBLED)), wrap(SOUND));
}

#[test]
fn what_is_not_text_stays() {
    for frame in [
        "\u{FEFF}@\n",
        "@\r\n",
        "@\r\n@\n@\r@\n\n\r\n@",
        "@",
        "\0@\0\n\0",
        "\n\n\n",
        "\t @ \t\n",
        "\u{85}@\u{2028}@\u{C}\n",
    ] {
        let output = run(&mut unmojibake(), frame.replace('@', GARBLED));
        check(&output, frame.replace('@', SOUND));
    }
}

//! `--diff`.

use crate::*;

fn diff(folder: &Path, args: &[&str]) -> Output {
    unmojibake()
        .current_dir(folder)
        .arg("--diff")
        .args(args)
        .output()
        .unwrap()
}

/// A file of numbered lines, of which some have `text` in them.
fn numbered(garbled: &[usize], text: &str) -> String {
    (1..=40)
        .map(|n| {
            if garbled.contains(&n) {
                format!("{n} {text}\n")
            } else {
                format!("{n}\n")
            }
        })
        .collect()
}

#[test]
fn a_unified_diff() {
    let folder = folder("diff");
    file(&folder, "a.txt", numbered(&[1, 6, 14, 15, 40], GARBLED));
    file(&folder, "clean.txt", SOUND);
    let output = diff(&folder, &["a.txt", "clean.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stderr(&output), "");
    let (g, s) = (GARBLED, SOUND);
    assert_eq!(
        stdout(&output),
        format!(
            "--- a/a.txt\n+++ b/a.txt\n\
             @@ -1,9 +1,9 @@\n-1 {g}\n+1 {s}\n 2\n 3\n 4\n 5\n-6 {g}\n+6 {s}\n 7\n 8\n 9\n\
             @@ -11,8 +11,8 @@\n 11\n 12\n 13\n-14 {g}\n-15 {g}\n+14 {s}\n+15 {s}\n 16\n 17\n 18\n\
             @@ -37,4 +37,4 @@\n 37\n 38\n 39\n-40 {g}\n+40 {s}\n"
        )
    );
    check(&diff(&folder, &["clean.txt"]), "");
}

/// Hunks meet where six lines are between two that change, and are two where there are seven.
#[test]
fn hunks_that_meet() {
    let folder = folder("diff-meet");
    for (second, hunks) in [(17, 1), (18, 2), (25, 2)] {
        file(&folder, "a.txt", numbered(&[10, second], GARBLED));
        let output = stdout(&diff(&folder, &["a.txt"]));
        assert_eq!(output.matches("@@ -").count(), hunks, "{output}");
        assert_eq!(
            apply(&numbered(&[10, second], GARBLED), &output),
            numbered(&[10, second], SOUND)
        );
    }
}

#[test]
fn no_newline_at_the_end() {
    let output = run(unmojibake().arg("--diff"), format!("one\r\n{GARBLED}"));
    assert_eq!(
        stdout(&output),
        format!(
            "--- a/<stdin>\n+++ b/<stdin>\n@@ -1,2 +1,2 @@\n one\r\n-{GARBLED}\n\\ No newline at end of file\n\
             +{SOUND}\n\\ No newline at end of file\n"
        )
    );
}

/// Carries a patch out that is one of ours: lines that go one to one.
fn apply(old: &str, patch: &str) -> String {
    let mut lines: Vec<&str> = old.split_inclusive('\n').collect();
    let mut patch = patch.split_inclusive('\n').peekable();
    while let Some(head) = patch.next() {
        let Some(head) = head.strip_prefix("@@ -") else {
            continue;
        };
        let first: usize = head.split(',').next().unwrap().parse().unwrap();
        let (mut old_at, mut new_at) = (first - 1, first - 1);
        while let Some(line) =
            patch.next_if(|line| !line.starts_with("@@") && !line.starts_with("---"))
        {
            let mut text = &line[1..];
            if patch.next_if(|line| line.starts_with('\\')).is_some() {
                text = text.strip_suffix('\n').unwrap();
            }
            if line.starts_with([' ', '-']) {
                assert_eq!(lines[old_at], text);
                old_at += 1;
            }
            if line.starts_with(' ') {
                new_at += 1;
            }
            if line.starts_with('+') {
                lines[new_at] = text;
                new_at += 1;
            }
        }
    }
    lines.concat()
}

/// Texts that are hard on a patch.
fn texts() -> Vec<(String, Vec<u8>)> {
    let long = format!("{GARBLED} {}", "and so on, ".repeat(20_000));
    let far = "All of it is ASCII, and none is mojibake.\n".repeat(8_000);
    let texts = [
        ("plain.txt", format!("{GARBLED}\n").into_bytes()),
        ("post.md", fs::read(POST).unwrap()),
        (
            "ends.txt",
            format!("one\r\n{GARBLED}\r\n{GARBLED}\rtwo\n\n\n{GARBLED}").into_bytes(),
        ),
        ("all.txt", format!("{GARBLED}\n").repeat(300).into_bytes()),
        (
            "long.txt",
            format!("one\n{long}\n\n{long}\n{long}").into_bytes(),
        ),
        (
            "far.txt",
            format!("{GARBLED}\n{far}{GARBLED}\n{far}{far}{GARBLED}\n{far}").into_bytes(),
        ),
        (
            "bytes.txt",
            [b"caf\xE9\n\xFF ", GARBLED.as_bytes(), b" \xC3\n\x80\n"].concat(),
        ),
        ("with spaces.txt", format!("{GARBLED}\n").into_bytes()),
        ("sub/deep.txt", format!("{GARBLED}\n").into_bytes()),
    ];
    let mut texts: Vec<(String, Vec<u8>)> = texts
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text))
        .collect();
    if cfg!(unix) {
        texts.push(("a \"quoted\"\\name.txt".to_owned(), GARBLED.into()));
    }
    texts
}

/// The same files in a folder, and in another after `tool` has carried our patch out, which it may not be there to do.
fn patched(test: &str, tool: &mut Command) {
    let folder = folder(test);
    fs::create_dir(folder.join("sub")).unwrap();
    for (name, text) in texts() {
        fs::write(folder.join(name), text).unwrap();
    }
    let patch = diff(&folder, &["."]);
    assert_eq!(patch.status.code(), Some(1));
    let spawned = tool
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = spawned else {
        println!("SKIPPED: {tool:?} is not there");
        return;
    };
    child
        .stdin
        .take()
        .unwrap()
        .write_all(&patch.stdout)
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        stdout(&output),
        stderr(&output)
    );
    for (name, text) in texts() {
        let got = fs::read(folder.join(&name)).unwrap();
        assert!(got == *unmojibake::repair_bytes(&text), "{name}");
    }
}

#[test]
fn our_own_way_to_carry_it_out() {
    for (name, text) in texts() {
        let Ok(text) = String::from_utf8(text) else {
            continue;
        };
        let patch = run(unmojibake().arg("--diff"), &text);
        assert!(
            apply(&text, &stdout(&patch)) == unmojibake::repair(&text),
            "{name}"
        );
    }
}

#[test]
fn patch_takes_it() {
    patched(
        "diff-patch",
        Command::new("patch").args(["-p1", "--binary"]),
    );
}

#[test]
fn git_apply_takes_it() {
    // Not as part of the repository that the tests run in, where it would look for the files at the root.
    patched(
        "diff-git",
        Command::new("git")
            .args(["apply", "--whitespace=nowarn", "-"])
            .env("GIT_DIR", "/nowhere"),
    );
}

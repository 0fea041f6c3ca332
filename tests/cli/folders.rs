//! Folders, and what in them is passed over.

use crate::*;

/// Makes these files, with garbled text in them.
fn tree(test: &str, files: &[&str]) -> PathBuf {
    let folder = folder(test);
    for path in files {
        put(&folder, path, GARBLED);
    }
    folder
}

fn put(folder: &Path, path: &str, content: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// The files in which something is found, with one thread and with several, in the order in which they are told.
#[track_caller]
fn listed(folder: &Path, args: &[&str]) -> Vec<String> {
    let list = |jobs: &str| {
        let output = unmojibake()
            .current_dir(folder)
            .args([jobs, "-l"])
            .args(args)
            .output()
            .unwrap();
        assert_eq!(stderr(&output), "", "{args:?}");
        stdout(&output).replace('\\', "/")
    };
    let names = list("-j1");
    assert_eq!(names, list("-j4"));
    assert_eq!(names, list("-j0"));
    names.lines().map(str::to_owned).collect()
}

#[test]
fn all_files_in_order() {
    let names: Vec<String> = (100..400).map(|n| format!("d{}/f{n}.txt", n % 7)).collect();
    let folder = tree(
        "folders-order",
        &names.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    let mut sorted = names;
    sorted.sort();
    assert_eq!(listed(&folder, &["."]), sorted);
    // In the order of the arguments, each once.
    assert_eq!(
        listed(&folder, &["d1/f106.txt", "d0", "d0/f105.txt"])[..2],
        ["d1/f106.txt", "d0/f105.txt"]
    );
    assert_eq!(
        listed(&folder, &["d0", "d0/f105.txt", "d0"]).len(),
        300usize.div_ceil(7)
    );
}

#[test]
fn what_is_not_text_is_passed_over() {
    let folder = tree("folders-binary", &["a.txt"]);
    put(
        &folder,
        "b.bin",
        [GARBLED.as_bytes(), b"\n\0\x01\n"].concat(),
    );
    put(&folder, "empty.txt", "");
    let utf16: Vec<u8> = format!("\u{FEFF}{GARBLED}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    put(&folder, "u.txt", utf16);
    assert_eq!(listed(&folder, &["."]), ["a.txt", "u.txt"]);
    assert_eq!(
        listed(&folder, &[".", "b.bin"]),
        ["a.txt", "u.txt"],
        "it is looked at once, as the folder has it"
    );
    assert_eq!(
        listed(&folder, &["b.bin"]),
        ["b.bin"],
        "what is named is meant"
    );
    let output = unmojibake()
        .current_dir(&folder)
        .args(["--check", "-v", "."])
        .output()
        .unwrap();
    let said = stderr(&output);
    for line in [
        "a.txt: looked at",
        "b.bin: passed over, binary",
        "u.txt: looked at",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(
        said.ends_with("unmojibake: 2 edits in 2 files; 3 files looked at\n"),
        "{said}"
    );
}

#[test]
fn hidden_files_if_asked() {
    let folder = tree(
        "folders-hidden",
        &[
            "a.txt",
            ".h.txt",
            ".github/w.txt",
            ".git/config",
            "sub/.git/x",
            "sub/b.txt",
        ],
    );
    assert_eq!(listed(&folder, &["."]), ["a.txt", "sub/b.txt"]);
    assert_eq!(
        listed(&folder, &["--hidden", "."]),
        [".github/w.txt", ".h.txt", "a.txt", "sub/b.txt"]
    );
    assert_eq!(
        listed(&folder, &["--hidden", "--no-ignore", "."]).len(),
        4,
        "never what git keeps"
    );
    assert_eq!(
        listed(&folder, &[".h.txt"]),
        [".h.txt"],
        "what is named is meant"
    );
}

#[test]
fn globs_choose() {
    let folder = tree("folders-globs", &["a.txt", "b.md", "sub/c.md", "sub/d.rs"]);
    assert_eq!(
        listed(&folder, &["--glob", "*.md", "."]),
        ["b.md", "sub/c.md"]
    );
    assert_eq!(
        listed(&folder, &["--glob", "!*.md", "."]),
        ["a.txt", "sub/d.rs"]
    );
    assert_eq!(
        listed(&folder, &["--glob", "*.md", "--glob=!sub/**", "."]),
        ["b.md"]
    );
    let output = unmojibake()
        .args(["-l", "--glob", "{", "."])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).starts_with("unmojibake: --glob: "),
        "{}",
        stderr(&output)
    );
    check_refused(&["--glob=*.md"], &["--check"]);
}

/// As by other tools, `.gitignore` holds in what git keeps, which is all around this folder too, and `.ignore` everywhere.
#[test]
fn ignore_files_are_obeyed() {
    let folder = tree(
        "folders-ignore",
        &["a.txt", "gen/b.txt", "sub/c.log", "sub/d.txt", "e.old"],
    );
    put(&folder, ".gitignore", "gen/\n*.log\n");
    put(&folder, ".ignore", "*.old\n");
    let all = ["a.txt", "e.old", "gen/b.txt", "sub/c.log", "sub/d.txt"];
    fs::create_dir(folder.join(".git")).unwrap();
    assert_eq!(listed(&folder, &["."]), ["a.txt", "sub/d.txt"]);
    assert_eq!(listed(&folder, &["sub"]), ["sub/d.txt"]);
    assert_eq!(listed(&folder, &["--no-ignore", "."]), all);
    assert_eq!(
        listed(&folder, &["sub/c.log"]),
        ["sub/c.log"],
        "what is named is meant"
    );
}

/// Our own list holds for what is named too, as hooks name files.
#[test]
fn our_own_ignore_file_is_obeyed() {
    let folder = tree(
        "folders-own",
        &[
            "a.txt",
            "demo/b.txt",
            "demo/keep.txt",
            "sub/x.txt",
            "sub/deep/y.txt",
        ],
    );
    put(
        &folder,
        ".unmojibakeignore",
        "demo/*\n!demo/keep.txt\n/sub/deep/\n",
    );
    put(&folder, "sub/.unmojibakeignore", "x.txt\n");
    let kept = ["a.txt", "demo/keep.txt"];
    assert_eq!(listed(&folder, &["."]), kept);
    let named = [
        "a.txt",
        "demo/b.txt",
        "demo/keep.txt",
        "sub/deep/y.txt",
        "sub/x.txt",
    ];
    assert_eq!(listed(&folder, &named), kept);
    assert_eq!(
        listed(
            &folder.join("sub"),
            &["../demo/b.txt", "x.txt", "deep/y.txt", "."]
        ),
        [""; 0]
    );
    assert_eq!(
        listed(&folder, &[&["--no-ignore"], &named[..]].concat()),
        named
    );

    let output = unmojibake()
        .current_dir(&folder)
        .args(["-iv", "demo/b.txt"])
        .output()
        .unwrap();
    assert!(
        stderr(&output).contains("demo/b.txt: passed over, left out by .unmojibakeignore"),
        "{}",
        stderr(&output)
    );
    assert_eq!(
        fs::read_to_string(folder.join("demo/b.txt")).unwrap(),
        GARBLED
    );
    // The filter has been told to repair this text, wherever it is from.
    check(
        &unmojibake()
            .arg(folder.join("demo/b.txt"))
            .output()
            .unwrap(),
        SOUND,
    );
}

#[cfg(unix)]
#[test]
fn links_in_a_folder_are_not_followed() {
    use std::os::unix::fs::symlink;

    let folder = tree("folders-links", &["a.txt"]);
    symlink("a.txt", folder.join("b.txt")).unwrap();
    symlink(".", folder.join("loop")).unwrap();
    assert_eq!(listed(&folder, &["."]), ["a.txt"]);
    assert_eq!(listed(&folder, &["b.txt"]), ["b.txt"]);
    assert_eq!(listed(&folder, &["loop"]), ["loop/a.txt"]);
}

#[test]
fn a_folder_that_is_not_there() {
    let folder = folder("folders-none");
    let output = unmojibake()
        .arg("--check")
        .arg(folder.join("nowhere"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nowhere: "), "{}", stderr(&output));
}

/// Findings that go to a file in the folder are not found in it again, and again.
#[test]
fn the_output_is_passed_over() {
    let folder = tree("folders-output", &["a.txt", "z.txt"]);
    for n in 0..200 {
        put(&folder, &format!("b/{n}.txt"), GARBLED);
    }
    for jobs in ["-j1", "-j4"] {
        let found = fs::File::create(folder.join("found.txt")).unwrap();
        let status = unmojibake()
            .current_dir(&folder)
            .args(["--check", "-q", jobs, "."])
            .stdout(found)
            .status();
        assert_eq!(status.unwrap().code(), Some(1));
        let found = fs::read_to_string(folder.join("found.txt")).unwrap();
        assert_eq!(found.lines().count(), 202, "{found}");
        fs::remove_file(folder.join("found.txt")).unwrap();
    }
}

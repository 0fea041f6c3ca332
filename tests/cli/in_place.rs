//! `-i`: what becomes of files, whatever happens meanwhile.

use std::time::SystemTime;

use crate::*;

#[track_caller]
fn in_place(args: &[&str], files: &[&Path]) {
    check(&unmojibake().args(args).args(files).output().unwrap(), "");
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[track_caller]
fn files_in(folder: &Path) -> Vec<String> {
    let name =
        |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

#[test]
fn files_are_replaced() {
    let folder = folder("in-place");
    let one = file(
        &folder,
        "one",
        format!("\u{FEFF}{GARBLED}\r\nsound\n\0{GARBLED}"),
    );
    let two = file(&folder, "two", fs::read(POST).unwrap());
    let output = unmojibake().arg("-i").args([&one, &two]).output().unwrap();
    assert_eq!(stdout(&output), "");
    assert_eq!(
        stderr(&output),
        "unmojibake: 2 files repaired; 2 files looked at\n"
    );
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(read(&one), format!("\u{FEFF}{SOUND}\r\nsound\n\0{SOUND}"));
    assert_eq!(read(&two), read(Path::new(POST_EXPECTED)));
    assert_eq!(files_in(&folder), ["one", "two"]);
}

/// Where the first edit is far behind the beginning, which is copied.
#[test]
fn long_files_are_replaced() {
    let folder = folder("in-place-long");
    let filler = "All of it is ASCII, and none is mojibake.\n".repeat(20_000);
    let text = |line: &str| format!("{filler}{line}\n{filler}{line}");
    let path = file(&folder, "a", text(GARBLED));
    in_place(&["-iq"], &[&path]);
    assert!(read(&path) == text(SOUND));
}

#[test]
fn folders_are_done_by_several_threads() {
    let folder = folder("in-place-folder");
    let paths: Vec<PathBuf> = (0..200)
        .map(|n| {
            file(
                &folder,
                n.to_string(),
                if n % 2 == 0 { GARBLED } else { SOUND },
            )
        })
        .collect();
    let output = unmojibake().arg("-ij4").arg(&folder).output().unwrap();
    assert_eq!(
        stderr(&output),
        "unmojibake: 100 files repaired; 200 files looked at\n"
    );
    assert!(paths.iter().all(|path| read(path) == SOUND));
    assert_eq!(files_in(&folder).len(), 200);
}

#[test]
fn what_is_sound_is_not_touched() {
    let folder = folder("in-place-sound");
    let old = SystemTime::now() - Duration::from_secs(10_000);
    for text in [SOUND.as_bytes(), b"", b"\0\xFF\n", b"caf\xE9"] {
        let path = file(&folder, "a", text);
        let open = fs::File::options().write(true).open(&path).unwrap();
        open.set_modified(old).unwrap();
        let before = path.metadata().unwrap();
        in_place(&["-iq"], &[&path]);
        let after = path.metadata().unwrap();
        assert_eq!(after.modified().unwrap(), before.modified().unwrap());
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::MetadataExt::ino(&after),
            std::os::unix::fs::MetadataExt::ino(&before)
        );
    }
}

#[test]
fn backups_as_sed_names_them() {
    for (args, backup) in [
        (&["-i.bak"][..], "a.txt.bak"),
        (&["--in-place=.bak"], "a.txt.bak"),
        (&["-i=.bak"], "a.txt.bak"),
        (&["--in-place=orig"], "a.txtorig"),
        (&["-i~"], "a.txt~"),
        (&["-i*.old"], "a.txt.old"),
        (&["--in-place=old_*"], "old_a.txt"),
        (&["--in-place=sub/*"], "sub/a.txt"),
    ] {
        let folder = folder("in-place-backup");
        fs::create_dir(folder.join("sub")).unwrap();
        let path = file(&folder, "a.txt", GARBLED);
        let clean = file(&folder, "clean.txt", SOUND);
        // What has that name is replaced, as by sed.
        file(&folder, backup, "of old");
        in_place(&[args, &["-q"]].concat(), &[&path, &clean]);
        assert_eq!(read(&path), SOUND, "{args:?}");
        assert_eq!(read(&folder.join(backup)), GARBLED, "{args:?}");
        let files = if backup.contains('/') { 3 } else { 4 };
        assert_eq!(files_in(&folder).len(), files, "{args:?}");
    }
    let folder = folder("in-place-backup");
    let path = file(&folder, "a.txt", GARBLED);
    let output = unmojibake()
        .arg("--in-place=nowhere/*")
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nowhere"), "{}", stderr(&output));
    assert_eq!(
        (read(&path), files_in(&folder).len()),
        (GARBLED.to_owned(), 1)
    );
}

/// Under two names, or twice, it is one file, of which two threads make one backup.
#[test]
fn a_file_given_twice() {
    let folder = folder("in-place-twice");
    let path = file(&folder, "a.txt", GARBLED);
    let again = folder.join("./a.txt");
    in_place(&["-i.bak", "-q", "-j4"], &[&path, &again, &path, &folder]);
    assert_eq!(
        (read(&path), read(&folder.join("a.txt.bak"))),
        (SOUND.to_owned(), GARBLED.to_owned())
    );
}

#[test]
fn standard_input_is_none() {
    for args in [&["-i"][..], &["-i", "-"], &["-i", POST, "-"]] {
        let output = run(unmojibake().args(args), GARBLED);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(stdout(&output), "");
        assert!(
            stderr(&output).contains("--in-place"),
            "{}",
            stderr(&output)
        );
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn permissions_stay() {
        let folder = folder("in-place-mode");
        for bits in [0o600, 0o644, 0o755, 0o640, 0o444, 0o400] {
            let path = file(&folder, format!("{bits:o}"), GARBLED);
            fs::set_permissions(&path, fs::Permissions::from_mode(bits)).unwrap();
            let before = path.metadata().unwrap();
            // A file that may not be written is replaced if the folder may be, as by sed.
            in_place(&["-iq"], &[&path]);
            assert_eq!((mode(&path), read(&path)), (bits, SOUND.to_owned()));
            let after = path.metadata().unwrap();
            assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
        }
    }

    #[test]
    fn links_are_followed_and_stay() {
        let folder = folder("in-place-link");
        fs::create_dir(folder.join("sub")).unwrap();
        let path = file(&folder, "sub/a.txt", GARBLED);
        let link = folder.join("link");
        symlink("sub/a.txt", &link).unwrap();
        in_place(&["-i.bak", "-q"], &[&link]);
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read_link(&link).unwrap(), Path::new("sub/a.txt"));
        assert_eq!(read(&path), SOUND);
        assert_eq!(
            files_in(&folder.join("sub")),
            ["a.txt", "a.txt.bak"],
            "beside the file, not the link"
        );
    }

    #[test]
    fn the_other_name_of_a_file_keeps_the_old_text() {
        let folder = folder("in-place-hard");
        let path = file(&folder, "a.txt", GARBLED);
        let other = folder.join("other.txt");
        fs::hard_link(&path, &other).unwrap();
        in_place(&["-iq"], &[&path]);
        assert_eq!(
            (read(&path), read(&other)),
            (SOUND.to_owned(), GARBLED.to_owned())
        );
    }

    #[test]
    fn a_folder_that_may_not_be_written() {
        let folder = folder("in-place-locked");
        let path = file(&folder, "a.txt", GARBLED);
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
        let locked = fs::write(folder.join("probe"), "").is_err();
        let output = unmojibake().arg("-i").arg(&path).output().unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        if !locked {
            return; // For root there is no such folder.
        }
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).contains("a.txt: not repaired: Permission denied"),
            "{}",
            stderr(&output)
        );
        assert_eq!(read(&path), GARBLED);
    }

    #[test]
    fn what_is_no_file_is_refused() {
        let output = unmojibake().args(["-i", "/dev/null"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(
            stderr(&output),
            "unmojibake: /dev/null: not repaired: not a regular file\nunmojibake: 0 files repaired; 0 files looked at\n"
        );
    }

    /// Killed at whatever moment, the old file is there or the new one.
    #[test]
    fn a_kill_leaves_one_of_them_whole() {
        let folder = folder("in-place-kill");
        let text = |line: &str| format!("{line}\n{}", "All of it is ASCII.\n".repeat(400_000));
        let (old, new) = (text(GARBLED), text(SOUND));
        let path = folder.join("a.txt");
        let mut seen = [0, 0];
        for step in 0..60u64 {
            fs::write(&path, &old).unwrap();
            let backup = if step % 2 == 0 { "-i" } else { "-i.bak" };
            let mut child = unmojibake()
                .args([backup, "-q"])
                .arg(&path)
                .spawn()
                .unwrap();
            thread::sleep(Duration::from_micros(step * step * 30));
            child.kill().unwrap();
            child.wait().unwrap();
            let got = read(&path);
            assert!(got == old || got == new, "step {step}: half a file");
            seen[usize::from(got == new)] += 1;
            let kept = folder.join("a.txt.bak");
            assert!(
                !kept.exists() || read(&kept) == old,
                "step {step}: half a backup"
            );
        }
        println!(
            "the old one {} times, the new one {} times",
            seen[0], seen[1]
        );
    }
}

/// What git shows of a repair are the garbled lines, and nothing else.
#[test]
fn git_diff_shows_the_garbled_lines_alone() {
    let folder = folder("in-place-git");
    let git = |args: &[&str]| {
        Command::new("git")
            .current_dir(&folder)
            .args([
                "-c",
                "core.autocrlf=false",
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b",
                "-c",
                "core.safecrlf=false",
            ])
            .args(args)
            .output()
    };
    if git(&["init", "-q"]).is_err() {
        println!("SKIPPED: git is not there");
        return;
    }
    let post = fs::read_to_string(POST).unwrap();
    let binary = [GARBLED.as_bytes(), b"\0\0\n"].concat();
    for (name, text) in [
        (
            "crlf.txt",
            format!("one\r\n{GARBLED}\r\ntwo\r\n").as_bytes(),
        ),
        (
            "mixed.txt",
            format!("one\r\n{GARBLED}\ntwo\rthree").as_bytes(),
        ),
        ("bom.txt", format!("\u{FEFF}one\n{GARBLED}\n").as_bytes()),
        (
            "legacy.txt",
            &[b"caf\xE9\n", GARBLED.as_bytes(), b"\n"].concat(),
        ),
        ("sound.txt", SOUND.as_bytes()),
        (
            "quoted.txt",
            format!("{GARBLED} unmojibake: ignore\n").as_bytes(),
        ),
        ("post.md", post.as_bytes()),
        ("image.bin", &binary),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    assert!(git(&["add", "."]).unwrap().status.success());
    assert!(git(&["commit", "-qm", "mixed"]).unwrap().status.success());
    let output = unmojibake()
        .current_dir(&folder)
        .args(["-iq", "."])
        .output()
        .unwrap();
    check(&output, "");
    let changed = git(&["diff", "--name-only"]).unwrap();
    assert_eq!(
        stdout(&changed),
        "bom.txt\ncrlf.txt\nlegacy.txt\nmixed.txt\npost.md\n"
    );
    let diff = git(&["diff", "--text", "-U0", "--", ".", ":!post.md"]).unwrap();
    let lines = |mark: &str| -> Vec<Vec<u8>> {
        let head = mark.repeat(3);
        diff.stdout
            .split(|&byte| byte == b'\n')
            .filter(|line| line.starts_with(mark.as_bytes()) && !line.starts_with(head.as_bytes()))
            .map(|line| line[1..].to_owned())
            .collect()
    };
    let line = |text: &str, end: &str| format!("{text}{end}").into_bytes();
    assert_eq!(
        lines("-"),
        [
            line(GARBLED, ""),
            line(GARBLED, "\r"),
            line(GARBLED, ""),
            line(GARBLED, "")
        ]
    );
    assert_eq!(
        lines("+"),
        [
            line(SOUND, ""),
            line(SOUND, "\r"),
            line(SOUND, ""),
            line(SOUND, "")
        ]
    );
    let garbled_lines = post
        .lines()
        .filter(|line| unmojibake::is_garbled(line))
        .count();
    let stat = stdout(&git(&["diff", "--numstat", "--", "post.md"]).unwrap());
    assert_eq!(stat, format!("{garbled_lines}\t{garbled_lines}\tpost.md\n"));
}

#[test]
fn pictures_among_the_names_stay() {
    let folder = folder("pictures");
    // `\u{C2}\u{84}` by chance, between bytes that are no text.
    let picture = file(
        &folder,
        "a.png",
        b"\x89PNG\r\n\x1A\n\0\0\xFFx\xC3\x83\xC2\xA9\n",
    );
    let text = file(&folder, "a.txt", GARBLED);
    let before = fs::read(&picture).unwrap();
    let output = run(unmojibake().arg("-i").args([&picture, &text]), "");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(fs::read(&picture).unwrap(), before);
    assert_eq!(read(&text), SOUND);
    // Who names it is told.
    assert!(
        stderr(&output).contains("a.png: passed over, binary"),
        "{}",
        stderr(&output)
    );
    let quiet = run(unmojibake().arg("-qi").args([&picture, &text]), "");
    check(&quiet, "");
}

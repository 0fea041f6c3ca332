//! Names of files and folders.

use std::collections::{BTreeMap, HashSet};

use crate::*;

/// What is below a folder: each path with what is in the file.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            let is_folder = path.symlink_metadata().unwrap().is_dir();
            let content = (!is_folder).then(|| fs::read(&path).unwrap_or_default());
            all.insert(path.strip_prefix(folder).unwrap().to_owned(), content);
            if is_folder {
                folders.push(path);
            }
        }
    }
    all
}

fn names(folder: &Path, args: &[&str]) -> Output {
    let mut command = unmojibake();
    command.current_dir(folder).arg("--names").args(args);
    command.output().unwrap()
}

/// `café`, garbled and sound.
const CAFE: &str = "caf\u{C3}\u{A9}";
const CAFE_FIXED: &str = "caf\u{E9}";

#[test]
fn a_dry_run_tells_and_does_nothing() {
    let folder = folder("names-dry");
    for name in [&format!("{CAFE}.txt"), "sound.txt", CAFE_FIXED] {
        file(&folder, name, name);
    }
    let before = tree(&folder);
    let output = names(&folder, &["."]);
    assert_eq!(
        stdout(&output),
        format!("\"./{CAFE}.txt\" -> \"./{CAFE_FIXED}.txt\"\n")
    );
    assert_eq!(
        stderr(&output),
        "unmojibake: 1 name to repair; --rename does it\n"
    );
    assert_eq!(output.status.code(), Some(0));
    check(&names(&folder, &["-q", "sound.txt"]), "");
    assert_eq!(tree(&folder), before);
}

/// A thousand garbled names and a thousand clean ones, in folders of which some are garbled too; and the way back.
#[test]
fn a_tree_and_back() {
    let outer = folder("names-tree");
    let folder = outer.join("tree");
    let mut garbled = 0;
    for number in 0..20 {
        let sub = folder
            .join(format!(
                "{}{}",
                if number % 2 == 0 { CAFE } else { "plain" },
                number % 4
            ))
            .join(format!(
                "{}{number}",
                if number % 5 == 0 { CAFE } else { CAFE_FIXED }
            ));
        fs::create_dir_all(&sub).unwrap();
        for file_number in 0..50 {
            for name in [CAFE, CAFE_FIXED] {
                file(
                    &sub,
                    format!("{name} {file_number} {name}.txt")
                        .replace(CAFE_FIXED, if name == CAFE { CAFE } else { "it\u{2019}s" }),
                    format!("{number} {name}"),
                );
            }
            garbled += 1;
        }
    }
    assert_eq!(garbled, 1_000);
    let before = tree(&folder);
    let fix = |path: &Path| PathBuf::from(path.to_str().unwrap().replace(CAFE, CAFE_FIXED));
    let want: BTreeMap<_, _> = before
        .iter()
        .map(|(path, content)| (fix(path), content.clone()))
        .collect();
    assert_eq!(want.len(), before.len());

    let dry = names(&outer, &["tree"]);
    assert_eq!(tree(&folder), before);
    let output = names(&outer, &["--rename", "tree"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), stdout(&dry), "what was told is done");
    assert_eq!(stdout(&output).lines().count(), 1_000 + 2 + 4);
    assert_eq!(
        stderr(&output),
        "unmojibake: 1006 names repaired; --undo unmojibake-undo.jsonl takes it back\n"
    );
    assert_eq!(tree(&folder), want);
    check(&names(&outer, &["-q", "--rename", "tree"]), "");

    // From anywhere.
    let list = outer.join("unmojibake-undo.jsonl");
    let undone = unmojibake().arg("--undo").arg(&list).output().unwrap();
    assert_eq!(
        stderr(&undone),
        "unmojibake: 1006 of 1006 names taken back\n"
    );
    assert_eq!(undone.status.code(), Some(0));
    assert_eq!(tree(&folder), before);

    // The same by a list, in which folders come before what is in them.
    let mut paths: Vec<_> = before
        .keys()
        .map(|path| Path::new("tree").join(path))
        .collect();
    paths.sort();
    let paths: Vec<_> = paths.iter().map(|path| path.to_str().unwrap()).collect();
    for (args, end) in [
        (&["--names", "--rename", "-q"][..], "\n"),
        (&["--names", "--rename", "-q0"], "\0"),
    ] {
        let mut command = unmojibake();
        let output = run(command.current_dir(&outer).args(args), paths.join(end));
        assert_eq!(stderr(&output), "");
        assert_eq!(tree(&folder), want);
        let lists = fs::read_dir(&outer).unwrap().count() - 1;
        let list = outer.join(format!("unmojibake-undo-{lists}.jsonl"));
        check(
            &unmojibake()
                .arg("-q")
                .arg("--undo")
                .arg(list)
                .output()
                .unwrap(),
            "",
        );
        assert_eq!(tree(&folder), before);
    }
}

#[test]
fn nothing_is_overwritten() {
    let folder = folder("names-collide");
    // Garbled once and twice, by two codecs: all become one.
    let twice = "caf\u{C3}\u{192}\u{C2}\u{A9}";
    let dos = "caf\u{251C}\u{2310}";
    for name in [CAFE, twice, dos] {
        file(&folder, format!("{name}.txt"), name);
        file(&folder, format!("there {name}.txt"), name);
    }
    let there = format!("there {CAFE_FIXED}.txt");
    file(&folder, &there, "it was there");
    let contents = |folder: &Path| -> HashSet<_> { tree(folder).into_values().flatten().collect() };
    let before = tree(&folder);
    let dry = names(&folder, &["."]);
    let output = names(
        &folder,
        &["--rename", "--undo-list", "../collide.jsonl", "."],
    );
    for output in [&dry, &output] {
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(stdout(output).lines().count(), 1, "{}", stdout(output));
        let said = stderr(output);
        assert_eq!(said.matches(": not renamed: \"").count(), 5, "{said}");
        assert!(
            said.contains(&format!(
                ".txt: not renamed: \"./{there}\" is there already\n"
            )),
            "{said}"
        );
    }
    assert_eq!(tree(&folder).len(), before.len());
    assert_eq!(
        contents(&folder),
        before.values().flatten().cloned().collect()
    );
    assert_eq!(fs::read(folder.join(there)).unwrap(), b"it was there");
    // Neither is one on the way back, nor the list.
    file(&folder, format!("{CAFE}.txt"), "new");
    file(&folder, format!("{twice}.txt"), "new");
    file(&folder, format!("{dos}.txt"), "new");
    let undone = unmojibake()
        .current_dir(&folder)
        .args(["--undo", "../collide.jsonl"])
        .output()
        .unwrap();
    assert_eq!(undone.status.code(), Some(2));
    assert!(
        stderr(&undone).contains("not renamed: File exists"),
        "{}",
        stderr(&undone)
    );
    file(&folder, format!("one more {CAFE}"), "");
    let output = names(
        &folder,
        &[
            "--rename",
            "--undo-list",
            "../collide.jsonl",
            &format!("one more {CAFE}"),
        ],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("../collide.jsonl: File exists"),
        "{}",
        stderr(&output)
    );
    assert!(
        folder.join(format!("one more {CAFE}")).exists(),
        "no renaming without a list"
    );
    fs::remove_file(folder.join("../collide.jsonl")).unwrap();
}

/// With nothing renamed, there is no list, nor is a name that is there a reason for one.
#[test]
fn an_empty_list_is_not_left() {
    let folder = folder("names-no-list");
    file(&folder, CAFE, "garbled");
    file(&folder, CAFE_FIXED, "sound");
    let before = tree(&folder);
    // Of these bytes, 255 may be in a name, but not of what they become.
    #[cfg(unix)]
    let long = {
        use std::os::unix::ffi::OsStrExt;
        OsStr::from_bytes(&[0xE9; 200]).to_owned()
    };
    #[cfg(unix)]
    file(&folder, &long, "long");
    let output = names(&folder, &["--rename", "--invalid=windows-1252", "."]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("is there already"), "{said}");
    assert!(said.ends_with("unmojibake: 0 names repaired\n"), "{said}");
    #[cfg(unix)]
    {
        assert!(said.contains("File name too long"), "{said}");
        fs::remove_file(folder.join(long)).unwrap();
    }
    assert_eq!(tree(&folder), before);
}

#[test]
fn lists_may_be_edited_or_come_from_elsewhere() {
    let folder = folder("names-edited");
    for number in 0..3 {
        file(&folder, format!("{CAFE} {number}"), "");
    }
    let before = tree(&folder);
    let output = names(&folder, &["-q", "--rename", "."]);
    assert_eq!(stderr(&output), "");
    let list = fs::read_to_string(folder.join("unmojibake-undo.jsonl")).unwrap();
    fs::remove_file(folder.join("unmojibake-undo.jsonl")).unwrap();
    let undo = |list: &str| run(unmojibake().args(["--undo", "-"]), list);
    let mut lines: Vec<_> = list.lines().collect();
    let first = lines.remove(0);
    let output = undo(&format!("\r\n{}\r\n\n", lines.join("\r\n\n")));
    assert_eq!(stderr(&output), "unmojibake: 2 of 2 names taken back\n");
    check(&run(unmojibake().args(["-q", "--undo=-"]), first), "");
    assert_eq!(tree(&folder), before);
    // All is read before anything is done.
    for wrong in ["\n{\"old\":\"a\"}\n", "x", "\u{0}"] {
        let output = undo(&format!("{list}{wrong}"));
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).starts_with("unmojibake: <stdin>: no list of renamed files: "),
            "{}",
            stderr(&output)
        );
    }
    let output = undo("\n\n{\"old\":\"a\"}\n");
    assert!(stderr(&output).contains("at line 3"), "{}", stderr(&output));
    let output = run(unmojibake().arg("--names"), format!("a\0{CAFE}\0"));
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("; -0 takes"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_current_folder_may_be_among_them() {
    let outer = folder("names-current");
    let inner = outer.join(CAFE).join(CAFE);
    fs::create_dir_all(&inner).unwrap();
    file(&inner, CAFE, "");
    let before = tree(&outer);
    let output = names(&inner, &["--rename", "--undo-list=../../list", "../.."]);
    assert_eq!(
        stderr(&output),
        "unmojibake: 3 names repaired; --undo ../../list takes it back\n"
    );
    assert!(
        outer
            .join(CAFE_FIXED)
            .join(CAFE_FIXED)
            .join(CAFE_FIXED)
            .exists()
    );
    let list = outer.join("list");
    check(
        &unmojibake()
            .arg("-q")
            .arg("--undo")
            .arg(&list)
            .output()
            .unwrap(),
        "",
    );
    fs::remove_file(list).unwrap();
    assert_eq!(tree(&outer), before);
}

#[test]
fn what_stands_behind_a_name_is_no_part_of_it() {
    let folder = folder("names-behind");
    fs::create_dir(folder.join(CAFE)).unwrap();
    for path in [
        format!("{CAFE}/"),
        format!("{CAFE}/."),
        format!("./{CAFE}//./"),
    ] {
        let output = names(&folder, &["-q", "--rename", "--undo-list=list", &path]);
        assert_eq!(stderr(&output), "", "{path}");
        assert!(folder.join(CAFE_FIXED).is_dir(), "{path}");
        let undone = unmojibake()
            .current_dir(&folder)
            .args(["-q", "--undo=list"])
            .output();
        check(&undone.unwrap(), "");
        fs::remove_file(folder.join("list")).unwrap();
    }
    for nothing in [".", "..", "/"] {
        let output = run(unmojibake().args(["--names", "-q"]), nothing);
        check(&output, "");
    }
}

#[test]
fn one_path_within_another_however_it_is_written() {
    let outer = folder("names-within");
    let folder = outer.join(CAFE);
    fs::create_dir(&folder).unwrap();
    file(&folder, CAFE, "in it");
    let inner = folder.join(CAFE);
    let absolute = outer.join(CAFE);
    let relative = format!("{CAFE}/../{CAFE}/{CAFE}");
    for paths in [[&absolute, Path::new(&relative)], [Path::new(CAFE), &inner]] {
        let output = names(
            &outer,
            &[
                "--rename",
                "--undo-list=list",
                paths[0].to_str().unwrap(),
                paths[1].to_str().unwrap(),
            ],
        );
        assert_eq!(
            fs::read(outer.join(CAFE_FIXED).join(CAFE_FIXED)).unwrap(),
            b"in it",
            "{}",
            stderr(&output)
        );
        check(
            &unmojibake()
                .current_dir(&outer)
                .args(["-q", "--undo=list"])
                .output()
                .unwrap(),
            "",
        );
        fs::remove_file(outer.join("list")).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn links_and_names_that_are_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let folder = folder("names-odd");
    let odd = |name: &[u8]| folder.join(OsStr::from_bytes(name));
    let latin = b"na\xEFve";
    let mixed = [CAFE.as_bytes(), b" \xFF"].concat();
    fs::write(odd(latin), "latin").unwrap();
    fs::create_dir(odd(&mixed)).unwrap();
    fs::write(
        odd(&[&mixed, b"/".as_slice(), CAFE.as_bytes()].concat()),
        "in it",
    )
    .unwrap();
    fs::write(odd(b"a\nb caf\xC3\x83\xC2\xA9"), "lines").unwrap();
    symlink("nowhere", odd("d\u{C3}\u{A9}j\u{C3}\u{A0}".as_bytes())).unwrap();
    fs::create_dir(odd(b".git")).unwrap();
    fs::write(odd([b".git/", CAFE.as_bytes()].concat().as_slice()), "").unwrap();
    let before = tree(&folder);
    let output = names(&folder, &["--rename", "."]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let fixed = [CAFE_FIXED.as_bytes(), b" \xFF"].concat();
    assert_eq!(
        fs::read(odd(
            &[&fixed, b"/".as_slice(), CAFE_FIXED.as_bytes()].concat()
        ))
        .unwrap(),
        b"in it"
    );
    assert_eq!(fs::read(odd(b"a\nb caf\xC3\xA9")).unwrap(), b"lines");
    assert_eq!(fs::read(odd(latin)).unwrap(), b"latin");
    assert_eq!(
        fs::read_link(odd("d\u{E9}j\u{E0}".as_bytes())).unwrap(),
        Path::new("nowhere")
    );
    assert!(folder.join(".git").join(CAFE).exists());
    check(
        &unmojibake()
            .current_dir(&folder)
            .args(["-q", "--undo", "unmojibake-undo.jsonl"])
            .output()
            .unwrap(),
        "",
    );
    fs::remove_file(folder.join("unmojibake-undo.jsonl")).unwrap();
    assert_eq!(tree(&folder), before);
    // If asked, what is not UTF-8 becomes so.
    let output = names(&folder, &["--invalid=windows-1252", "."]);
    assert!(
        stdout(&output).contains("\"./na\\xEFve\" -> \"./na\u{EF}ve\"\n"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn what_is_not_there_or_no_name_is_told() {
    let folder = folder("names-missing");
    let output = names(&folder, &["nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).starts_with("unmojibake: nowhere: "),
        "{}",
        stderr(&output)
    );
    file(&folder, "no-list", "what is this");
    let output = unmojibake()
        .current_dir(&folder)
        .args(["--undo", "no-list"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("no-list: no list of renamed files"),
        "{}",
        stderr(&output)
    );
    for other in [
        "--check", "-i", "--json", "--glob=*", "-j2", "--undo=x", "-ox",
    ] {
        check_refused(&["--names", other], &["--names"]);
    }
    check_refused(&["--rename"], &["--names"]);
    check_refused(&["--names", "--undo-list=x"], &["--rename"]);
    check_refused(&["--undo=x", "file"], &["--undo"]);
}

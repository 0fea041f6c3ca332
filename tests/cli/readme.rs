//! The snippets of the README for shells, run as they are printed, in a folder that has what they name.

use std::env;

use crate::*;

const README: &str = "README.md";

/// What is not there on each machine. A snippet that needs one of them is passed over if it is not, and says so.
const TOOLS: [&str; 5] = ["git", "gzip", "jq", "patch", "vim"];

/// A dialogue in which a line was garbled, and a name in a dump.
const SUBTITLES: &str = "1\n00:00:01,000 --> 00:00:02,000\nO\u{C3}\u{B9} est l\u{E2}\u{20AC}\u{2122}h\u{C3}\u{B4}tel ?\n";
const DUMP: &str = "INSERT INTO guests VALUES (1, 'Zo\u{C3}\u{AB}'), (2, 'Ren\u{C3}\u{A9}e');\n";

/// The blocks of the README that are commands, but those for cargo.
fn snippets() -> Vec<String> {
    let readme = fs::read_to_string(README).unwrap();
    readme
        .split("```sh\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .filter(|snippet| !snippet.contains("cargo "))
        .collect()
}

fn is_there(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok()
}

fn prepared(test: &str) -> PathBuf {
    let folder = folder(test);
    for name in ["fixtures", "target"] {
        fs::create_dir(folder.join(name)).unwrap();
    }
    for post in [POST, POST_EXPECTED, "fixtures/export.json"] {
        fs::copy(post, folder.join(post)).unwrap();
    }
    file(&folder, "notes.txt", format!("{GARBLED}\n"));
    file(&folder, "dump.sql", DUMP);
    file(&folder, "film.srt", SUBTITLES);
    file(
        &folder,
        "mixed.srt",
        [SUBTITLES.as_bytes(), b"\xC0 bient\xF4t !\n"].concat(),
    );
    file(&folder, "caf\u{C3}\u{A9}.txt", SOUND);
    file(&folder, "letters.txt", b"\xCF\xF0\xE8\xE2\xE5\xF2\n");
    file(&folder, "guests.csv", "1;Zo\u{C3}\u{AB}\n");
    // Each byte of an apostrophe's UTF-8 as an escape of its own.
    file(
        &folder,
        "export.json",
        r#"{"post":"It\u00e2\u0080\u0099s here"}"#,
    );
    if is_there("git") {
        let init = Command::new("git")
            .current_dir(&folder)
            .args(["init", "-q"])
            .status();
        assert!(init.unwrap().success());
    }
    folder
}

/// Runs a snippet as a script that ends at the first command that fails, and gives what it says.
#[track_caller]
fn run_in(folder: &Path, snippet: &str) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_unmojibake"))
        .parent()
        .unwrap();
    let path = env::var_os("PATH").unwrap();
    let paths = [binary.to_owned()]
        .into_iter()
        .chain(env::split_paths(&path));
    let output = Command::new("sh")
        .args(["-e", "-c", snippet])
        .current_dir(folder)
        .env("PATH", env::join_paths(paths).unwrap())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{snippet}\n{}{}",
        stdout(&output),
        stderr(&output)
    );
    stdout(&output)
}

#[test]
fn each_snippet_runs_as_printed() {
    let snippets = snippets();
    assert!(snippets.len() > 6);
    for snippet in snippets {
        let needs = |tool: &&str| {
            snippet
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word == *tool)
        };
        let missing: Vec<&str> = TOOLS
            .into_iter()
            .filter(|tool| needs(tool) && !is_there(tool))
            .collect();
        // It waits for somebody to type.
        if !missing.is_empty() || snippet.contains("vim -q") {
            println!("SKIPPED for want of {missing:?}, or of a person:\n{snippet}");
            continue;
        }
        run_in(&prepared("readme"), &snippet);
    }
}

/// The snippet of the README that holds these words, run, and the folder that it leaves.
fn after(words: &str) -> (PathBuf, String) {
    let folder = prepared(&format!(
        "readme-{}",
        words.replace(|c: char| !c.is_alphanumeric(), "-")
    ));
    let snippets = snippets();
    let snippet = snippets
        .iter()
        .find(|snippet| snippet.contains(words))
        .unwrap();
    let said = run_in(&folder, snippet);
    (folder, said)
}

#[test]
fn what_the_snippets_do() {
    let read = |folder: &Path, name: &str| fs::read_to_string(folder.join(name)).unwrap();

    let (folder, said) = after("dump.sql");
    assert!(
        said.starts_with("2 edits in 1 of 1 file\n\nwindows-1252: 2\n"),
        "{said}"
    );
    assert_eq!(read(&folder, "repaired.sql"), unmojibake::repair(DUMP));

    let (folder, _) = after("mixed.srt");
    let sound = unmojibake::repair(SUBTITLES);
    assert_eq!(read(&folder, "film.srt"), sound);
    assert_eq!(read(&folder, "film.srt.orig"), SUBTITLES);
    assert_eq!(
        read(&folder, "mixed.srt"),
        format!("{sound}\u{C0} bient\u{F4}t !\n")
    );

    let (folder, said) = after("--undo");
    let (garbled, sound) = ("./caf\u{C3}\u{A9}.txt", "./caf\u{E9}.txt");
    assert_eq!(said, format!("\"{garbled}\" -> \"{sound}\"\n").repeat(2));
    assert_eq!(read(&folder, garbled), SOUND);

    let (folder, _) = after("guests.csv");
    assert_eq!(read(&folder, "repaired.csv"), "1;Zo\u{EB}\n");

    let (folder, said) = after("--encoding");
    let sound = "\u{41F}\u{440}\u{438}\u{432}\u{435}\u{442}\n";
    assert_eq!(read(&folder, "letters.utf8.txt"), sound);
    assert!(said.contains("./caf\u{E9}.txt\n"), "{said}");

    if ["jq", "git", "patch"]
        .into_iter()
        .any(|tool| !is_there(tool))
    {
        println!("SKIPPED: jq, git or patch is not there");
        return;
    }
    let (folder, _) = after("patch -p1");
    assert_eq!(read(&folder, "notes.txt"), format!("{SOUND}\n"));
    let (folder, said) = after("export.json");
    let expected = fs::read_to_string("fixtures/export.expected.json").unwrap();
    assert!(said.starts_with(&expected), "{said}");
    assert_eq!(
        read(&folder, "export.json"),
        format!("{{\"post\":\"{SOUND}\"}}")
    );
    assert!(
        said.contains("notes.txt: \u{E2}\u{20AC}\u{2122} -> \u{2019}\n"),
        "{said}"
    );

    let (folder, _) = after("filter.unmojibake.clean");
    assert_eq!(
        run_in(&folder, "git add notes.txt && git show :notes.txt"),
        format!("{SOUND}\n")
    );
    let (folder, _) = after("diff.unmojibake.textconv");
    file(&folder, "a.csv", "one\n");
    run_in(&folder, "git add a.csv");
    file(&folder, "a.csv", format!("{GARBLED}\n"));
    assert!(run_in(&folder, "git diff a.csv").contains(&format!("\n+{SOUND}\n")));
}

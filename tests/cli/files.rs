//! Files as input of the filter, and those that cannot be read.

use std::fs::File;

use crate::*;

#[test]
fn files_in_order_with_standard_input_among_them() {
    let folder = folder("order");
    let one = file(&folder, "one", format!("1 {GARBLED}\n"));
    let three = file(&folder, "three", format!("3 {GARBLED}"));
    let output = run(
        unmojibake().args([&one, Path::new("-"), &three, &one]),
        format!("2 {GARBLED}\n"),
    );
    check(
        &output,
        format!("1 {SOUND}\n2 {SOUND}\n3 {SOUND}1 {SOUND}\n"),
    );
}

/// Joined they would be `Ã‰`, and repaired; each by itself is sound.
#[test]
fn a_last_line_is_not_joined_to_the_next_file() {
    let folder = folder("joined");
    let one = file(&folder, "one", "LE CAF\u{C3}");
    let two = file(&folder, "two", "\u{2030} 2024");
    let output = unmojibake().args([one, two]).output().unwrap();
    check(&output, "LE CAF\u{C3}\u{2030} 2024");
}

#[test]
fn a_file_that_cannot_be_read_does_not_keep_the_others() {
    let folder = folder("unreadable");
    let good = file(&folder, "good.txt", format!("{GARBLED}\n"));
    let missing = folder.join("nowhere.txt");
    let output = unmojibake()
        .args([&good, &missing, &folder, &good])
        .output()
        .unwrap();
    assert_eq!(
        output.stdout,
        format!("{SOUND}\n{SOUND}\n").as_bytes(),
        "{}",
        stderr(&output)
    );
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    let lines: Vec<&str> = message.lines().collect();
    assert_eq!(lines.len(), 2, "{message}");
    assert!(lines[0].starts_with(&format!("unmojibake: {}: ", missing.display())));
    assert!(lines[1].starts_with(&format!("unmojibake: {}: ", folder.display())));
    assert!(lines[1].ends_with("; name the files in it, or say what to do: --check, --list, --diff, --count, --explain and --in-place take folders"));
    if cfg!(unix) {
        assert!(lines[0].ends_with(": No such file or directory"));
        assert!(lines[1].contains(": Is a directory; "));
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder("forbidden");
    let good = file(&folder, "good.txt", GARBLED);
    let secret = file(&folder, "secret.txt", GARBLED);
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    if File::open(&secret).is_ok() {
        return; // For root there is no such file.
    }
    let output = unmojibake().args([&secret, &good]).output().unwrap();
    assert_eq!(output.stdout, SOUND.as_bytes());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        format!("unmojibake: {}: Permission denied\n", secret.display())
    );
}

/// On Linux alone: elsewhere file systems may refuse such names.
#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt;

    let folder = folder("names");
    let path = file(&folder, OsStr::from_bytes(b"caf\xE9.txt"), GARBLED);
    check(&unmojibake().arg(path).output().unwrap(), SOUND);
}

#[test]
fn a_file_name_that_begins_with_a_dash() {
    let folder = folder("dash");
    file(&folder, "--lost", GARBLED);
    file(&folder, "-", GARBLED);
    let output = unmojibake()
        .current_dir(&folder)
        .args(["./-", "--", "--lost"])
        .output()
        .unwrap();
    check(&output, format!("{SOUND}{SOUND}"));
}

/// A process's memory may be opened, but not read at its beginning.
#[cfg(target_os = "linux")]
#[test]
fn a_read_error_on_the_way() {
    let folder = folder("midway");
    let good = file(&folder, "good.txt", GARBLED);
    let output = unmojibake()
        .args([Path::new("/proc/self/mem"), &good])
        .output()
        .unwrap();
    assert_eq!(output.stdout, SOUND.as_bytes());
    assert_eq!(
        stderr(&output),
        "unmojibake: /proc/self/mem: Input/output error\n"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn standard_input_that_cannot_be_read() {
    let folder = folder("stdin");
    let good = file(&folder, "good.txt", GARBLED);
    let output = unmojibake()
        .args([Path::new("-"), &good])
        .stdin(File::open(&folder).unwrap())
        .output()
        .unwrap();
    assert_eq!(output.stdout, SOUND.as_bytes());
    assert_eq!(
        stderr(&output),
        "unmojibake: standard input: Is a directory\n"
    );
    assert_eq!(output.status.code(), Some(2));
}

//! `-o FILE`.

use crate::*;

#[test]
fn to_a_file() {
    let folder = folder("output");
    let path = file(&folder, "a.txt", GARBLED);
    let out = folder.join("out.txt");
    for _ in 0..2 {
        check(
            &unmojibake()
                .arg("-o")
                .arg(&out)
                .args([&path, &path])
                .output()
                .unwrap(),
            "",
        );
        assert_eq!(fs::read_to_string(&out).unwrap(), [SOUND, SOUND].concat());
    }
    check(&run(unmojibake().arg("--output").arg(&out), GARBLED), "");
    assert_eq!(fs::read_to_string(&out).unwrap(), SOUND);
    check(&run(unmojibake().args(["-o", "-"]), GARBLED), SOUND);
}

#[test]
fn to_one_of_the_inputs() {
    let folder = folder("output-input");
    let text = |line: &str| format!("{line}\n").repeat(50_000);
    let path = file(&folder, "a.txt", text(GARBLED));
    check(
        &unmojibake()
            .arg("-j2")
            .arg("-o")
            .arg(&path)
            .arg(&path)
            .output()
            .unwrap(),
        "",
    );
    assert!(fs::read_to_string(&path).unwrap() == text(SOUND));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn not_if_something_could_not_be_read() {
    let folder = folder("output-unreadable");
    let path = file(&folder, "a.txt", GARBLED);
    let output = unmojibake()
        .arg("-o")
        .arg(&path)
        .arg(&path)
        .arg(folder.join("nowhere"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("not written, since not all could be read"),
        "{}",
        stderr(&output)
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), GARBLED);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn where_there_is_no_folder() {
    let out = folder("output-nowhere").join("no/such/out.txt");
    let output = run(unmojibake().arg("-o").arg(&out), GARBLED);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with(&format!("unmojibake: {}: ", out.display())));
}

#[cfg(target_os = "linux")]
#[test]
fn to_a_device() {
    let output = run(unmojibake().args(["-o", "/dev/full"]), GARBLED);
    assert_eq!(
        stderr(&output),
        "unmojibake: /dev/full: No space left on device\n"
    );
    assert_eq!(output.status.code(), Some(2));
    check(&run(unmojibake().args(["-o", "/dev/null"]), GARBLED), "");
    check(
        &run(unmojibake().args(["-o", "/dev/stdout"]), GARBLED),
        SOUND,
    );
}

#[cfg(unix)]
#[test]
fn a_new_file_is_as_any_other() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder("output-mode");
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode();
    let other = file(&folder, "other", "");
    let out = folder.join("out");
    check(&run(unmojibake().arg("-o").arg(&out), GARBLED), "");
    assert_eq!(mode(&out), mode(&other));
    fs::set_permissions(&out, fs::Permissions::from_mode(0o604)).unwrap();
    check(&run(unmojibake().arg("-o").arg(&out), GARBLED), "");
    assert_eq!(mode(&out) & 0o777, 0o604);
}

#[test]
fn a_folder_that_is_not_there() {
    let path = folder("no-such-folder").join("not-there").join("out.txt");
    let output = run(unmojibake().arg("-o").arg(&path), GARBLED);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(
        said.contains("No such file or directory") || cfg!(not(unix)),
        "{said}"
    );
    // Of what the text is written to until it is whole nobody needs to know.
    assert!(!said.contains(".unmojibake-"), "{said}");
}

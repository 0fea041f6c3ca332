//! File names, as the formats want them.

use std::borrow::Cow;
use std::path::Path;

use crate::input::source::is_stdin;
use crate::message::STDIN_NAME;

/// The bytes of a name, as they are: programs may want to open that file.
pub(crate) fn bytes(path: &Path) -> &[u8] {
    if is_stdin(path) {
        STDIN_NAME.as_bytes()
    } else {
        path.as_os_str().as_encoded_bytes()
    }
}

/// As text. Bytes that are not UTF-8 become U+FFFD.
pub(crate) fn lossy(path: &Path) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes(path))
}

/// The bytes in hexadecimal, if they are not UTF-8.
pub(crate) fn hex_unless_utf8(bytes: &[u8]) -> Option<String> {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    std::str::from_utf8(bytes).is_err().then(|| hex(bytes))
}

/// A name in the head of a patch, below one of the folders `a/` and `b/`: in quotes as `git` has them, where there is anything odd in it, and with a tab behind it if there are spaces, which
/// would be taken for its end.
pub(crate) fn in_patch(folder: &str, path: &Path) -> Vec<u8> {
    let bytes = bytes(path);
    let path = bytes.strip_prefix(b"/").unwrap_or(bytes);
    let odd = |&byte: &u8| byte.is_ascii_control() || matches!(byte, b'"' | b'\\');
    if !path.iter().any(odd) && std::str::from_utf8(path).is_ok() {
        let tab: &[u8] = if path.contains(&b' ') { b"\t" } else { b"" };
        return [folder.as_bytes(), path, tab].concat();
    }
    let escape = |&byte: &u8| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\{byte:03o}"),
    };
    let quoted: String = path.iter().map(escape).collect();
    format!("\"{folder}{quoted}\"").into_bytes()
}

/// As a reference of the kind that web addresses are: relative, or absolute with `file://` before it.
pub(crate) fn uri(path: &Path) -> String {
    let mut uri = String::new();
    if path.is_absolute() {
        uri.push_str(if cfg!(windows) { "file:///" } else { "file://" });
    }
    for &byte in bytes(path) {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

//! Text as it can be shown to people: quoted, with escapes for what they would not see, or what would play tricks on a terminal.

/// Of longer text, the beginning and the end are shown.
const LONGEST: usize = 72;
const BEGINNING: usize = 48;
const END: usize = 16;

/// `"caf\u{e9}"`, as Rust writes it, but that characters that can be seen stay, and that bytes that are not UTF-8 are `\xE9`.
pub(crate) fn quoted(text: &[u8]) -> String {
    let mut parts = parts(text);
    if parts.len() > LONGEST {
        parts.splice(BEGINNING..parts.len() - END, [" ... ".to_owned()]);
    }
    format!("\"{}\"", parts.concat())
}

/// The same of any length.
pub(crate) fn quoted_whole(text: &[u8]) -> String {
    format!("\"{}\"", parts(text).concat())
}

/// Each character, or byte that is none.
fn parts(text: &[u8]) -> Vec<String> {
    let mut parts = Vec::new();
    for chunk in text.utf8_chunks() {
        parts.extend(chunk.valid().chars().map(|c| match c {
            // It needs no escape within the other quotes.
            '\'' => "'".to_owned(),
            c => c.escape_debug().to_string(),
        }));
        parts.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    parts
}

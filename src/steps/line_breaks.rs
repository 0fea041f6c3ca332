//! All line ends become line feeds.
//!
//! A carriage return and its line feed are always in one segment, which ends with the line feed: so a stream need not look ahead.

use super::rewrite::{Rewrite, Rewritten};

/// CR LF, CR, NEL, and Unicode's separators of lines and paragraphs.
pub(super) fn unify(text: &str) -> Option<Rewritten> {
    let mut rewrite = Rewrite::new(text);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\r' && chars.peek().is_some_and(|next| next.1 == '\n') {
            rewrite.replace(at..at + 1, "");
        } else if is_other_break(c) {
            rewrite.replace(at..at + c.len_utf8(), "\n");
        }
    }
    rewrite.finish()
}

pub(super) const fn is_other_break(c: char) -> bool {
    matches!(c, '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

//! Makes a patch of what is to be repaired: a unified diff, as `patch` and `git apply` take it.
//!
//! An edit never crosses a line end, so each line becomes one, or several if a clean-up breaks it, and nothing has to be searched for: this is why no library for differences is asked. In memory are the lines
//! around what changes, and the hunk that is being written, whose length stands before it.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::Write;
use std::ops::Range;
use std::path::Path;

use anstyle::{AnsiColor, Style};

use super::{News, Stop, Tell, Worker};
use crate::args::Form;
use crate::input::block::Block;
use crate::input::files::Listed;
use crate::report::name;

/// How many lines that stay are shown before and after those that change.
const CONTEXT: usize = 3;

const HEAD: Style = Style::new().bold();
const HUNK: Style = AnsiColor::Cyan.on_default();
const OLD: Style = AnsiColor::Red.on_default();
const NEW: Style = AnsiColor::Green.on_default();

pub(super) fn run(
    worker: &Worker,
    file: &Listed,
    color: bool,
    block: &mut Block,
    tell: &mut Tell<'_>,
) -> Result<(), Stop> {
    let mut patch = Patch::new(&file.path, color);
    if let Some(form) = worker.form {
        return run_formed(worker, file, form, patch, tell);
    }
    let mut text = worker.open(file)?;
    while worker.next(file, &mut text, block)? {
        match block.repair(&worker.repairer) {
            Cow::Borrowed(same) => patch.push(same, same),
            // Lines only ever become more.
            Cow::Owned(new) if count(&new) == count(block.text()) => patch.push(block.text(), &new),
            Cow::Owned(_) => {
                let edits = block.edits(&worker.repairer);
                let splices = edits.map(|edit| (edit.range, edit.after.into_bytes()));
                patch.push_spliced(block.text(), splices);
            }
        }
        patch.tell(tell)?;
    }
    patch.end();
    patch.tell(tell)
}

/// The same for a file of some form.
fn run_formed(
    worker: &Worker,
    file: &Listed,
    form: Form,
    mut patch: Patch<'_>,
    tell: &mut Tell<'_>,
) -> Result<(), Stop> {
    let mut text = worker.open_formed(file, form)?;
    while worker.next_formed(file, &mut text, &mut Vec::new(), tell)? {
        let piece = text.settle();
        match &piece.splices[..] {
            [] => patch.push(&piece.text, &piece.text),
            _ => patch.push_spliced(&piece.text, piece.splices.into_iter()),
        }
        patch.tell(tell)?;
    }
    patch.end();
    patch.tell(tell)
}

struct Patch<'p> {
    path: &'p Path,
    color: bool,
    /// What is ready to be told.
    out: Vec<u8>,
    /// Whether the names of the file are out.
    named: bool,
    /// The number of the next line, from 1.
    line: u64,
    /// How many lines more there are by then.
    more: u64,
    /// The last lines, none of which changes.
    context: VecDeque<Vec<u8>>,
    hunk: Option<Hunk>,
    /// A line of which not all is there, as it was and as it will be.
    begun: (Vec<u8>, Vec<u8>),
}

/// Lines that change, with those around them.
#[derive(Default)]
struct Hunk {
    /// The number of its first line.
    first: u64,
    /// How many lines it has, and how many more it will have.
    lines: u64,
    more: u64,
    text: Vec<u8>,
    /// Lines that change, side by side: what they were, which is in `text` already, and what they become.
    new: Vec<Vec<u8>>,
    /// The lines behind the last that changes.
    behind: Vec<Vec<u8>>,
}

impl<'p> Patch<'p> {
    fn new(path: &'p Path, color: bool) -> Patch<'p> {
        Patch {
            path,
            color,
            out: Vec::new(),
            named: false,
            line: 1,
            more: 0,
            context: VecDeque::new(),
            hunk: None,
            begun: Default::default(),
        }
    }

    /// Takes a piece, as it was and as it becomes.
    fn push(&mut self, old: &[u8], new: &[u8]) {
        let mut pairs = lines(old).zip(lines(new)).peekable();
        // Most pieces stay, and of them only the last lines can come to be shown.
        if old == new && self.hunk.is_none() && self.begun.0.is_empty() {
            let shown = last_lines(old, CONTEXT + 1);
            self.line += memchr::memchr_iter(b'\n', &old[..shown]).count() as u64;
            if shown > 0 {
                self.context.clear();
            }
            pairs = lines(&old[shown..]).zip(lines(&old[shown..])).peekable();
        }
        for (old, new) in pairs {
            self.push_line(old, new);
        }
    }

    /// Tells what is ready.
    fn tell(&mut self, tell: &mut Tell<'_>) -> Result<(), Stop> {
        if !self.out.is_empty() {
            tell(News::Patch(std::mem::take(&mut self.out)))?;
        }
        Ok(())
    }

    /// Takes a piece, and what takes the place of some of its bytes. Lines may become several; no place is in two of them.
    fn push_spliced(
        &mut self,
        text: &[u8],
        splices: impl Iterator<Item = (Range<usize>, Vec<u8>)>,
    ) {
        let mut splices = splices.peekable();
        let mut start = 0;
        for old in lines(text) {
            let end = start + old.len();
            let mut new = Vec::new();
            while let Some((range, by)) = splices.next_if(|(range, _)| range.start < end) {
                new.extend_from_slice(&text[start..range.start]);
                new.extend_from_slice(&by);
                start = range.end;
            }
            new.extend_from_slice(&text[start..end]);
            start = end;
            self.push_line(old, &new);
        }
    }

    fn push_line(&mut self, old: &[u8], new: &[u8]) {
        self.begun.0.extend_from_slice(old);
        self.begun.1.extend_from_slice(new);
        if old.ends_with(b"\n") {
            self.line();
        }
    }

    /// Takes the line that has been begun, now that it is all there.
    fn line(&mut self) {
        let (old, new) = std::mem::take(&mut self.begun);
        if old == new {
            self.stays(old);
        } else {
            self.changes(&old, new);
        }
        self.line += 1;
    }

    fn stays(&mut self, line: Vec<u8>) {
        match &mut self.hunk {
            Some(hunk) => {
                hunk.behind.push(line);
                // Were there fewer, the lines before the next change would be those behind this one.
                if hunk.behind.len() > 2 * CONTEXT {
                    self.end_hunk();
                }
            }
            None => {
                self.context.push_back(line);
                if self.context.len() > CONTEXT {
                    self.context.pop_front();
                }
            }
        }
    }

    fn changes(&mut self, old: &[u8], new: Vec<u8>) {
        let hunk = self.hunk.get_or_insert_with(|| Hunk {
            first: self.line - self.context.len() as u64,
            behind: self.context.drain(..).collect(),
            ..Hunk::default()
        });
        if !hunk.behind.is_empty() {
            hunk.flush(self.color);
            for line in std::mem::take(&mut hunk.behind) {
                hunk.show(b' ', None, &line);
                hunk.lines += 1;
            }
        }
        hunk.show(b'-', self.color.then_some(OLD), old);
        hunk.lines += 1;
        hunk.more += (lines(&new).count() as u64).saturating_sub(1);
        hunk.new.push(new);
    }

    /// Writes the hunk out, with the lines behind it that belong to it. The others may come before the next one.
    fn end_hunk(&mut self) {
        let Some(mut hunk) = self.hunk.take() else {
            return;
        };
        hunk.flush(self.color);
        let rest = hunk.behind.split_off(hunk.behind.len().min(CONTEXT));
        for line in std::mem::take(&mut hunk.behind) {
            hunk.show(b' ', None, &line);
            hunk.lines += 1;
        }
        let more = rest.len().saturating_sub(CONTEXT);
        self.context.extend(rest.into_iter().skip(more));
        if !self.named {
            self.named = true;
            for (mark, folder) in [("---", "a/"), ("+++", "b/")] {
                let name = name::in_patch(folder, self.path);
                show(
                    &mut self.out,
                    self.color.then_some(HEAD),
                    &[mark.as_bytes(), b" ", &name],
                );
            }
        }
        let Hunk {
            first,
            lines,
            more,
            text,
            ..
        } = hunk;
        let (new_first, new_lines) = (first + self.more, lines + more);
        self.more += more;
        let head = format!("@@ -{first},{lines} +{new_first},{new_lines} @@");
        show(
            &mut self.out,
            self.color.then_some(HUNK),
            &[head.as_bytes()],
        );
        self.out.extend_from_slice(&text);
    }

    /// There is no more to come.
    fn end(&mut self) {
        if !self.begun.0.is_empty() {
            self.line();
        }
        self.end_hunk();
    }
}

impl Hunk {
    /// Writes what the lines become that were written last.
    fn flush(&mut self, color: bool) {
        for new in std::mem::take(&mut self.new) {
            for line in lines(&new) {
                self.show(b'+', color.then_some(NEW), line);
            }
        }
    }

    /// Writes a line, and if it has no end, that it has none.
    fn show(&mut self, mark: u8, style: Option<Style>, line: &[u8]) {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        show(&mut self.text, style, &[&[mark], text]);
        if text.len() == line.len() {
            self.text
                .extend_from_slice(b"\\ No newline at end of file\n");
        }
    }
}

fn show(out: &mut Vec<u8>, style: Option<Style>, parts: &[&[u8]]) {
    let style = style.unwrap_or_default();
    let _ = write!(out, "{style}");
    for part in parts {
        out.extend_from_slice(part);
    }
    let _ = writeln!(out, "{style:#}");
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|&byte| byte == b'\n')
}

fn count(text: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', text).count()
}

/// Where the last `count` lines begin.
fn last_lines(text: &[u8], count: usize) -> usize {
    let mut ends = memchr::memrchr_iter(b'\n', text);
    ends.nth(count).map_or(0, |end| end + 1)
}

//! The filter: what is read goes out, repaired.

use std::borrow::Cow;
use std::cell::Cell;
use std::fs;
use std::io::{self, StdoutLock, Write};
use std::path::{Path, PathBuf};

use unmojibake::{Legacy, Repairer};

use crate::args::{Args, Form, STDIN};
use crate::exit::Exit;
use crate::form::Formed;
use crate::garbler::Garbler;
use crate::input::block::Block;
use crate::input::coding::Unheld;
use crate::input::source::Source;
use crate::input::text::Rules;
use crate::input::{Input, Unreadable};
use crate::jobs;
use crate::message::{self, Voice};
use crate::progress::Progress;
use crate::replacement::Replacement;

/// Repairs the files in order. One that cannot be read does not keep the others from being done.
pub(crate) fn run(args: &Args, output: Option<PathBuf>) -> Exit {
    let mut out = match Output::new(output) {
        Ok(out) => out,
        Err((path, error)) => return message::cannot_write(Some(&path), &error),
    };
    let voice = Voice::new(args);
    let paths = args.inputs();
    let progress = match out.is_terminal() {
        // What comes out shows how far it is.
        true => Progress::none(),
        false => Progress::over(paths.iter().map(PathBuf::as_path), voice),
    };
    let repairer = Repairer::new(args.options());
    let exit = if let Some(garbler) = args.layers_to_lay_on().map(Garbler::new) {
        let input = Input::new(paths, Rules::new(args), voice);
        pump(input, &mut out, &progress, |block| {
            match garbler.garble(block.text()) {
                Ok(garbled) => block.encode(garbled),
                Err(ungarbled) => {
                    let error = message::cannot_garble(&ungarbled);
                    let before = block.encode(Cow::Owned(ungarbled.before))?;
                    Err(Unheld {
                        before: before.into_owned(),
                        error,
                    })
                }
            }
        })
    } else if let Some(form) = args.form() {
        let mut exit = Exit::Done;
        for path in &paths {
            voice.looks_at(path);
            let source = Source::open(path, Rules::new(args));
            let text = repair_formed(&repairer, path, source, form, &mut out, &progress);
            exit = exit.max(text.unwrap_or_else(|closed| closed));
            if text.is_err() {
                break;
            }
        }
        exit
    } else {
        let input = Input::new(paths, Rules::new(args), voice);
        match (args.legacy(), args.jobs()) {
            (Some(legacy), _) => read_anew(legacy, input, &mut out, &progress, voice),
            (None, 0 | 1) => pump(input, &mut out, &progress, |block| {
                block.encode(block.repair(&repairer))
            }),
            (None, jobs) => jobs::repair(jobs, repairer, input, &mut out, &progress),
        }
    };
    progress.end();
    out.end(exit)
}

/// Text that never was UTF-8 is read back, and anew. Who named the wrong codecs is told when nothing came of it.
fn read_anew(
    legacy: Legacy,
    input: Input,
    out: &mut Output,
    progress: &Progress,
    voice: Voice,
) -> Exit {
    let (some_to_do, some_done) = (Cell::new(false), Cell::new(false));
    let exit = pump(input, out, progress, |block| {
        let anew = block.rewrite(|bytes| legacy.restore_bytes(bytes));
        some_to_do.set(some_to_do.get() || !block.text().is_ascii());
        some_done.set(some_done.get() || matches!(anew, Cow::Owned(_)));
        block.encode(anew)
    });
    if some_to_do.get() && !some_done.get() {
        progress.aside(|| voice.sums_up(&message::nothing_read_back(legacy)));
    }
    exit
}

/// All in one thread: what is read is put through and written before more is read.
fn pump(
    mut input: Input,
    out: &mut Output,
    progress: &Progress,
    anew: impl Fn(&Block) -> Result<Cow<'_, [u8]>, Unheld>,
) -> Exit {
    let mut block = Block::new();
    let mut exit = Exit::Done;
    while let Some(read) = input.next(&mut block) {
        let mut fails = |failed| {
            exit = exit.max(progress.aside(|| message::cannot_read(&failed)));
        };
        if let Err(failed) = read {
            fails(failed);
            continue;
        }
        let put = match anew(&block) {
            Ok(text) => out.put(&text),
            Err(Unheld { before, error }) => {
                if let Some(origin) = block.origin() {
                    input.give_up(origin);
                    fails(origin.fails(error));
                }
                out.put(&before)
            }
        };
        if let Err(error) = put {
            return exit.max(out.cannot_write(&error));
        }
        progress.advance(block.text().len());
    }
    exit
}

/// A text that is no lines.
///
/// # Errors
///
/// Nobody takes the output any more.
fn repair_formed(
    repairer: &Repairer,
    path: &Path,
    source: io::Result<Source>,
    form: Form,
    out: &mut Output,
    progress: &Progress,
) -> Result<Exit, Exit> {
    let mut exit = Exit::Done;
    let mut fails = |error| {
        let failed = Unreadable {
            path: path.to_owned(),
            error,
        };
        exit = exit.max(progress.aside(|| message::cannot_read(&failed)));
    };
    let mut text = match source {
        Ok(source) => Formed::new(source, form, repairer),
        Err(error) => {
            fails(error);
            return Ok(exit);
        }
    };
    let mut repaired = Vec::new();
    loop {
        repaired.clear();
        let read = text.next(&mut repaired);
        text.flaws().into_iter().for_each(&mut fails);
        if let Err(error) = out.put(&repaired) {
            return Err(exit.max(out.cannot_write(&error)));
        }
        match read {
            Ok(Some(length)) => progress.advance(length),
            Ok(None) => return Ok(exit),
            Err(error) => {
                fails(error);
                return Ok(exit);
            }
        }
    }
}

/// Where it goes.
pub(crate) enum Output {
    Stdout(StdoutLock<'static>),
    /// What is no regular file, such as a named pipe, is written to as it is.
    Device(PathBuf, fs::File),
    File(PathBuf, Replacement),
    /// Writing has failed. What was written of a file is gone.
    Closed,
}

impl Output {
    fn new(path: Option<PathBuf>) -> Result<Output, (PathBuf, io::Error)> {
        let Some(path) = path.filter(|path| path.as_os_str() != STDIN) else {
            return Ok(Output::Stdout(io::stdout().lock()));
        };
        let is_device = path.metadata().is_ok_and(|metadata| !metadata.is_file());
        let opened = if is_device {
            let device = fs::File::options().write(true).open(&path);
            device.map(|device| Output::Device(path.clone(), device))
        } else {
            let file = Replacement::of(&path);
            file.map(|file| Output::File(path.clone(), file))
        };
        opened.map_err(|error| (path, error))
    }

    fn is_terminal(&self) -> bool {
        use std::io::IsTerminal;
        match self {
            Output::Stdout(stdout) => stdout.is_terminal(),
            Output::Device(_, device) => device.is_terminal(),
            Output::File(..) | Output::Closed => false,
        }
    }

    /// Writes and flushes, so that whoever waits for a line gets it; a block of many lines is still one write.
    pub(crate) fn put(&mut self, text: &[u8]) -> io::Result<()> {
        let out: &mut dyn Write = match self {
            Output::Stdout(stdout) => stdout,
            Output::Device(_, device) => device,
            Output::File(_, file) => file,
            Output::Closed => return Ok(()),
        };
        out.write_all(text)?;
        out.flush()
    }

    /// Tells why it could not be written to, and closes it.
    pub(crate) fn cannot_write(&mut self, error: &io::Error) -> Exit {
        let exit = message::cannot_write(self.path(), error);
        *self = Output::Closed;
        exit
    }

    fn path(&self) -> Option<&Path> {
        match self {
            Output::Device(path, _) | Output::File(path, _) => Some(path),
            Output::Stdout(_) | Output::Closed => None,
        }
    }

    /// All has been written that there is.
    fn end(self, exit: Exit) -> Exit {
        match self {
            Output::File(path, _) if exit == Exit::Error => message::keeps(&path),
            Output::File(path, file) => match file.commit() {
                Ok(()) => exit,
                Err(error) => message::cannot_write(Some(&path), &error),
            },
            Output::Stdout(_) | Output::Device(..) | Output::Closed => exit,
        }
    }
}

//! The modes that take files one by one, and folders: they look at each, or repair it, and tell of it.

use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};
use unmojibake::Repairer;

use crate::args::{Args, Color, Task};
use crate::each;
use crate::exit::Exit;
use crate::input::Unreadable;
use crate::input::files::{self, Listed};
use crate::input::source::is_stdin;
use crate::input::text::Rules;
use crate::message::{self, Voice, counted};
use crate::progress::Progress;
use crate::report::{self, Report};
use crate::work::{Gone, News, Work, Worker};

pub(crate) fn run(args: &Args, task: &Task) -> Exit {
    let stdin = args.files().iter().any(|path| is_stdin(path)) || args.files().is_empty();
    if stdin && matches!(task, Task::Repair(_)) {
        return message::nothing_in_place();
    }
    let voice = Voice::new(args);
    let (files, exit) = files::list(args, voice);
    let color = is_colored(args.color());
    let worker = Worker {
        work: work(task, color),
        repairer: Repairer::new(args.options()),
        rules: Rules::new(args),
        form: args.form(),
        progress: Progress::over(files.iter().map(|file| file.path.as_path()), voice),
    };
    let mut survey = Survey {
        report: report::of(task, args.files().is_empty(), color),
        out: BufWriter::new(output(color)),
        voice,
        progress: worker.progress.clone(),
        exit,
        edits: 0,
        edits_before: 0,
        hits: 0,
        hit: false,
        looked_at: 0,
        gone: false,
    };
    let exit = survey.run(args.jobs(), &files, &worker, task);
    worker.progress.end();
    if let Some(summary) = survey.summary(task).filter(|_| !survey.gone) {
        voice.sums_up(&summary);
    }
    exit
}

fn work(task: &Task, color: bool) -> Work {
    match task {
        Task::Check(_) | Task::Count | Task::Explain => Work::Find,
        Task::List => Work::FindFirst,
        Task::Diff => Work::Diff { color },
        Task::Repair(suffix) => Work::Repair {
            suffix: suffix.clone(),
        },
    }
}

fn is_colored(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    }
}

/// Only what is in colour goes through a stream that knows of it: another would take escape sequences out of the text itself.
fn output(color: bool) -> Box<dyn Write> {
    let stdout = io::stdout().lock();
    if color {
        Box::new(AutoStream::new(stdout, ColorChoice::Always))
    } else {
        Box::new(stdout)
    }
}

/// All that has been told so far.
struct Survey {
    report: Option<Box<dyn Report>>,
    out: BufWriter<Box<dyn Write>>,
    voice: Voice,
    progress: Progress,
    exit: Exit,
    edits: u64,
    /// The same when the file was begun.
    edits_before: u64,
    /// Files in which something was found, or that were repaired.
    hits: u64,
    /// Whether the file is one.
    hit: bool,
    looked_at: u64,
    /// Whether nobody reads on. Sums of a part would say something else than they seem to.
    gone: bool,
}

impl Survey {
    fn run(&mut self, jobs: usize, files: &[Listed], worker: &Worker, task: &Task) -> Exit {
        if self.report(|report, out| report.begin(out)).is_err() {
            self.gone = true;
            return self.exit;
        }
        let all = each::file(jobs, files, worker, |file, news| {
            let told = self.hear(file, news);
            self.gone = told.is_err();
            told
        });
        if let Err(error) = all {
            self.exit = message::cannot_start_threads(&error);
        }
        if self.gone {
            self.close();
        } else {
            let _ = self.report(|report, out| report.end(out));
        }
        let looks_for_it = matches!(task, Task::Check(_) | Task::List | Task::Diff | Task::Count);
        if looks_for_it && self.hits > 0 {
            self.exit = self.exit.max(Exit::Found);
        }
        self.exit
    }

    fn hear(&mut self, file: &Listed, news: News) -> Result<(), Gone> {
        let path = &file.path;
        match news {
            News::Found(findings) => {
                self.hit = true;
                self.edits += findings.len() as u64;
                self.report(|report, out| {
                    findings
                        .iter()
                        .try_for_each(|finding| report.found(path, finding, out))
                })
            }
            News::Patch(patch) => {
                self.hit = true;
                self.write(|out| out.write_all(&patch))
            }
            News::Repaired => {
                self.hit = true;
                Ok(())
            }
            News::Flaw(error) => {
                let failed = Unreadable {
                    path: path.clone(),
                    error,
                };
                self.exit = self
                    .exit
                    .max(self.progress.aside(|| message::cannot_read(&failed)));
                Ok(())
            }
            News::PassedOver(why) => {
                self.close();
                self.voice.passes_over(path, why, file.named);
                Ok(())
            }
            News::Unreadable(error) => {
                let failed = Unreadable {
                    path: path.clone(),
                    error,
                };
                self.fails(|| message::cannot_read(&failed))
            }
            News::Unwritable(error) => self.fails(|| message::cannot_replace(path, &error)),
            News::Done => {
                self.voice.looks_at(path);
                self.looked_at += 1;
                let edits = self.close();
                self.report(|report, out| report.file(path, edits, out))
            }
        }
    }

    /// Ends a file, and tells how many edits it had.
    fn close(&mut self) -> u64 {
        self.hits += u64::from(std::mem::take(&mut self.hit));
        let edits = self.edits - self.edits_before;
        self.edits_before = self.edits;
        edits
    }

    fn fails(&mut self, tell: impl FnOnce() -> Exit) -> Result<(), Gone> {
        self.close();
        self.exit = self.exit.max(self.progress.aside(tell));
        Ok(())
    }

    fn report(
        &mut self,
        tell: impl FnOnce(&mut dyn Report, &mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Gone> {
        match self.report.take() {
            Some(mut report) => {
                let told = self.write(|out| tell(&mut *report, out));
                self.report = Some(report);
                told
            }
            None => Ok(()),
        }
    }

    /// Writes what there is to be written of some news. Whoever waits at the end of a pipe gets it at once.
    fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Gone> {
        let out = &mut self.out;
        write(out)
            .and_then(|()| match out.buffer() {
                [] => Ok(()),
                _ => self.progress.aside(|| out.flush()),
            })
            .map_err(|error| {
                self.exit = self.exit.max(message::cannot_write(None, &error));
                Gone
            })
    }

    /// What is said at the end, in the modes that say something.
    fn summary(&self, task: &Task) -> Option<String> {
        let files = |count| counted(count, "file");
        let looked_at = files(self.looked_at);
        match task {
            Task::Check(_) | Task::Count => Some(format!(
                "{} in {}; {looked_at} looked at",
                counted(self.edits, "edit"),
                files(self.hits)
            )),
            Task::Repair(_) => Some(format!(
                "{} repaired; {looked_at} looked at",
                files(self.hits)
            )),
            Task::List | Task::Diff | Task::Explain => None,
        }
    }
}

//! Several threads: one reads, as many as were asked for repair, and the one that was there first writes, in order.
//!
//! For each piece the reader makes a channel for its answer. The piece goes to whoever repairs next, the receiving end to the writer, which
//! waits for the answers in the order of reading. The writer's queue is short, and so bounds how far reading runs ahead: however slow the
//! output and however long one piece takes, there are only so many blocks.

use std::borrow::Cow;
use std::io;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use unmojibake::Repairer;

use crate::exit::Exit;
use crate::filter::Output;
use crate::input::block::Block;
use crate::input::coding::Unheld;
use crate::input::{Input, Origin, Unreadable};
use crate::message;
use crate::progress::Progress;

/// How many pieces a job the writer's queue holds: enough that nobody idles while one piece takes longer than its neighbours.
const AHEAD: usize = 2;

/// A piece to be repaired, and where the answer is waited for.
type Task = (Block, SyncSender<Repaired>);

/// What the writer waits for, in order.
type Due = Result<Receiver<Repaired>, Unreadable>;

/// The text that is to be read no further, since nothing more of it can be written.
type GivenUp = Mutex<Option<Origin>>;

/// A piece that has been looked at.
struct Repaired {
    block: Block,
    /// What is to be written; if it is the block as it stands, `None`.
    text: Result<Option<Vec<u8>>, Unheld>,
}

/// Repairs the input by so many threads, which are not waited for: when nobody takes the output any more, the reader may still be waiting for a slow pipe.
pub(crate) fn repair(
    jobs: usize,
    repairer: Repairer,
    input: Input,
    out: &mut Output,
    progress: &Progress,
) -> Exit {
    let (to_writer, due) = mpsc::sync_channel(AHEAD * jobs);
    let (to_reader, used) = mpsc::channel();
    let given_up = Arc::new(Mutex::new(None));
    let give_up = Arc::clone(&given_up);
    let started = Workers::start(jobs, repairer)
        .and_then(|workers| spawn(move || read(input, workers, &to_writer, &used, &given_up)));
    match started {
        Ok(()) => write(&due, &to_reader, &give_up, out, progress),
        Err(error) => message::cannot_start_threads(&error),
    }
}

fn read(
    mut input: Input,
    mut workers: Workers,
    to_writer: &SyncSender<Due>,
    used: &Receiver<Block>,
    given_up: &GivenUp,
) {
    loop {
        if let Some(origin) = lock(given_up).take() {
            input.give_up(&origin);
        }
        let mut block = used.try_recv().unwrap_or_else(|_| Block::new());
        let due = match input.next(&mut block) {
            Some(Ok(())) => Ok(workers.repair(block)),
            Some(Err(failed)) => Err(failed),
            None => return,
        };
        if to_writer.send(due).is_err() {
            return;
        }
    }
}

fn write(
    due: &Receiver<Due>,
    to_reader: &Sender<Block>,
    give_up: &GivenUp,
    out: &mut Output,
    progress: &Progress,
) -> Exit {
    let mut exit = Exit::Done;
    let mut given_up = None;
    for due in due {
        let mut fails = |failed| {
            exit = exit.max(progress.aside(|| message::cannot_read(&failed)));
        };
        match due {
            Ok(answer) => {
                // There is none if the thread that was at it is dead. It has said why.
                let Ok(Repaired { block, text }) = answer.recv() else {
                    return Exit::Error;
                };
                let put = match text {
                    // Pieces that were read before it was given up.
                    _ if given_up.is_some() && given_up.as_ref() == block.origin() => Ok(()),
                    Ok(text) => out.put(text.as_deref().unwrap_or(block.text())),
                    Err(Unheld { before, error }) => {
                        given_up = block.origin().cloned();
                        lock(give_up).clone_from(&given_up);
                        if let Some(origin) = &given_up {
                            fails(origin.fails(error));
                        }
                        out.put(&before)
                    }
                };
                if let Err(error) = put {
                    return exit.max(out.cannot_write(&error));
                }
                progress.advance(block.text().len());
                // The reader has gone when all is read.
                let _ = to_reader.send(block);
            }
            Err(failed) => fails(failed),
        }
    }
    exit
}

/// The threads that repair. After the first they are started as there is something to do for them, so a short input starts few.
struct Workers {
    /// How many more may be started.
    more: usize,
    repairer: Repairer,
    to_workers: Sender<Task>,
    tasks: Arc<Mutex<Receiver<Task>>>,
}

impl Workers {
    /// One, and up to `jobs` as they are needed.
    fn start(jobs: usize, repairer: Repairer) -> io::Result<Workers> {
        let (to_workers, tasks) = mpsc::channel();
        let mut workers = Workers {
            more: jobs,
            repairer,
            to_workers,
            tasks: Arc::new(Mutex::new(tasks)),
        };
        workers.start_one()?;
        Ok(workers)
    }

    fn start_one(&mut self) -> io::Result<()> {
        let (repairer, tasks) = (self.repairer.clone(), Arc::clone(&self.tasks));
        self.more -= 1;
        spawn(move || work(&repairer, &tasks))
    }

    /// Has a piece repaired, and tells where the answer will come.
    fn repair(&mut self, block: Block) -> Receiver<Repaired> {
        let (answer, due) = mpsc::sync_channel(1);
        // Cannot fail while `self.tasks` is there.
        let _ = self.to_workers.send((block, answer));
        // If the system has no more threads to give, those that there are do it all.
        if self.more > 0 && self.start_one().is_err() {
            self.more = 0;
        }
        due
    }
}

fn work(repairer: &Repairer, tasks: &Mutex<Receiver<Task>>) {
    while let Some((block, answer)) = next(tasks) {
        let text = block.encode(block.repair(repairer));
        let text = text.map(|text| match text {
            Cow::Borrowed(_) => None,
            Cow::Owned(text) => Some(text),
        });
        // Nobody waits for it when the output is closed.
        let _ = answer.send(Repaired { block, text });
    }
}

fn next(tasks: &Mutex<Receiver<Task>>) -> Option<Task> {
    lock(tasks).recv().ok()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn spawn(run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().spawn(run).map(drop)
}

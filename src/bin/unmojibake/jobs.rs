//! Several threads: one reads, as many as were asked for repair, and the one that was there first writes, in order.
//!
//! For each piece the reader makes a channel for its answer. The piece goes to whoever repairs next, the receiving end to the writer, which
//! waits for the answers in the order of reading. The writer's queue is short, and so bounds how far reading runs ahead: however slow the
//! output and however long one piece takes, there are only so many blocks.

use std::borrow::Cow;
use std::io;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use unmojibake::Repairer;

use crate::exit::Exit;
use crate::filter::Output;
use crate::input::block::Block;
use crate::input::{Input, Unreadable};
use crate::message;
use crate::progress::Progress;

/// How many pieces a job the writer's queue holds: enough that nobody idles while one piece takes longer than its neighbours.
const AHEAD: usize = 2;

/// A piece to be repaired, and where the answer is waited for.
type Task = (Block, SyncSender<Repaired>);

/// What the writer waits for, in order.
type Due = Result<Receiver<Repaired>, Unreadable>;

/// A piece that has been looked at.
struct Repaired {
    block: Block,
    /// What is to be written; if it is the block as it stands, `None`.
    text: io::Result<Option<Vec<u8>>>,
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
    let started = Workers::start(jobs, repairer)
        .and_then(|workers| spawn(move || read(input, workers, &to_writer, &used)));
    match started {
        Ok(()) => write(&due, &to_reader, out, progress),
        Err(error) => message::cannot_start_threads(&error),
    }
}

fn read(
    mut input: Input,
    mut workers: Workers,
    to_writer: &SyncSender<Due>,
    used: &Receiver<Block>,
) {
    loop {
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
    out: &mut Output,
    progress: &Progress,
) -> Exit {
    let mut exit = Exit::Done;
    for due in due {
        match due {
            Ok(answer) => {
                // There is none if the thread that was at it is dead. It has said why.
                let Ok(Repaired { block, text }) = answer.recv() else {
                    return Exit::Error;
                };
                let put = text.and_then(|text| out.put(text.as_deref().unwrap_or(block.text())));
                if let Err(error) = put {
                    return exit.max(out.cannot_write(&error));
                }
                progress.advance(block.text().len());
                // The reader has gone when all is read.
                let _ = to_reader.send(block);
            }
            Err(failed) => exit = exit.max(progress.aside(|| message::cannot_read(&failed))),
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
        let text = block.coding().encode(block.repair(repairer));
        let text = text.map(|text| match text {
            Cow::Borrowed(_) => None,
            Cow::Owned(text) => Some(text),
        });
        // Nobody waits for it when the output is closed.
        let _ = answer.send(Repaired { block, text });
    }
}

fn next(tasks: &Mutex<Receiver<Task>>) -> Option<Task> {
    tasks
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .recv()
        .ok()
}

fn spawn(run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().spawn(run).map(drop)
}

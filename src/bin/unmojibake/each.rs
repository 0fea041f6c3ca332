//! Each file by itself, by several threads, and told of in order.
//!
//! Whoever takes the next file makes a channel for what there is to tell of it, and hands the receiving end over at the same time. So those ends come in the order of the files, and are
//! emptied in that order. All queues are short: a thread that is far ahead waits, and however much there is to tell, little of it is in memory.

use std::io;
use std::slice::Iter;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::input::block::Block;
use crate::input::files::Listed;
use crate::work::{Gone, News, Worker};

/// How many files a thread may be ahead of what is told.
const AHEAD: usize = 64;

/// How many news of a file may wait. Each may have all that is found in a block.
const WAITING: usize = 2;

/// A file, and where the news of it come.
type Due<'f> = (&'f Listed, Receiver<News>);

/// The files that nobody has taken yet, and to whom the news will go; `None` when there are no more.
type Queue<'f> = Mutex<(Iter<'f, Listed>, Option<SyncSender<Due<'f>>>)>;

/// Has `worker` look at the files, and tells of each in order, until nobody wants to know more.
///
/// # Errors
///
/// No thread could be started.
pub(crate) fn file(
    jobs: usize,
    files: &[Listed],
    worker: &Worker,
    mut tell: impl FnMut(&Listed, News) -> Result<(), Gone>,
) -> io::Result<()> {
    let jobs = jobs.min(files.len());
    if jobs <= 1 {
        let mut block = Block::new();
        let _ = files
            .iter()
            .try_for_each(|file| worker.run(file, &mut block, &mut |news| tell(file, news)));
        return Ok(());
    }
    let (send, due) = mpsc::sync_channel(AHEAD * jobs);
    let queue = Mutex::new((files.iter(), Some(send)));
    thread::scope(|scope| {
        for started in 0..jobs {
            let thread = thread::Builder::new().spawn_scoped(scope, || work(&queue, worker));
            match thread {
                // If the system has no more threads to give, those that there are do it all.
                Err(error) if started == 0 => return Err(error),
                Err(_) => break,
                Ok(_) => {}
            }
        }
        // When this ends early, the ends of all channels are dropped, which the threads take as a sign to stop.
        let _ = due
            .into_iter()
            .try_for_each(|(file, news)| news.into_iter().try_for_each(|news| tell(file, news)));
        Ok(())
    })
}

fn work(queue: &Queue<'_>, worker: &Worker) {
    let mut block = Block::new();
    while let Some((file, news)) = next(queue) {
        let mut tell = |one| news.send(one).map_err(|_| Gone);
        if worker.run(file, &mut block, &mut tell).is_err() {
            return;
        }
    }
}

fn next<'f>(queue: &Queue<'f>) -> Option<(&'f Listed, SyncSender<News>)> {
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let (files, due) = &mut *queue;
    let Some(file) = files.next() else {
        *due = None;
        return None;
    };
    let (send, news) = mpsc::sync_channel(WAITING);
    due.as_ref()?.send((file, news)).ok()?;
    Some((file, send))
}

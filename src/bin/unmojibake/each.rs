//! Each file by itself, by several threads, and told of in order.
//!
//! Whoever takes the next files makes a channel for what there is to tell of them, and hands the receiving end over at the same time. So those ends come in the order of the files, and are
//! emptied in that order. All queues are short: a thread that is far ahead waits, and however much there is to tell, little of it is in memory.
//!
//! Of most files there is nothing to tell but that they are done. To wake the one who tells for each of them would take as long as to look at a small file, so several are taken at a time, and such news
//! wait for each other.

use std::io;
use std::mem;
use std::slice::Chunks;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::input::block::Block;
use crate::input::files::Listed;
use crate::work::{Gone, News, Worker};

/// How many files are taken at a time, and how often each thread comes for some at least, so that none has much to do when the others are done.
const MOST_FILES: usize = 32;
const LEAST_TURNS: usize = 8;

/// How many times a thread may have taken files that have not been told of.
const AHEAD: usize = 8;

/// How many packets of news may wait. Each may have all that is found in a block.
const WAITING: usize = 2;

/// News, each with the number of its file among those that were taken together.
type Packet = Vec<(usize, News)>;

/// Files, and where the news of them come.
type Due<'f> = (&'f [Listed], Receiver<Packet>);

/// The files that nobody has taken yet, and to whom the news will go; `None` when there are no more.
type Queue<'f> = Mutex<(Chunks<'f, Listed>, Option<SyncSender<Due<'f>>>)>;

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
    let at_a_time = (files.len() / (jobs * LEAST_TURNS)).clamp(1, MOST_FILES);
    let queue = Mutex::new((files.chunks(at_a_time), Some(send)));
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
        let mut all = due.into_iter().flat_map(|(files, packets)| {
            let news = packets.into_iter().flatten();
            news.filter_map(|(at, news)| Some((files.get(at)?, news)))
        });
        let _ = all.try_for_each(|(file, news)| tell(file, news));
        Ok(())
    })
}

fn work(queue: &Queue<'_>, worker: &Worker) {
    let mut block = Block::new();
    while let Some((files, send)) = next(queue) {
        let mut packet = Packet::new();
        for (at, file) in files.iter().enumerate() {
            let mut tell = |news: News| {
                let may_wait = news.may_wait();
                packet.push((at, news));
                match may_wait {
                    true => Ok(()),
                    false => send.send(mem::take(&mut packet)).map_err(|_| Gone),
                }
            };
            if worker.run(file, &mut block, &mut tell).is_err() {
                return;
            }
        }
        if !packet.is_empty() && send.send(packet).is_err() {
            return;
        }
    }
}

fn next<'f>(queue: &Queue<'f>) -> Option<(&'f [Listed], SyncSender<Packet>)> {
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let (files, due) = &mut *queue;
    let Some(files) = files.next() else {
        *due = None;
        return None;
    };
    let (send, packets) = mpsc::sync_channel(WAITING);
    due.as_ref()?.send((files, packets)).ok()?;
    Some((files, send))
}

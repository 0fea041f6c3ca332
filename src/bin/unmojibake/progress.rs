//! The progress bar on standard error.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::input::source::is_stdin;
use crate::message::Voice;

/// What is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

const TEMPLATE: &str = "{bar:40} {bytes} of {total_bytes}, {eta} left";

/// How far the work is, in bytes. Shared by all threads.
#[derive(Clone)]
pub(crate) struct Progress(Option<Arc<Bar>>);

struct Bar {
    bar: ProgressBar,
    started: Instant,
    shown: AtomicBool,
}

impl Progress {
    pub(crate) fn none() -> Progress {
        Progress(None)
    }

    /// There is a bar only where somebody sees it, and where it can be told how much there is to do: on files, not on pipes.
    pub(crate) fn over<'p>(paths: impl Iterator<Item = &'p Path>, voice: Voice) -> Progress {
        if voice != Voice::Normal || !io::stderr().is_terminal() {
            return Progress::none();
        }
        let size = |path: &Path| {
            let metadata = path.metadata().ok().filter(|_| !is_stdin(path))?;
            metadata.is_file().then_some(metadata.len())
        };
        Progress(paths.map(size).sum::<Option<u64>>().map(|total| {
            let style = ProgressStyle::with_template(TEMPLATE);
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
            Arc::new(Bar {
                bar: bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())),
                started: Instant::now(),
                shown: AtomicBool::new(false),
            })
        }))
    }

    /// So many bytes more are done.
    pub(crate) fn advance(&self, bytes: usize) {
        let Some(Bar {
            bar,
            started,
            shown,
        }) = self.0.as_deref()
        else {
            return;
        };
        if started.elapsed() >= PATIENCE && !shown.swap(true, Ordering::Relaxed) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.inc(bytes as u64);
    }

    /// Runs what writes to the terminal, with the bar out of its way.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match self.0.as_deref() {
            Some(Bar { bar, .. }) => bar.suspend(write),
            None => write(),
        }
    }

    pub(crate) fn end(&self) {
        if let Some(Bar { bar, .. }) = self.0.as_deref() {
            bar.finish_and_clear();
        }
    }
}

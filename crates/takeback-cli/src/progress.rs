//! A progress bar for work that may take long.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::table::clean;

/// A bar on stderr, when that is a terminal and the run is not over at once.
pub(crate) struct Progress {
    all: usize,
    done: usize,
    since: Instant,
    drawn: bool,
}

impl Progress {
    /// What is over sooner needs no bar.
    const PATIENCE: Duration = Duration::from_millis(700);
    const WIDTH: usize = 24;

    pub(crate) fn new(all: usize) -> Self {
        Self { all, done: 0, since: Instant::now(), drawn: false }
    }

    /// Draws the bar before the next piece of work.
    pub(crate) fn show(&mut self, name: &str) -> io::Result<()> {
        let mut stderr = anstream::stderr().lock();
        if io::stderr().is_terminal() && self.since.elapsed() > Self::PATIENCE {
            let filled = Self::WIDTH * self.done / self.all.max(1);
            let bar = format!("{}{}", "━".repeat(filled), " ".repeat(Self::WIDTH - filled));
            let name: String = clean(name).chars().take(40).collect();
            write!(stderr, "\r\x1b[2K{bar}  {} of {}  {name}", self.done, self.all)?;
            stderr.flush()?;
            self.drawn = true;
        }
        self.done += 1;
        Ok(())
    }

    pub(crate) fn clear(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.drawn) {
            let mut stderr = io::stderr().lock();
            write!(stderr, "\r\x1b[2K")?;
            stderr.flush()?;
        }
        Ok(())
    }
}

//! How far an audit is: a bar with rate and remaining time on a terminal, a line for each stage elsewhere; and whether it goes on.

use std::io;
use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use takeback_audit::{Go, Stage};

use crate::exit::Failure;
use crate::output::{self, ErrorFormat};

/// The progress of an audit.
pub(super) struct Going {
    stopped: Arc<AtomicBool>,
    /// None: stderr is no terminal.
    bar: Option<Mutex<ProgressBar>>,
    format: ErrorFormat,
}

impl Going {
    /// The first Ctrl-C ends the audit in order, the second at once.
    pub(super) fn new(format: ErrorFormat) -> Result<Self, Failure> {
        let stopped = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            flag::register_conditional_shutdown(signal, 130, Arc::clone(&stopped))?;
            flag::register(signal, Arc::clone(&stopped))?;
        }
        let bar = io::stderr().is_terminal().then(|| Mutex::new(ProgressBar::hidden()));
        Ok(Self { stopped, bar, format })
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.lock().unwrap_or_else(PoisonError::into_inner).finish_and_clear();
        }
    }
}

impl Go for Going {
    fn stage(&self, stage: Stage, of: Option<u64>) {
        let (what, counted) = match stage {
            Stage::Hashing => ("hashing inputs", "{bytes} of {total_bytes}, {bytes_per_sec}, {eta} left"),
            Stage::Reading => ("reading", "{human_pos} rows, {per_sec}"),
            Stage::Joining => ("joining returns with sales", "part {pos} of {len}, {eta} left"),
            Stage::Judging => ("holding returns against the policy", "part {pos} of {len}, {msg}, {eta} left"),
            Stage::Writing => ("writing results", ""),
        };
        let Some(bar) = &self.bar else {
            // Whoever closed stderr wants to hear nothing.
            let _ = output::note(what, self.format);
            return;
        };
        self.end();
        let shape = if of.is_some() { "{bar:24.cyan}" } else { "{spinner}" };
        let template = format!("{shape}  {what}  {counted}");
        let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let new = of.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        new.set_style(style.progress_chars("━╸ "));
        new.enable_steady_tick(Duration::from_millis(200));
        *bar.lock().unwrap_or_else(PoisonError::into_inner) = new;
    }

    fn at(&self, done: u64, returns: u64) -> bool {
        if let Some(bar) = &self.bar {
            let bar = bar.lock().unwrap_or_else(PoisonError::into_inner);
            bar.set_position(done);
            if returns > 0 {
                let seconds = u64::try_from(bar.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
                bar.set_message(format!("{} returns a second", super::grouped(returns.saturating_mul(1000) / seconds)));
            }
        }
        !self.stopped.load(Ordering::Relaxed)
    }
}

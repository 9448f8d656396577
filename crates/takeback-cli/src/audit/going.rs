//! How far an audit is: a bar with rate and remaining time on a terminal, elsewhere a line for each stage and one every half a minute; and
//! whether it goes on.

use std::io;
use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use takeback_audit::{Go, Stage};

use crate::exit::Failure;
use crate::output::{self, ErrorFormat};

/// The progress of an audit.
pub(super) struct Going {
    stopped: Arc<AtomicBool>,
    shown: Mutex<Shown>,
    judging: AtomicBool,
    format: ErrorFormat,
}

enum Shown {
    Bar(ProgressBar, Instant),
    /// Stderr is no terminal.
    Lines(Lines),
}

/// What was said of the stage that goes on.
struct Lines {
    what: &'static str,
    of: Option<u64>,
    began: Instant,
    said: Instant,
    /// The steps of an earlier run, which say nothing of how fast this one is.
    from: u64,
}

/// Between two lines of a stage.
const PATIENCE: Duration = Duration::from_secs(30);

impl Going {
    /// The first Ctrl-C ends the audit in order, the second at once.
    pub(super) fn new(format: ErrorFormat) -> Result<Self, Failure> {
        let stopped = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            flag::register_conditional_shutdown(signal, 130, Arc::clone(&stopped))?;
            flag::register(signal, Arc::clone(&stopped))?;
        }
        let now = Instant::now();
        let shown = match io::stderr().is_terminal() {
            true => Shown::Bar(ProgressBar::hidden(), now),
            false => Shown::Lines(Lines::new("", None)),
        };
        Ok(Self { stopped, shown: Mutex::new(shown), judging: AtomicBool::new(false), format })
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Shown::Bar(bar, _) = &*self.shown.lock().unwrap_or_else(PoisonError::into_inner) {
            bar.finish_and_clear();
        }
    }
}

impl Go for Going {
    fn stage(&self, stage: Stage, of: Option<u64>) {
        self.judging.store(stage == Stage::Judging, Ordering::Relaxed);
        let (what, counted) = match stage {
            Stage::Hashing => ("hashing inputs", "{bytes} of {total_bytes}, {bytes_per_sec}, {eta} left"),
            Stage::Reading => ("reading", "{bytes} of {total_bytes}, {msg}{eta} left"),
            Stage::Joining => ("joining returns with sales", "{percent} %, {eta} left"),
            Stage::Judging => {
                ("holding returns against the policy", "{human_pos} of {human_len} returns, {msg}{eta} left")
            }
            Stage::Writing => ("writing results", ""),
        };
        self.end();
        match &mut *self.shown.lock().unwrap_or_else(PoisonError::into_inner) {
            Shown::Lines(lines) => {
                *lines = Lines::new(what, of);
                // Whoever closed stderr wants to hear nothing.
                let _ = output::note(what, self.format);
            }
            Shown::Bar(bar, began) => {
                let shape = if of.is_some() { "{bar:24.cyan}" } else { "{spinner}" };
                let template = format!("{shape}  {what}  {counted}");
                let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar());
                *bar = of.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
                *began = Instant::now();
                bar.set_style(style.progress_chars("━╸ "));
                bar.enable_steady_tick(Duration::from_millis(200));
            }
        }
    }

    fn at(&self, done: u64, rows: u64) -> bool {
        let earlier = rows == 0 && self.judging.load(Ordering::Relaxed);
        match &mut *self.shown.lock().unwrap_or_else(PoisonError::into_inner) {
            Shown::Bar(bar, began) => {
                bar.set_position(done.min(bar.length().unwrap_or(done)));
                if earlier {
                    bar.reset_eta();
                }
                if let Some(rate) = rate(rows, began.elapsed()) {
                    bar.set_message(format!("{rate}, "));
                }
            }
            Shown::Lines(lines) => {
                if earlier {
                    lines.from = done;
                }
                if let Some(line) = lines.line(done, rows, Instant::now()) {
                    let _ = output::note(&line, self.format);
                }
            }
        }
        !self.stopped.load(Ordering::Relaxed)
    }
}

impl Lines {
    fn new(what: &'static str, of: Option<u64>) -> Self {
        let now = Instant::now();
        Self { what, of, began: now, said: now, from: 0 }
    }

    /// What is said now; none: the last line is not long ago.
    fn line(&mut self, done: u64, rows: u64, now: Instant) -> Option<String> {
        if now.duration_since(self.said) < PATIENCE {
            return None;
        }
        self.said = now;
        let mut line = self.what.to_owned();
        let all = self.of.filter(|all| *all > 0)?;
        line.push_str(&format!(": {} %", done.min(all).saturating_mul(100) / all));
        let since = now.duration_since(self.began);
        if let Some(rate) = rate(rows, since) {
            line.push_str(&format!(", {rate}"));
        }
        let (mine, left) = (done.saturating_sub(self.from), all.saturating_sub(done));
        if mine > 0 {
            let millis = u64::try_from(since.as_millis()).unwrap_or(u64::MAX);
            let left = u128::from(millis) * u128::from(left) / u128::from(mine);
            let left = Duration::from_millis(u64::try_from(left).unwrap_or(u64::MAX));
            line.push_str(&format!(", {} left", HumanDuration(left)));
        }
        Some(line)
    }
}

/// How many rows a second; none: rows are not what is counted.
fn rate(rows: u64, since: Duration) -> Option<String> {
    let millis = u64::try_from(since.as_millis()).unwrap_or(u64::MAX).max(1);
    (rows > 0).then(|| format!("{} a second", super::grouped(rows.saturating_mul(1000) / millis)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_how_far_it_is_and_what_is_left() {
        let mut lines = Lines::new("reading", Some(1_000));
        let began = lines.began;
        assert_eq!(lines.line(10, 5, began + Duration::from_secs(29)), None);
        let line = lines.line(400, 80_000, began + Duration::from_secs(40)).unwrap();
        assert_eq!(line, "reading: 40 %, 2,000 a second, 60 seconds left");
        assert_eq!(lines.line(500, 90_000, began + Duration::from_secs(50)), None);
        let line = lines.line(1_000, 160_000, began + Duration::from_secs(80)).unwrap();
        assert_eq!(line, "reading: 100 %, 2,000 a second, 0 seconds left");
    }

    #[test]
    fn what_an_earlier_run_did_is_not_counted_as_fast() {
        let mut lines = Lines::new("judging", Some(1_000));
        let began = lines.began;
        lines.from = 500;
        let line = lines.line(600, 100, began + Duration::from_secs(100)).unwrap();
        assert_eq!(line, "judging: 60 %, 1 a second, 7 minutes left");
    }
}

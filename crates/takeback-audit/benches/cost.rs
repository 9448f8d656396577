//! What a command costs: time on the clock and of processors, and memory.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

/// What the system counts time of processors in.
const TICKS: f64 = 100.0;

#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// Seconds of all processors.
    pub(crate) processors: f64,
    /// Most memory at one time, in KiB.
    pub(crate) memory: u64,
}

/// Runs a command to its end, and looks at its memory meanwhile.
pub(crate) fn run(command: &mut Command) -> Cost {
    let (before, start) = (of_children(), Instant::now());
    let mut child = command.spawn().expect("a command that starts");
    let status = format!("/proc/{}/status", child.id());
    let mut memory = 0;
    let done = loop {
        memory = memory.max(most_memory(&status).unwrap_or_default());
        match child.try_wait().expect("a child of ours") {
            Some(done) => break done,
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let wall = start.elapsed();
    // 1: there are findings.
    assert!(matches!(done.code(), Some(0 | 1)), "{command:?}");
    Cost { wall, processors: of_children() - before, memory }
}

/// `VmHWM:   70000 kB`.
fn most_memory(status: &str) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.parse().ok()
}

/// Seconds of processors that children took which have ended: the 16th and 17th field of `/proc/self/stat`, counted from 1.
fn of_children() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace().skip(13).take(2);
    fields.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / TICKS
}

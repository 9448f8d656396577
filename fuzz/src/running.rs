//! What is being fed. When the stack is full, a process ends before libFuzzer can save the input: it stays here.

use std::env;
use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::sync::OnceLock;

/// Writes an input down before it is fed, into the file that `TAKEBACK_FUZZ_RUNNING` names, if it does.
pub fn running(input: &[u8]) {
    static FILE: OnceLock<Option<File>> = OnceLock::new();
    let file = FILE.get_or_init(|| {
        let path = env::var_os("TAKEBACK_FUZZ_RUNNING")?;
        Some(File::create(path).expect("the file for what is fed"))
    });
    if let Some(file) = file {
        file.write_all_at(input, 0).expect("what is fed is written");
        file.set_len(input.len() as u64).expect("what is fed is written");
    }
}

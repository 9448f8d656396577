//! The command line as it is used. A file in `transcripts` is a transcript: lines that begin with `$ takeback` are run in `files`,
//! what they write stands below, stderr behind `! `, and then the exit code when it is not 0. `UPDATE=1 cargo test` writes the
//! files anew; lines that begin with `-- ` are comments and stay.

use std::fmt::Write as _;
use std::fs;
use std::process::Stdio;

use super::cli::{folder, takeback};

#[test]
fn transcripts() {
    let mut files: Vec<_> = fs::read_dir(folder("transcripts")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = String::new();
    for file in files {
        let expected = fs::read_to_string(&file).unwrap();
        let actual = play(&expected);
        if actual == expected {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, actual).unwrap();
        } else {
            let _ = writeln!(wrong, "== {}\n{}", file.display(), difference(&expected, &actual));
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 writes what is so now\n{wrong}");
}

/// The transcript with what its commands write now. Comments stay.
fn play(transcript: &str) -> String {
    let mut played = String::new();
    for line in transcript.lines() {
        if line.starts_with("-- ") {
            played.push_str(line);
            played.push('\n');
        }
        let Some(command) = line.strip_prefix("$ takeback") else { continue };
        let _ = writeln!(played, "{line}\n{}", answer(command));
    }
    played
}

fn answer(command: &str) -> String {
    let mut words = words(command);
    let input = words.iter().position(|word| word == "<").map(|at| words.split_off(at));
    let input = match input.as_deref() {
        Some([_, file]) => Stdio::from(fs::File::open(folder("files").join(file)).unwrap()),
        _ => Stdio::null(),
    };
    let (settings, words): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| word.starts_with("TAKEBACK_"));
    let settings = settings.iter().filter_map(|setting| setting.split_once('='));
    let output = takeback().envs(settings).args(words).stdin(input).output().unwrap();
    let mut text = String::from_utf8(output.stdout).unwrap();
    for line in String::from_utf8(output.stderr).unwrap().lines() {
        text.push_str(format!("! {line}").trim_end());
        text.push('\n');
    }
    match output.status.code() {
        Some(0) => {}
        code => writeln!(text, "exit {}", code.unwrap()).unwrap(),
    }
    text
}

/// The words of a command; double quotes hold one together.
pub(crate) fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in command.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().unwrap().push(other),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The first lines that differ.
fn difference(expected: &str, actual: &str) -> String {
    let mut lines = expected.lines().zip(actual.lines());
    let at =
        lines.position(|(left, right)| left != right).unwrap_or(expected.lines().count().min(actual.lines().count()));
    let some = |text: &str| text.lines().skip(at).take(8).collect::<Vec<_>>().join("\n");
    format!("line {}, expected:\n{}\nactual:\n{}", at + 1, some(expected), some(actual))
}

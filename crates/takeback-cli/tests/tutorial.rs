//! The tutorial, done as it is told, and the README. The document is read from the top; the word after the three backticks says what a block is:
//!
//! - `console`: commands and what they write, to stdout and to stderr. A line `…` stands for any lines. What is typed stands behind
//!   `] > `, and after a `…` nothing more is typed.
//! - `takeback FILE`, `json FILE`: a file, as the reader writes it; `takeback FILE add`: lines for its end; `takeback FILE part`: lines that
//!   are in it.
//! - `diff FILE`: lines that go (`-`), come (`+`) or stay, found at one place.
//! - `sh`, `text`: not done here. No other block may stand in it.
//!
//! `UPDATE=1 cargo test` writes the outputs anew where no `…` stands in them.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::cli::{scratch, takeback};
use super::transcript::words;

#[test]
fn the_tutorial_can_be_followed() {
    let here = scratch("tutorial");
    copy(&root().join("policies/law/us"), &here.join("law/us"));
    follow("docs/tutorial.md", &here);
}

#[test]
fn the_readme_shows_what_is_answered() {
    // Beside copies: an audit writes a folder.
    let here = scratch("readme");
    for folder in ["policies", "examples/audit"] {
        copy(&root().join(folder), &here.join(folder));
    }
    follow("README.md", &here);
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Does what a document says, in a folder.
fn follow(name: &str, here: &Path) {
    let document = root().join(name);
    let text = fs::read_to_string(&document).unwrap();
    let mut done = String::new();
    let mut wrong = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        done += &format!("{line}\n");
        let Some(kind) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let block = block.join("\n") + "\n";
        let written = step(here, kind, &block).unwrap_or_else(|why| {
            wrong.push(format!("{name}:{}: {why}", at + 1));
            block
        });
        done += &written;
        done += "```\n";
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&document, &done).unwrap();
    } else if done != text {
        wrong.push("UPDATE=1 writes what is so now".to_owned());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Does what a block says, and gives the block with what is so now.
fn step(here: &Path, kind: &str, block: &str) -> Result<String, String> {
    let words: Vec<&str> = kind.split(' ').collect();
    let file = |name: &&str| here.join(name);
    match words.as_slice() {
        ["console"] => return console(here, block),
        // The JavaScript is run by the tests of the package.
        ["sh" | "text" | "js"] => {}
        ["takeback" | "json", name] => {
            fs::create_dir_all(file(name).parent().unwrap()).unwrap();
            fs::write(file(name), block).unwrap();
        }
        ["takeback", name, "add"] => {
            let text = fs::read_to_string(file(name)).map_err(|why| why.to_string())?;
            fs::write(file(name), format!("{text}\n{block}")).unwrap();
        }
        ["takeback", name, "part"] => {
            let text = fs::read_to_string(file(name)).map_err(|why| why.to_string())?;
            fits(&format!("…\n{block}…\n"), &text)?;
        }
        ["diff", name] => {
            let text = fs::read_to_string(file(name)).map_err(|why| why.to_string())?;
            let side = |not: char| -> String {
                let kept = block.lines().filter(|line| !line.starts_with(not));
                kept.map(|line| line.get(1..).unwrap_or_default().to_owned() + "\n").collect()
            };
            let (old, new) = (side('+'), side('-'));
            match text.matches(&old).count() {
                1 => fs::write(file(name), text.replace(&old, &new)).unwrap(),
                count => return Err(format!("these lines are there {count} times:\n{old}")),
            }
        }
        _ => return Err(format!("a block `{kind}` is not known here")),
    }
    Ok(block.to_owned())
}

/// Runs the commands of a block.
fn console(here: &Path, block: &str) -> Result<String, String> {
    let mut written = String::new();
    for run in block.split_inclusive('\n').collect::<Vec<_>>().chunk_by(|_, next| !next.starts_with("$ ")) {
        let (command, expected) = run.split_first().ok_or("no command")?;
        let arguments = command.strip_prefix("$ takeback ").ok_or_else(|| format!("not a command: {command}"))?;
        let (expected, found) = (expected.concat(), output(here, &words(arguments.trim_end()), &expected.concat()));
        written += command;
        written += if elided(&expected) { &expected } else { &found };
        if std::env::var_os("UPDATE").is_none() || elided(&expected) {
            fits(&expected, &found).map_err(|why| format!("{command}{why}"))?;
        }
    }
    Ok(written)
}

/// What a command writes, both ways in one.
fn output(here: &Path, arguments: &[String], expected: &str) -> String {
    let (mut reader, writer) = std::io::pipe().unwrap();
    let shown = expected.split("…").next().unwrap_or_default().lines();
    let typed: String =
        shown.filter_map(|line| line.split_once("] > ")).map(|(_, answer)| format!("{answer}\n")).collect();
    let mut command = takeback();
    command.current_dir(here).args(arguments).stdin(Stdio::piped());
    let mut child = command.stdout(writer.try_clone().unwrap()).stderr(writer).spawn().unwrap();
    // The command holds the other ends of the pipe.
    drop(command);
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    child.wait().unwrap();
    text.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// Whether a text is what is expected, where `…` stands for any lines.
fn fits(expected: &str, found: &str) -> Result<(), String> {
    let (expected, found) = (dateless(expected), dateless(found));
    let mut rest = found.as_str();
    let mut free = false;
    for piece in expected.split_inclusive('\n').collect::<Vec<_>>().split(|line| line.trim() == "…") {
        let piece: String = piece.iter().map(|line| line.trim_end().to_owned() + "\n").collect();
        let at = if free { rest.find(&piece) } else { rest.starts_with(&piece).then_some(0) };
        let Some(at) = at else { return Err(format!("this is not written:\n{piece}but:\n{found}")) };
        rest = rest.get(at + piece.len()..).unwrap_or_default();
        free = true;
    }
    let open = expected.lines().last().is_some_and(|line| line.trim() == "…");
    if rest.is_empty() || open { Ok(()) } else { Err(format!("more is written:\n{rest}")) }
}

/// Whether lines are left out of what is expected.
fn elided(expected: &str) -> bool {
    expected.lines().any(|line| line == "…")
}

/// The text without the day that `takeback new` offers, which is the first of this year.
fn dateless(text: &str) -> String {
    let line = |line: &str| match line.split_once("-01-01] > ") {
        Some((year, answer)) if year.starts_with('[') => format!("[day] > {answer}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, to).unwrap();
        }
    }
}

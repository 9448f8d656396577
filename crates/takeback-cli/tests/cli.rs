//! What a transcript cannot show: pipes, time, new files.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// The command, as nobody's own settings change it.
pub(crate) fn takeback() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_takeback"));
    command.current_dir(folder("files")).env_clear().env("TZ", "America/New_York");
    command
}

pub(crate) fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// An empty folder of this test's own.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn piped(arguments: &[&str]) -> Child {
    let mut command = takeback();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// A request on one line.
fn request() -> String {
    let text = fs::read_to_string(folder("files").join("request.json")).unwrap();
    text.lines().map(str::trim).collect()
}

#[test]
fn new_makes_a_shop_that_checks_and_passes() {
    let here = scratch("new-makes");
    let run = |arguments: &[&str]| {
        let output = takeback().current_dir(&here).args(arguments).output().unwrap();
        (
            output.status.code().unwrap(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, said, noise) = run(&["new", "corner-shop", "--defaults"]);
    assert_eq!((code, noise.as_str()), (0, ""), "{said}");
    assert!(said.starts_with("wrote corner-shop/corner-shop.takeback\n"), "{said}");
    assert_eq!(run(&["check", "--strict", "corner-shop"]).0, 0);
    let (code, said, noise) = run(&["test", "corner-shop"]);
    assert_eq!((code, noise.as_str()), (0, ""), "{said}");
    assert!(said.contains("4 passed; 0 failed"), "{said}");
    let (code, said, noise) = run(&["decide", "--policy", "corner-shop", "corner-shop/request.json"]);
    assert_eq!((code, noise.as_str()), (0, ""), "{said}");
    assert!(said.starts_with("Accepted: 93.00 USD to the customer."), "{said}");
}

#[test]
fn new_overwrites_nothing() {
    let here = scratch("new-overwrites");
    let run = |arguments: &[&str]| takeback().current_dir(&here).args(arguments).output().unwrap();
    fs::create_dir(here.join("shop")).unwrap();
    fs::write(here.join("shop/README.md"), "mine\n").unwrap();
    let output = run(&["new", "shop", "--defaults"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("kept  shop/README.md\n"));
    assert_eq!(fs::read_to_string(here.join("shop/README.md")).unwrap(), "mine\n");
    fs::write(here.join("shop/shop.takeback"), "mine too\n").unwrap();
    let output = run(&["new", "shop", "--defaults"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_to_string(here.join("shop/shop.takeback")).unwrap(), "mine too\n");
}

#[test]
fn new_asks_and_listens() {
    let here = scratch("new-asks");
    let mut command = takeback();
    command.current_dir(&here).arg("new").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"Zo\xC3\xAB's\neur\nEurope/Berlin\n2026-01-01\n2 weeks\n2\n4\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let asked = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{asked}");
    assert!(asked.contains("[USD] > eur\n"), "{asked}");
    let policy = fs::read_to_string(here.join("zoës/zoës.takeback")).unwrap();
    for expected in ["policy \"Zoë's\"", "EUR", "Europe/Berlin", "2026-01-01", "window  2 weeks", "start   received"] {
        assert!(policy.contains(expected), "{expected} is not in {policy}");
    }
    assert!(policy.contains("decline \"It has been opened\", overridable by manager"), "{policy}");
    let output = takeback().current_dir(&here).args(["check", "--strict", "."]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn every_command_has_a_manual_page() {
    let here = scratch("man");
    let output = takeback().current_dir(&here).args(["man", "pages"]).output().unwrap();
    assert_eq!(
        (output.status.code(), output.stdout.as_slice(), output.stderr.as_slice()),
        (Some(0), &b""[..], &b""[..])
    );
    let whole = fs::read_to_string(here.join("pages/takeback.1")).unwrap();
    let help = String::from_utf8(takeback().arg("--help").output().unwrap().stdout).unwrap();
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.contains(&"decide"), "{help}");
    for command in commands.into_iter().filter(|command| *command != "help") {
        assert!(whole.contains(&format!("takeback\\-{command}(1)")), "{command} is not in {whole}");
        let page = fs::read_to_string(here.join(format!("pages/takeback-{command}.1"))).unwrap();
        for section in
            [".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH OPTIONS", ".SH EXAMPLES", ".SH \"SEE ALSO\""]
        {
            assert!(page.lines().any(|line| line == section), "{command} lacks {section}");
        }
    }
}

#[test]
fn a_line_is_answered_before_the_next_one_comes() {
    let mut child = piped(&["decide", "--policy", "shop", "--lines"]);
    let mut questions = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..3 {
        writeln!(questions, "{}", request()).unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        assert!(answer.starts_with("{\"policy\":") && answer.ends_with("}\n"), "{answer}");
    }
    drop(questions);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// No transcript has such a line.
#[test]
fn a_line_longer_than_is_read_is_an_error_of_the_kind_limit() {
    let mut child = piped(&["decide", "--policy", "shop", "--lines"]);
    let mut questions = child.stdin.take().unwrap();
    let answers = std::thread::spawn(move || child.wait_with_output().unwrap());
    questions.write_all(&vec![b'0'; (64 << 20) + 1]).unwrap();
    questions.write_all(b"\n").unwrap();
    drop(questions);
    let answer = String::from_utf8(answers.join().unwrap().stdout).unwrap();
    assert!(answer.starts_with(r#"{"error":{"line":1,"kind":"limit","path":"","message":"longer than"#), "{answer}");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = piped(&["decide", "--policy", "shop", "--lines"]);
    drop(child.stdout.take());
    let mut questions = child.stdin.take().unwrap();
    let line = request() + "\n";
    // The other side may be gone before all is written.
    let _ = (0..200).try_for_each(|_| questions.write_all(line.as_bytes()));
    drop(questions);
    let mut noise = String::new();
    child.stderr.take().unwrap().read_to_string(&mut noise).unwrap();
    assert_eq!((child.wait().unwrap().code(), noise.as_str()), (Some(0), ""));
    for arguments in [["explain", "--keys"], ["check", "shop"], ["completions", "bash"]] {
        let mut child = piped(&arguments);
        drop(child.stdout.take());
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn colour_is_for_terminals_and_for_who_asks() {
    let coloured = |arguments: &[&str], no_color: bool| {
        let mut command = takeback();
        if no_color {
            command.env("NO_COLOR", "1");
        }
        let output = command.args(arguments).output().unwrap();
        [output.stdout, output.stderr].iter().all(|text| text.is_empty() || text.contains(&0x1b))
    };
    assert!(!coloured(&["check", "broken"], false));
    assert!(coloured(&["check", "broken", "--color", "always"], false));
    assert!(!coloured(&["check", "broken", "--color", "never"], false));
    assert!(!coloured(&["check", "broken"], true));
}

//! `tests/syntax/ok`: texts and their trees. `tests/syntax/err`: texts and all their findings.

mod dump;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use takeback::diagnostic::Diagnostic;
use takeback::source::{Source, SourceId};
use takeback::syntax::{ast, parse};

fn read(name: &str, text: &str) -> (Source, ast::File, Vec<Diagnostic>) {
    let source = Source::new(SourceId(0), name, text);
    let (file, findings) = parse(&source);
    for finding in &findings {
        let places = finding.labels.iter().map(|label| label.span).chain([finding.span]);
        for span in places {
            let sound = span.start <= span.end && text.get(span.start as usize..span.end as usize).is_some();
            assert!(sound, "{name}: {span:?} is no place in the text");
        }
    }
    (source, file, findings)
}

/// `line:col: error[T0001]: message; help: …`, one a line.
fn plain(source: &Source, findings: &[Diagnostic]) -> String {
    let mut plain = String::new();
    for finding in findings {
        let at = source.position(finding.span.start);
        let Diagnostic { code, severity, message, help, .. } = finding;
        write!(plain, "{}:{}: {severity}[{code}]: {message}", at.line, at.column).unwrap();
        if let Some(help) = help {
            write!(plain, "; help: {help}").unwrap();
        }
        plain.push('\n');
    }
    plain
}

/// The `.takeback` files of a folder, by name.
fn texts(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let paths = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end == "takeback")).collect();
    paths.sort();
    assert!(!paths.is_empty(), "no cases in {}", folder.display());
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// Compares with the file beside the text, or writes it.
fn compare(path: &Path, found: &str) {
    if env::var_os("UPDATE").is_some() {
        fs::write(path, found).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(expected == found, "{} differs; expected\n{expected}\nfound\n{found}", path.display());
}

#[test]
fn good_texts_give_their_trees() {
    for (path, text) in texts("tests/syntax/ok") {
        let (source, file, findings) = read(&path.display().to_string(), &text);
        assert_eq!(plain(&source, &findings), "", "{}", path.display());
        compare(&path.with_extension("tree"), &dump::dump(&source, &file));
    }
}

#[test]
fn bad_texts_give_all_their_findings() {
    for (path, text) in texts("tests/syntax/err") {
        let (source, _, findings) = read(&path.display().to_string(), &text);
        assert!(!findings.is_empty(), "{} has no errors", path.display());
        compare(&path.with_extension("txt"), &plain(&source, &findings));
    }
}

/// Whatever is lost or doubled in a line, the rest of the file is still read.
#[test]
fn one_slip_gives_few_findings() {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syntax/ok/northwind.takeback")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        for slip in ["", &format!("{line} \""), &format!("{line} {{"), &format!("}} {line}"), &format!("# {line}")] {
            let mut lines = lines.clone();
            lines[at] = slip;
            let (source, _, findings) = read("slip", &lines.join("\n"));
            let found = plain(&source, &findings);
            assert!(findings.len() <= 5 && !found.contains("from here on"), "line {}: {slip}\n{found}", at + 1);
        }
    }
}

/// Text that nobody writes is read in bounded time, with a stack as small as a browser's, and with few findings.
#[test]
fn hostile_texts_are_read_quickly() {
    // Without optimisation pest is some thirty times slower; what grows faster than the text shows all the same.
    const LARGEST: usize = if cfg!(debug_assertions) { 1 << 14 } else { 1 << 20 };
    // A browser gives one MiB.
    const STACK: usize = if cfg!(debug_assertions) { 1 << 21 } else { 1 << 20 };
    let long = |unit: &str| unit.repeat(LARGEST / unit.len());
    let inside = |head: &str, unit: &str| format!("{head} {{\n{}\n}}", unit.repeat((LARGEST - 100) / unit.len()));
    let nested = |open: &str, close: &str| format!("{}{}", open.repeat(63), close.repeat(63));
    let texts = [
        long("{"),
        long("("),
        long("\""),
        long("a "),
        long("a"),
        long("}"),
        long(";"),
        long("\n"),
        long("{}"),
        long("a{}"),
        long("#"),
        long("\"\n"),
        long("a,\n"),
        long("a b {\n"),
        long("clause a {}\n"),
        long("tender a,\n"),
        long("a overrides b,\n"),
        long("a overrides b on fee c,\n"),
        long("clause a when not "),
        format!("clause a when {}", "not ".repeat(LARGEST / 5)),
        format!("clause a when {}", "a.b and\n".repeat(LARGEST / 10)),
        format!("clause a when ({}", "a.b or\n".repeat(LARGEST / 10)),
        format!("clause a when {}b{} {{ }}", "(".repeat(62), ")".repeat(62)),
        format!("clause a when {}b{} {{ }}", "(not ".repeat(62), ")".repeat(62)),
        format!("clause a when {}b{} {{ }}", "any line (".repeat(62), ") and c".repeat(62)),
        format!("clause a when {}b {{ }}", "(".repeat(62)),
        format!("clause a {{\n{} }}", "bad line\n".repeat(20_000)),
        inside("clause a", "accept a,\n"),
        inside("clause a", "accept a b c,\nd,\n"),
        inside("clause a", "collect a,\nb\n"),
        inside("clause a", "window 30 dayz; "),
        inside("clause a", "except b when (c and\n"),
        inside("clause a", "except b when reason is c,\n"),
        inside("clause a", "say \"x\n"),
        inside("clause a", "say \"x {\n"),
        inside("clause a", "fee a\n"),
        inside("clause a", "except a {} b "),
        inside("choices", "split payments a first,\n"),
        inside("form a", "b one of c,\n"),
        inside("form a", "b text, required when c is d,\n"),
        inside("scenario \"a\"", "expect accept,\n"),
        inside("scenario \"a\"", "item a, b c,\n"),
        inside("scenario \"a\"", "discount 1 USD on a,\n"),
        nested("clause a {\n", "} b\n"),
        nested("except a {\n", "} b\n"),
        format!("clause a {{\n{} }}", nested("except a {\n", "} b\n")),
        format!("clause a {{\n{} }}", nested("excpet a {\n", "} b\n").repeat(LARGEST / 1100)),
        nested("a { b\n", "} c\n").repeat(LARGEST / 700),
    ];
    for text in texts {
        let start: String = text.chars().take(40).collect();
        let begun = Instant::now();
        let read = thread::Builder::new().stack_size(STACK).spawn(move || read("hostile", &text).2.len());
        let findings = read.unwrap().join().unwrap();
        assert!(findings <= 300, "{start:?}: {findings} findings");
        let taken = begun.elapsed();
        assert!(taken < Duration::from_secs(20), "{start:?}: {taken:?}");
    }
}

#[test]
fn too_large_and_too_deep_texts_are_refused() {
    let refused = |text: String| plain(&Source::new(SourceId(0), "refused", text.as_str()), &read("refused", &text).2);
    let large = " ".repeat((1 << 20) + 1);
    assert_eq!(
        refused(large),
        "1:1: error[T0003]: the file has 1048577 bytes; at most 1048576 are read; \
         help: move some of it to another file and name that file with `use`\n"
    );
    let deep = "1:65: error[T0004]: blocks and round brackets are nested more than 64 deep here\n";
    assert_eq!(refused("{".repeat(1 << 20)), deep);
    assert_eq!(refused("(".repeat(1 << 20)), deep);
}

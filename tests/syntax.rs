//! `tests/syntax/ok`: texts and their trees. `tests/syntax/err`: texts and all their findings.

mod dump;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

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

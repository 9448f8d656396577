//! The texts of the policies of the repository in other languages: what the table of `docs/reference/languages.md` claims is so,
//! and nothing more is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use takeback::Policy;
use takeback::diagnostic::Code;

use crate::cases::{files, root, sources};

/// The policy of a folder, with the message files of all folders that it uses.
fn policy(folder: &Path) -> Policy {
    let mut sources = sources(&[folder.to_owned()]).unwrap();
    let folders: BTreeSet<String> =
        sources.iter().filter_map(|source| Some(source.name().rsplit_once('/')?.0.to_owned())).collect();
    for folder in folders {
        let messages = root().join(&folder).join("messages");
        for file in if messages.is_dir() { files(&messages, "ftl") } else { Vec::new() } {
            let name = format!("{folder}/messages/{}", file.file_name().unwrap().to_string_lossy());
            sources.add(name, fs::read_to_string(&file).unwrap()).unwrap();
        }
    }
    Policy::compile(&sources).unwrap_or_else(|report| panic!("{}: {}", folder.display(), report.summary()))
}

/// By path below `policies`, the languages that it is claimed to speak.
fn claimed() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("docs/reference/languages.md")).unwrap();
    let table = text.split("| policies | languages beside English |\n|---|---|\n").nth(1).expect("the table");
    let mut claimed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in table.lines().map_while(|line| line.strip_prefix("| ")) {
        let (paths, languages) = row.trim_end_matches(" |").split_once(" | ").expect("two columns");
        for path in paths.split('`').skip(1).step_by(2) {
            claimed.entry(path.to_owned()).or_default().extend(languages.split(", ").map(str::to_owned));
        }
    }
    claimed
}

#[test]
fn every_text_is_in_the_languages_that_the_reference_names() {
    let claimed = claimed();
    assert!(claimed.len() > 20);
    let mut wrong = Vec::new();
    for (path, languages) in &claimed {
        let (folder, only) = match path.strip_prefix("law/").and_then(|rest| rest.split_once('/')) {
            Some((folder, only)) => (format!("law/{folder}"), Some(only)),
            None => (path.clone(), None),
        };
        for language in languages {
            let file = only.map_or_else(|| format!("{language}.ftl"), |only| format!("{only}.{language}.ftl"));
            if !root().join("policies").join(&folder).join("messages").join(&file).is_file() {
                wrong.push(format!("there is no {folder}/messages/{file}"));
            }
        }
        // Of a store, whatever it says, that of the law it uses too.
        let of_store = only.is_none().then(|| policy(&root().join("policies").join(&folder)));
        for language in languages.iter().filter(|_| of_store.is_some()) {
            let told = of_store.as_ref().unwrap().messages(language);
            let lacking: Vec<&str> = told.lines().filter_map(|line| line.strip_prefix("# now: ")).collect();
            if !lacking.is_empty() {
                wrong.push(format!("{path} lacks in {language}: {lacking:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every message file of a policy is in the table and has no mistake; of a file of law that it speaks for, nothing is missing.
#[test]
fn no_message_file_is_unclaimed_or_wrong() {
    let claimed = claimed();
    let mut wrong = Vec::new();
    let mut count = 0;
    for kind in ["stores", "law"] {
        for folder in fs::read_dir(root().join("policies").join(kind)).unwrap().map(|entry| entry.unwrap().path()) {
            let messages = folder.join("messages");
            if !messages.is_dir() {
                continue;
            }
            let name = format!("{kind}/{}", folder.file_name().unwrap().to_string_lossy());
            for file in files(&messages, "ftl") {
                count += 1;
                let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
                let (path, language) = match stem.split_once('.') {
                    Some((only, language)) => (format!("{name}/{only}"), language),
                    None => (name.clone(), stem.as_str()),
                };
                if !claimed.get(&path).is_some_and(|languages| languages.contains(language)) {
                    wrong.push(format!("{path} speaks {language}, and languages.md does not say so"));
                }
                let text = fs::read_to_string(&file).unwrap();
                if !text.contains("ot reviewed by a native speaker") {
                    wrong.push(format!("{} does not say who has read it", file.display()));
                }
            }
            let of_messages =
                [Code::TranslationMissing, Code::TranslationOfNothing, Code::PlaceableUnknown, Code::MessagesNotRead];
            let policy = policy(&folder);
            let found = policy.warnings().iter().filter(|finding| of_messages.contains(&finding.code));
            wrong.extend(found.map(|finding| format!("{name}: {}", finding.message)));
        }
    }
    assert!(count > 50);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! `takeback new`: asks what a returns policy has to settle and writes a first one. Which questions there are is a table
//! ([`questions`]), how they are asked is [`interview`], what the answers become is [`scaffold`]. What the scenarios expect is
//! not worked out here: the policy is compiled and asked.

mod interview;
mod questions;
mod scaffold;

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::args::NewArgs;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::output::{BOLD, DIM, styled};
use interview::Answers;
use questions::Key;

/// Asks, writes, and says what to do next.
pub(crate) fn run(args: &NewArgs) -> Result<Exit, Failure> {
    if let Some(folder) = &args.folder {
        is_free(folder)?;
    }
    let named = args.folder.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy());
    let start = Answers::new(named.as_deref().filter(|name| *name != "." && *name != "..").map(title));
    let answers = if args.defaults {
        start.usual()
    } else {
        let terminal = io::stdin().is_terminal();
        interview::interview(start, &mut io::stdin().lock(), &mut anstream::stderr().lock(), terminal)?
    };
    let name = short_name(answers.get(Key::Name));
    let folder = args.folder.clone().unwrap_or_else(|| PathBuf::from(&name));
    is_free(&folder)?;
    let files = scaffold::scaffold(&answers, &name)?;
    fs::create_dir_all(&folder).map_err(|error| Failure::writing(&folder, &error))?;
    let mut out = anstream::stdout().lock();
    for (name, text) in files {
        let path = folder.join(name);
        let word = if write(&path, &text)? { "wrote" } else { "kept " };
        writeln!(out, "{} {}", styled(DIM, word), files::shown(&path))?;
    }
    let shown = files::shown(&folder);
    let shown = if shown.contains(' ') { format!("\"{shown}\"") } else { shown };
    writeln!(
        out,
        "\nRead it aloud, then:\n  {}\n  {}",
        styled(BOLD, &format!("takeback test {shown}")),
        styled(BOLD, &format!("takeback decide --policy {shown} {shown}/request.json")),
    )?;
    Ok(Exit::Fine)
}

/// A folder that holds a policy already would become one policy with the new one.
fn is_free(folder: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::reading(folder, &error)),
    };
    for entry in entries {
        let path = entry.map_err(|error| Failure::reading(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == "takeback") {
            let there = Failure::new(format!("there is a policy already: `{}`", files::shown(&path)));
            return Err(there.help("name another folder; nothing was changed"));
        }
    }
    Ok(())
}

/// Writes a file that is not there yet; false when it is, and stays as it is.
fn write(path: &Path, text: &str) -> Result<bool, Failure> {
    let file = fs::File::create_new(path);
    match file.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(Failure::writing(path, &error)),
    }
}

/// `corner-shop` as the name of a shop: `Corner shop`.
fn title(folder: &str) -> String {
    let words: Vec<&str> = folder.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect();
    let mut letters = words.join(" ").replace('"', "").chars().collect::<Vec<char>>().into_iter();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).filter(|letter| !letter.is_control()).collect(),
        None => String::new(),
    }
}

/// `Zoë's Corner Shop` as the name of a file: `zoës-corner-shop`.
fn short_name(shop: &str) -> String {
    let lower: String = shop
        .to_lowercase()
        .replace(['\'', '’'], "")
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let name: String = words.join("-").chars().take(60).collect();
    if name.is_empty() { "policy".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::{short_name, title};

    #[test]
    fn names_of_shops_and_files() {
        assert_eq!(title("corner-shop"), "Corner shop");
        assert_eq!(title("élan_vital"), "Élan vital");
        assert_eq!(title("--"), "");
        assert_eq!(short_name("Zoë's Corner Shop!"), "zoës-corner-shop");
        assert_eq!(short_name("../.."), "policy");
    }
}

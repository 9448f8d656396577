//! Makes a policy and a request smaller as long as something about them stays true: sentences, clauses, files and members of
//! the request are taken away one at a time.

use serde_json::Value as Json;

use super::policies::Texts;

pub(crate) fn shrink(texts: &Texts, request: &Json, still: &dyn Fn(&Texts, &Json) -> bool) -> (Texts, Json) {
    let (mut texts, mut request) = (texts.clone(), request.clone());
    loop {
        let mut smaller = false;
        let mut at = 0;
        while let Some(found) = request_without(&request, &mut at) {
            if still(&texts, &found) {
                request = found;
                smaller = true;
            } else {
                at += 1;
            }
        }
        for file in 0..texts.len() {
            let mut line = 0;
            while line < texts[file].1.lines().count() {
                let fewer = text_without(&texts[file].1, line).into_iter().find_map(|text| {
                    let mut fewer = texts.clone();
                    fewer[file].1 = text;
                    still(&fewer, &request).then_some(fewer)
                });
                match fewer {
                    Some(fewer) => {
                        texts = fewer;
                        smaller = true;
                    }
                    None => line += 1,
                }
            }
        }
        if !smaller {
            return (texts, request);
        }
    }
}

/// The text without a line: without the whole block that begins there, or with the block's inside only, or with half of a
/// condition.
fn text_without(text: &str, line: usize) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let join = |parts: &[&[&str]]| parts.concat().iter().map(|line| format!("{line}\n")).collect::<String>();
    let head = lines[line];
    if head.trim() == "}" {
        return Vec::new();
    }
    if !head.trim_end().ends_with('{') {
        return vec![join(&[&lines[..line], &lines[line + 1..]])];
    }
    let mut depth = 0;
    let mut end = line;
    for (at, inside) in lines.iter().enumerate().skip(line) {
        depth += inside.matches('{').count();
        depth -= inside.matches('}').count();
        if depth == 0 {
            end = at;
            break;
        }
    }
    let mut found = vec![
        join(&[&lines[..line], &lines[end + 1..]]),
        join(&[&lines[..line], &lines[line + 1..end], &lines[end + 1..]]),
    ];
    for (from, to) in [(" when ", " {"), (" when ", " and "), (" and ", " {"), (" or ", " {"), (" when ", " or ")] {
        let Some((before, rest)) = head.split_once(from) else { continue };
        let Some((_, after)) = rest.split_once(to) else { continue };
        let shorter = if to == " {" { format!("{before} {{") } else { format!("{before}{from}{after}") };
        found.push(join(&[&lines[..line], &[&shorter], &lines[end.min(line) + 1..]]));
    }
    found
}

/// The request without its `at`-th member or element, counted depth first.
fn request_without(request: &Json, at: &mut usize) -> Option<Json> {
    fn take(json: &mut Json, left: &mut usize) -> bool {
        match json {
            Json::Object(members) => {
                for name in members.keys().cloned().collect::<Vec<_>>() {
                    if *left == 0 {
                        members.shift_remove(&name);
                        return true;
                    }
                    *left -= 1;
                    if take(members.get_mut(&name).unwrap(), left) {
                        return true;
                    }
                }
                false
            }
            Json::Array(elements) => {
                for element in 0..elements.len() {
                    if *left == 0 {
                        elements.remove(element);
                        return true;
                    }
                    *left -= 1;
                    if take(&mut elements[element], left) {
                        return true;
                    }
                }
                false
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => false,
        }
    }
    let mut smaller = request.clone();
    take(&mut smaller, &mut at.clone()).then_some(smaller)
}

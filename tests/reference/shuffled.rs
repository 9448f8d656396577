//! Nothing hangs on the order in which a policy is written: clauses, sentences, declarations and files may stand in any.

use serde_json::json;
use takeback::Policy;
use takeback::source::SourceSet;

use super::book;
use super::dice::Dice;
use super::policies::Texts;
use super::random::policy;
use super::requests::{self, Wish};
use super::{number, sources};

#[test]
fn shuffled() {
    let wanted = number("REFERENCE_SHUFFLED", 40);
    let seed = number("REFERENCE_SEED", 1);
    let mut decided = 0;
    let mut at = 0;
    while decided < wanted {
        at += 1;
        let mut dice = Dice::new(u64::try_from(seed * 1_000_000 + 500_000 + at).unwrap());
        let Some((texts, policy)) = policy(&mut dice) else { continue };
        let paths = book::paths(&book::of(&sources(&texts)).editions[0].clauses);
        let other = shuffle(&mut dice, &texts);
        let shuffled = Policy::compile(&sources(&other)).unwrap_or_else(|report| {
            panic!("{}", takeback::render::plain(&report, &sources(&other)));
        });
        for _ in 0..4 {
            let wish = Wish { gaps: if dice.chance(50) { 3 } else { 0 }, earlier: true };
            let request = requests::request(&mut dice, wish, &paths).to_string();
            let Ok(read) = policy.request(request.as_bytes()) else { continue };
            let one = json!(policy.decide(&read)).to_string();
            let two = json!(shuffled.decide(&shuffled.request(request.as_bytes()).unwrap())).to_string();
            assert_eq!(one, two, "{}\n{}\n{request}", written(&texts), written(&other));
            decided += 1;
        }
    }
}

/// The same files in another order, and what stands in them too.
fn shuffle(dice: &mut Dice, texts: &Texts) -> Texts {
    let mut shuffled: Texts = texts
        .iter()
        .map(|(name, text)| {
            let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
            (name.clone(), block(dice, &lines, Order::Free).join("\n") + "\n")
        })
        .collect();
    dice.shuffle(&mut shuffled);
    shuffled
}

/// Whether the parts of a block may change places.
#[derive(Clone, Copy, PartialEq)]
enum Order {
    Free,
    /// The order of fees and of fields says something.
    Kept,
}

/// The lines of a block, its sentences and inner blocks in another order.
fn block(dice: &mut Dice, lines: &[&str], order: Order) -> Vec<String> {
    let mut parts: Vec<Vec<String>> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = at + end_of(&lines[at..]);
        if end == at {
            parts.push(vec![lines[at].to_owned()]);
        } else {
            let head = lines[at].trim();
            let kept = head.starts_with("choices") || head.starts_with("form") || head.starts_with("policy");
            let mut part = vec![lines[at].to_owned()];
            part.extend(block(dice, &lines[at + 1..end], if kept { Order::Kept } else { Order::Free }));
            part.push(lines[end].to_owned());
            parts.push(part);
        }
        at = end + 1;
    }
    if order == Order::Free {
        dice.shuffle(&mut parts);
    }
    parts.concat()
}

/// How many lines on the block ends that begins with the first; none when it is a sentence.
fn end_of(lines: &[&str]) -> usize {
    let mut depth = 0;
    for (at, line) in lines.iter().enumerate() {
        depth += line.matches('{').count();
        depth -= line.matches('}').count();
        if depth == 0 {
            return at;
        }
    }
    lines.len() - 1
}

fn written(texts: &Texts) -> String {
    let of: SourceSet = sources(texts);
    of.iter().map(|source| format!("--- {}\n{}\n", source.name(), source.text())).collect()
}

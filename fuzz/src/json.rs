//! Changes a request as a tree: what comes out is JSON, so that it gets past the reader of JSON.

use serde_json::{Map, Value, json};

/// Values that stand at edges.
fn edges() -> [Value; 24] {
    [
        json!(null),
        json!(0),
        json!(1),
        json!(2),
        json!(-1),
        json!(4_294_967_295u32),
        json!(18_446_744_073_709_551_615u64),
        json!("0.01"),
        json!("-0.01"),
        json!("33.333333333333"),
        json!("999999999999999.99"),
        json!("0"),
        json!("NaN"),
        json!("1e999"),
        json!(""),
        json!("1900-01-01"),
        json!("2200-12-31"),
        json!("2024-02-29"),
        json!("2025-11-02T01:30:00-04:00"),
        json!("refund"),
        json!(true),
        json!(false),
        json!([]),
        json!({}),
    ]
}

/// A request with one to four changes; none when it is not JSON. The byte before it stays.
pub fn changed(input: &[u8], seed: u32) -> Option<Vec<u8>> {
    let (policy, text) = input.split_first()?;
    let mut tree: Value = serde_json::from_slice(text).ok()?;
    let mut dice = Dice(u64::from(seed) | 1 << 40);
    for _ in 0..=dice.below(4) {
        let other = pick(&tree, &mut dice).clone();
        let place = dice.below(count(&tree));
        change(at(&mut tree, place), other, &mut dice);
    }
    let mut out = vec![*policy];
    serde_json::to_writer(&mut out, &tree).ok()?;
    Some(out)
}

fn change(place: &mut Value, other: Value, dice: &mut Dice) {
    let [edge, choice] = [dice.below(24), dice.below(8)];
    let edge = edges().into_iter().nth(edge).unwrap_or_default();
    match (place, choice) {
        (Value::Array(list), 0..=2) if !list.is_empty() => {
            let again = list[dice.below(list.len())].clone();
            list.push(again);
        }
        (Value::Array(list), 3) if !list.is_empty() => {
            list.remove(dice.below(list.len()));
        }
        (Value::Array(list), 4) => list.push(other),
        (Value::Object(members), 0..=1) => remove(members, dice),
        (Value::Object(members), 2..=3) if !members.is_empty() => {
            let name = members.keys().nth(dice.below(members.len())).cloned().unwrap_or_default();
            members.insert(name, if choice == 2 { other } else { edge });
        }
        (Value::String(text), 0..=1) => {
            let (changed, digit) = (dice.below(text.len().max(1)), char::from(b'0' + dice.below(10) as u8));
            *text = text.chars().enumerate().map(|(at, c)| if at == changed { digit } else { c }).collect();
        }
        (place, 5) => *place = other,
        (place, _) => *place = edge,
    }
}

fn remove(members: &mut Map<String, Value>, dice: &mut Dice) {
    if let Some(name) = members.keys().nth(dice.below(members.len().max(1))).cloned() {
        members.remove(&name);
    }
}

/// How many values a tree has, itself counted.
fn count(tree: &Value) -> usize {
    match tree {
        Value::Array(list) => 1 + list.iter().map(count).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(count).sum::<usize>(),
        _ => 1,
    }
}

fn pick<'t>(tree: &'t Value, dice: &mut Dice) -> &'t Value {
    let mut place = dice.below(count(tree));
    let mut here = tree;
    while place > 0 {
        let mut before = 1;
        let inside: Vec<&Value> = match here {
            Value::Array(list) => list.iter().collect(),
            Value::Object(members) => members.values().collect(),
            _ => return here,
        };
        for value in inside {
            let size = count(value);
            if place < before + size {
                here = value;
                break;
            }
            before += size;
        }
        place -= before;
    }
    here
}

fn at(tree: &mut Value, place: usize) -> &mut Value {
    if place == 0 {
        return tree;
    }
    // First where it is, then there: a place that is given back cannot be looked at before.
    let mut before = 1;
    let inside: Vec<usize> = match &*tree {
        Value::Array(list) => list.iter().map(count).collect(),
        Value::Object(members) => members.values().map(count).collect(),
        _ => Vec::new(),
    };
    let mut child = 0;
    for size in &inside {
        if place < before + size {
            break;
        }
        before += size;
        child += 1;
    }
    if child >= inside.len() {
        return tree;
    }
    match tree {
        Value::Array(list) => at(&mut list[child], place - before),
        Value::Object(members) => match members.values_mut().nth(child) {
            Some(value) => at(value, place - before),
            None => unreachable!("the child was counted"),
        },
        _ => unreachable!("it has children"),
    }
}

/// Numbers by chance, the same for the same seed (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default() % end.max(1)
    }
}

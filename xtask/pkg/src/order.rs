//! Puts functions that are alike beside each other. gzip finds again what it saw in the last 32 KiB; wasm-bindgen writes the largest functions
//! first, wherever their like are.

use std::collections::{BTreeSet, BinaryHeap, HashMap, VecDeque};
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

/// How far back gzip looks.
const WINDOW: usize = 32 * 1024;
/// Functions are alike in what runs of so many bytes they share.
const RUN: usize = 6;
/// A run that more functions have says nothing about which are alike.
const COMMON: usize = 60;

type Done<T> = Result<T, Error<Infallible>>;

/// The same module with its functions in another order.
pub(crate) fn by_likeness(module: &[u8]) -> Done<Vec<u8>> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let order = order(&bodies);
    let mut places = vec![0; order.len()];
    for (place, function) in (imported..).zip(&order) {
        if let Some(entry) = places.get_mut(*function) {
            *entry = place;
        }
    }
    let mut out = Module::new();
    Renumber { imported, places, order }.parse_core_module(&mut out, Parser::new(0), module)?;
    Ok(out.finish())
}

/// Writes functions in their new order, and names them by it.
struct Renumber {
    imported: u32,
    /// The new number of each function that is not imported.
    places: Vec<u32>,
    /// Which of them comes where.
    order: Vec<usize>,
}

impl Reencode for Renumber {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Done<u32> {
        let own = function.checked_sub(self.imported).and_then(|own| usize::try_from(own).ok());
        Ok(own.and_then(|own| self.places.get(own)).copied().unwrap_or(function))
    }

    fn parse_function_section(&mut self, out: &mut FunctionSection, section: FunctionSectionReader<'_>) -> Done<()> {
        let kinds = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for kind in self.order.iter().filter_map(|function| kinds.get(*function)) {
            out.function(*kind);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, out: &mut CodeSection, section: CodeSectionReader<'_>) -> Done<()> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for function in self.order.clone() {
            if let Some(body) = bodies.get(function) {
                utils::parse_function_body(self, out, body.clone())?;
            }
        }
        Ok(())
    }
}

/// Each time the function comes next of which the most is in the window already, for its size; where nothing is, the largest.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let runs = runs(bodies);
    let mut holders: HashMap<usize, Vec<usize>> = HashMap::new();
    for (function, runs) in runs.iter().enumerate() {
        for run in runs {
            holders.entry(*run).or_default().push(function);
        }
    }
    let sizes: Vec<usize> = bodies.iter().map(|body| body.len()).collect();
    let mut state = State { sizes: &sizes, shared: vec![0; sizes.len()], placed: vec![false; sizes.len()] };
    let mut largest: Vec<usize> = (0..sizes.len()).collect();
    largest.sort_by_key(|function| std::cmp::Reverse(state.size(*function)));
    let mut largest = largest.into_iter();
    let (mut likely, mut order) = (BinaryHeap::new(), Vec::with_capacity(sizes.len()));
    let (mut window, mut filled, mut inside) = (VecDeque::new(), 0, HashMap::new());
    while let Some(next) = state.next(&mut likely).or_else(|| largest.find(|function| !state.is_placed(*function))) {
        state.place(next);
        order.push(next);
        window.push_back(next);
        filled += state.size(next);
        let mut likelier = BTreeSet::new();
        for run in runs.get(next).into_iter().flatten() {
            let times = inside.entry(*run).or_insert(0_usize);
            *times += 1;
            if *times == 1 {
                for function in holders.get(run).into_iter().flatten() {
                    state.share(*function, 1);
                    likelier.insert(*function);
                }
            }
        }
        likely.extend(likelier.into_iter().map(|function| (state.part(function), function)));
        while filled > WINDOW && window.len() > 1 {
            let Some(gone) = window.pop_front() else { break };
            filled -= state.size(gone);
            for run in runs.get(gone).into_iter().flatten() {
                let times = inside.entry(*run).or_insert(1);
                *times -= 1;
                if *times == 0 {
                    holders.get(run).into_iter().flatten().for_each(|function| state.share(*function, -1));
                }
            }
        }
    }
    order
}

/// The runs of bytes in each function, by number, that some other function has too.
fn runs(bodies: &[&[u8]]) -> Vec<Vec<usize>> {
    // How many functions have a run, and the last of them, so that one counts once.
    let mut seen: HashMap<&[u8], (usize, usize)> = HashMap::new();
    for (function, body) in bodies.iter().enumerate() {
        for run in body.windows(RUN) {
            let (times, last) = seen.entry(run).or_insert((0, usize::MAX));
            *times += usize::from(*last != function);
            *last = function;
        }
    }
    let mut numbers: HashMap<&[u8], usize> = HashMap::new();
    let numbered = bodies.iter().map(|body| {
        let mut own: Vec<usize> = Vec::new();
        for run in body.windows(RUN) {
            if seen.get(run).is_some_and(|(times, _)| (2..=COMMON).contains(times)) {
                let next = numbers.len();
                own.push(*numbers.entry(run).or_insert(next));
            }
        }
        own.sort_unstable();
        own.dedup();
        own
    });
    numbered.collect()
}

struct State<'a> {
    sizes: &'a [usize],
    /// How many runs of each function are in the window.
    shared: Vec<isize>,
    placed: Vec<bool>,
}

impl State<'_> {
    fn size(&self, function: usize) -> usize {
        self.sizes.get(function).copied().unwrap_or_default()
    }

    fn is_placed(&self, function: usize) -> bool {
        self.placed.get(function).copied().unwrap_or(true)
    }

    fn place(&mut self, function: usize) {
        if let Some(placed) = self.placed.get_mut(function) {
            *placed = true;
        }
    }

    fn share(&mut self, function: usize, more: isize) {
        if let Some(shared) = self.shared.get_mut(function) {
            *shared += more;
        }
    }

    /// Which part of a function is in the window, in millionths.
    fn part(&self, function: usize) -> isize {
        let shared = self.shared.get(function).copied().unwrap_or_default();
        shared.saturating_mul(1_000_000) / isize::try_from(self.size(function)).map_or(isize::MAX, |size| size + 16)
    }

    /// The function of which the largest part is in the window. What is said in `likely` may be old.
    fn next(&self, likely: &mut BinaryHeap<(isize, usize)>) -> Option<usize> {
        while let Some((part, function)) = likely.pop() {
            let now = self.part(function);
            if self.is_placed(function) || now == 0 {
                continue;
            }
            if part == now {
                return Some(function);
            }
            if now < part {
                likely.push((now, function));
            }
        }
        None
    }
}

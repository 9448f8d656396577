//! What clauses say and offer: always, or because of what came of a line (docs/reference/order.md, "Paperwork and words").

use crate::decision::{Credits, Outcome, Reason, ReasonKey, Words};
use crate::once::Once;
use crate::program::{Version, WordsRule};
use crate::terms::AnswerKind;

use super::resolve::Frame;
use super::{Run, State};

impl Run<'_> {
    /// The words of every clause that applies, and those that wait for an answer and got it.
    pub(super) fn words(&mut self) {
        let mut words = Vec::new();
        for line in 0..self.states.len() {
            let Some(frame) = self.frames.get_mut(line) else { continue };
            for rule in frame.version.words.iter().filter(|rule| rule.only.is_empty() && !rule.of_visit) {
                let held = rule.law.is_none_or(|law| states_hold(self.states.get(line), frame.version, law));
                if held && frame.any_live(&self.facts, &rule.nodes) {
                    words.push(said(rule, Some(line), None));
                }
            }
            frame.missing = None;
        }
        for rule in self.visit.version.words.iter().filter(|rule| rule.only.is_empty() && rule.of_visit) {
            if self.visit.any_live(&self.facts, &rule.nodes) {
                words.push(said(rule, None, None));
            }
        }
        self.visit.missing = None;
        self.answers(&mut words);
        words.sort_by_key(|words| (words.line.is_none(), words.line, words.by.first().copied()));
        self.decision.words = words;
    }

    /// The words that wait for what came of a line or the visit.
    fn answers(&self, words: &mut Vec<Words>) {
        let waits = |version: &Version| version.words.iter().any(|rule| !rule.only.is_empty());
        if !self.program.versions.iter().any(waits) {
            return;
        }
        let money = self.decision.payouts.iter().map(|payout| &payout.by);
        let delivery = self.decision.shipping.iter().map(|back| &back.by);
        let paid: Credits = money.chain(delivery).flatten().copied().collect();
        let mut told = Once::default();
        for reason in &self.decision.reasons {
            let Some(kind) = self.kind_of(reason) else { continue };
            let by = match kind {
                AnswerKind::Accepted => self.made(reason, &paid),
                AnswerKind::Pending
                | AnswerKind::Declined
                | AnswerKind::Expired
                | AnswerKind::Stopped
                | AnswerKind::Referred => reason.by.clone(),
            };
            let frames = match reason.line {
                None => [Some(&self.visit), None],
                Some(line) => [self.frames.get(line), self.visit_frames.get(line).and_then(Option::as_ref)],
            };
            for rule in frames.into_iter().flatten().flat_map(|frame| speaks(frame, &by, kind)) {
                if told.insert((reason.line, kind, rule.clause, rule.offer, rule.text.clone())) {
                    words.push(said(rule, reason.line, Some(kind)));
                }
            }
        }
    }

    /// What kind of answer a reason tells of; none, where no answer is given or the engine itself refuses.
    fn kind_of(&self, reason: &Reason) -> Option<AnswerKind> {
        let accepted = || {
            let line = reason.line.and_then(|line| self.decision.lines.get(line));
            line.is_some_and(|line| line.outcome == Outcome::Accept)
        };
        match reason.key {
            ReasonKey::Accept => accepted().then_some(AnswerKind::Accepted),
            ReasonKey::Verify => Some(AnswerKind::Pending),
            ReasonKey::NotOffered => Some(AnswerKind::Declined),
            ReasonKey::Expired => Some(AnswerKind::Expired),
            ReasonKey::Stopped => Some(AnswerKind::Stopped),
            ReasonKey::Refer | ReasonKey::Conflict | ReasonKey::Gap(_) | ReasonKey::RouteUnknown => {
                Some(AnswerKind::Referred)
            }
            ReasonKey::Approved | ReasonKey::Verified | ReasonKey::OthersOffered | ReasonKey::HeldBack => None,
            // The reason that it refers or stops stands beside these.
            ReasonKey::AboveAuthority | ReasonKey::VerificationFailed => None,
            ReasonKey::MoreReturnedThanBought
            | ReasonKey::SameUnitTwice
            | ReasonKey::NotOfThisSale
            | ReasonKey::BeforeSale
            | ReasonKey::GiftMissing => None,
            ReasonKey::MissingFact | ReasonKey::TooManyUnknown => None,
        }
    }

    /// Every clause that made the wanted remedy of a line what it is: that it is accepted, its window, its amounts, and where
    /// money goes.
    fn made(&self, reason: &Reason, paid: &Credits) -> Credits {
        let wanted = reason.line.and_then(|line| self.wanted(line));
        let window = wanted.and_then(|wanted| wanted.window.as_deref()).map(|window| &window.by);
        let amounts = wanted.and_then(|wanted| wanted.amounts.as_deref()).unwrap_or_default();
        let all = [&reason.by, paid].into_iter().chain(window).chain(amounts.iter().map(|amount| &amount.by));
        all.flatten().copied().collect()
    }
}

/// The words for an answer that clauses made: those of the nearest clause, from each of them outward, that has any, and
/// of these what no exception among them says instead.
fn speaks<'p>(frame: &Frame<'p>, by: &Credits, kind: AnswerKind) -> Vec<&'p WordsRule> {
    let version = frame.version;
    let around = |place: u32| {
        let parent = |place: &u32| version.nodes.get(*place as usize).and_then(|node| node.parent);
        std::iter::successors(Some(place), parent)
    };
    let mut spoken = Vec::new();
    for offer in [false, true] {
        let rules: Vec<&WordsRule> =
            version.words.iter().filter(|rule| rule.offer == offer && rule.only.contains(&kind)).collect();
        if rules.is_empty() {
            continue;
        }
        let has = |place: &u32| rules.iter().any(|rule| rule.nodes.contains(*place));
        let nearest: Vec<u32> = frame.places_of(by).filter_map(|place| around(place).find(has)).collect();
        let instead = |place: u32| nearest.iter().any(|other| around(*other).skip(1).any(|outer| outer == place));
        let left: Vec<u32> = nearest.iter().copied().filter(|place| !instead(*place)).collect();
        spoken.extend(rules.into_iter().filter(|rule| left.iter().any(|place| rule.nodes.contains(*place))));
    }
    spoken
}

fn said(rule: &WordsRule, line: Option<usize>, only: Option<AnswerKind>) -> Words {
    Words { offer: rule.offer, line, text: rule.text.clone(), only, by: Credits::of(rule.clause) }
}

/// Whether a right or rule holds for a line.
fn states_hold(state: Option<&State<'_>>, version: &Version, law: u16) -> bool {
    let law = version.laws.get(usize::from(law)).map(|law| law.clause);
    state.is_some_and(|s| s.laws.iter().any(|open| Some(open.law.clause) == law))
}

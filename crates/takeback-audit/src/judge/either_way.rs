//! What a return that cannot be judged would come to with each answer, where one fact is missing that has a few.

use takeback::decision::{Asked, Outcome, Question};
use takeback::facts::{Scope, Type, Value};
use takeback::request::Request;

use super::{Cx, Place, held};

/// With more answers nobody reads them.
const MOST: usize = 6;

impl Cx<'_> {
    /// `yes: accept, 120.00; no: decline`. None where several facts are missing, or the answers are no list.
    pub(super) fn either_way(&self, place: Place<'_>) -> Option<String> {
        let mine = |question: &&Question| question.line.is_none_or(|line| line == place.line);
        let mut questions = place.decision.ask.iter().filter(mine);
        let (question, None) = (questions.next()?, questions.next()) else { return None };
        if question.values.is_empty() || question.values.len() > MOST {
            return None;
        }
        let mut answers: Vec<(String, Vec<String>)> = Vec::new();
        for value in &question.values {
            let mut request = place.request.clone();
            self.tell(&mut request, question, place.line, *value)?;
            let decision = self.policy.decide(&request);
            let then = Place { request: &request, decision: &decision, ..place };
            let outcome = decision.lines.get(place.line)?.outcome;
            let worth = held::wanted(then).and_then(|wanted| wanted.value).filter(|_| outcome < Outcome::Decline);
            let comes = match worth {
                Some(worth) => format!("{}, {worth:.2}", outcome.word()),
                None => outcome.word().to_owned(),
            };
            let name = self.name(question, *value)?;
            match answers.iter_mut().find(|(known, _)| *known == comes) {
                Some((_, names)) => names.push(name),
                None => answers.push((comes, vec![name])),
            }
        }
        let told: Vec<String> = answers.iter().map(|(comes, names)| format!("{}: {comes}", names.join(", "))).collect();
        Some(told.join("; "))
    }

    /// Puts the fact where it is asked of.
    fn tell(&self, request: &mut Request, question: &Question, line: usize, value: Value) -> Option<()> {
        let Asked::Fact(id) = question.fact else { return None };
        let fact = self.schema.fact(id)?;
        let slots = match fact.scope {
            Scope::Visit => &mut request.facts,
            Scope::Sale => {
                let (sale, _) = request.lines.get(line)?.sold?;
                &mut request.sales.get_mut(sale)?.facts
            }
            Scope::Line => &mut request.lines.get_mut(line)?.facts,
            Scope::Tender => return None,
        };
        *slots.get_mut(usize::from(fact.slot))? = Some(value);
        Some(())
    }

    fn name(&self, question: &Question, value: Value) -> Option<String> {
        let Asked::Fact(id) = question.fact else { return None };
        match (self.schema.fact(id)?.ty, value) {
            (Type::YesNo, Value::Bool(yes)) => Some(if yes { "yes" } else { "no" }.to_owned()),
            (Type::Word(domain), Value::Word(word)) => Some(self.schema.domain(domain)?.word(word).to_owned()),
            _ => None,
        }
    }
}

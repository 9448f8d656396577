//! What of a file can be changed: clauses and sentences left out, conditions turned round, lists made shorter, figures
//! moved by one step. Texts for people are left alone; that a policy says something else in words is no other policy.

use super::figures::{brackets, closing, shifted};
use super::{Mutant, MutantKind};
use crate::source::{Source, Span};
use crate::syntax::ast::{
    CategoryRef, Choices, Clause, Condition, ConditionKind, File, Form, Header, Item, Name, Or, SeasonDays, Statement,
    StatementKind,
};

/// What is added to a sentence after a comma.
const ADDITIONS: [&str; 8] =
    ["fixed", "final", "overridable", "at most ", "at least ", "counting ", "not printed", "not before "];

/// All changes of a file.
pub(super) fn places(source: &Source, file: &File) -> Vec<Mutant> {
    let mut places = Places { source, out: Vec::new() };
    for item in &file.items {
        places.item(item);
    }
    places.out
}

struct Places<'s> {
    source: &'s Source,
    out: Vec<Mutant>,
}

impl Places<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Policy(policy) => self.header(&policy.header),
            Item::Library(library) => self.header(&library.header),
            Item::Clause(clause) => self.clause(clause),
            Item::Form(form) => self.form(form),
            Item::Overrides(overrides) => {
                self.leave_out(MutantKind::Sentence, overrides.span);
                self.entries(&overrides.winners.iter().map(|path| path.span).collect::<Vec<_>>());
                self.entries(&overrides.losers.iter().map(|path| path.span).collect::<Vec<_>>());
                self.entries(&overrides.on.iter().map(|attribute| attribute.span).collect::<Vec<_>>());
            }
            Item::Category(category) => {
                self.entries(&spans(&category.paths));
                self.entries(&spans(&category.except));
            }
            Item::List(list) => self.entries(&spans(&list.values)),
            Item::Season(season) => {
                if let SeasonDays::Dated(instances) = &season.days {
                    self.entries(&instances.iter().map(|instance| instance.span).collect::<Vec<_>>());
                }
                self.figures(season.span);
            }
            Item::Choices(choices) => self.choices(choices),
            Item::Use(_)
            | Item::Vocabulary(_)
            | Item::Fact(_)
            | Item::Question(_)
            | Item::Scenario(_)
            | Item::Bad(_) => {}
        }
    }

    fn header(&mut self, header: &Header) {
        for in_force in &header.in_force {
            self.figures(in_force.span);
        }
        for leeway in &header.leeway {
            self.leave_out(MutantKind::Sentence, leeway.span);
            self.figures(leeway.span);
        }
        for disagree in &header.disagree {
            self.leave_out(MutantKind::Sentence, disagree.span);
        }
        header.choices.iter().for_each(|choices| self.choices(choices));
    }

    fn choices(&mut self, choices: &Choices) {
        for choice in &choices.lines {
            self.leave_out(MutantKind::Sentence, choice.span);
            self.figures(choice.span);
        }
    }

    fn form(&mut self, form: &Form) {
        for field in &form.fields {
            self.leave_out(MutantKind::Sentence, field.span);
            self.additions(field.span);
            self.figures(field.span);
        }
    }

    fn clause(&mut self, clause: &Clause) {
        let rest = self.source.text().get(clause.span.start as usize..).unwrap_or_default();
        if let Some(length) = closing(rest) {
            let start = clause.span.start as usize;
            self.leave_out(MutantKind::Clause, self.source.span(start, start + length));
        }
        if let Some(when) = &clause.when {
            self.when(when);
            self.figures(when.span);
        }
        for statement in &clause.body {
            self.statement(statement);
        }
    }

    /// All that follows `when` and `unless`, then each of them.
    fn when(&mut self, when: &Condition) {
        let before = self.source.text().get(..when.span.start as usize).unwrap_or_default();
        let word = before.trim_end_matches(|c: char| c.is_whitespace() || c == '(').strip_suffix("when");
        let start = word.map_or(when.span.start as usize, str::len);
        if word.is_some() || self.left_out(when).is_some() {
            let whole = self.balanced(self.source.span(start, when.span.end as usize));
            self.leave_out(MutantKind::Condition, whole);
        }
        match &when.kind {
            ConditionKind::All(arms)
                if let [holds, unless] = arms.as_slice()
                    && let Some(inner) = self.left_out(unless) =>
            {
                self.leave_out(MutantKind::Condition, self.source.span(start, unless.span.start as usize));
                self.leave_out(MutantKind::Condition, unless.span);
                self.condition(holds);
                self.condition(inner);
            }
            _ => self.condition(self.left_out(when).unwrap_or(when)),
        }
    }

    /// What follows `unless`.
    fn left_out<'c>(&self, condition: &'c Condition) -> Option<&'c Condition> {
        match &condition.kind {
            ConditionKind::Not(inner) if self.source.slice(condition.span).starts_with("unless") => Some(inner),
            _ => None,
        }
    }

    fn statement(&mut self, statement: &Statement) {
        if let StatementKind::Except(clause) = &statement.kind {
            return self.clause(clause);
        }
        self.leave_out(MutantKind::Sentence, statement.span);
        self.additions(statement.span);
        self.figures(statement.span);
        match &statement.kind {
            StatementKind::Accept(Or::Is(names))
            | StatementKind::AcceptOneOf(names)
            | StatementKind::AlsoAccept(names)
            | StatementKind::No { remedies: names, .. }
            | StatementKind::Waive(names)
            | StatementKind::Start { remedies: names, .. }
            | StatementKind::StartNotBefore { remedies: names, .. }
            | StatementKind::Window { remedies: names, .. }
            | StatementKind::WindowLonger { remedies: names, .. }
            | StatementKind::WindowBound { remedies: names, .. }
            | StatementKind::WindowPauses { remedies: names, .. }
            | StatementKind::WindowEnding { remedies: names, .. }
            | StatementKind::Basis { remedies: names, .. }
            | StatementKind::Fee { remedies: names, .. }
            | StatementKind::Deduct { remedies: names, .. } => self.entries(&of_names(names)),
            StatementKind::Overrides(overrides) => {
                self.entries(&overrides.winners.iter().map(|path| path.span).collect::<Vec<_>>());
                self.entries(&overrides.losers.iter().map(|path| path.span).collect::<Vec<_>>());
                self.entries(&overrides.on.iter().map(|attribute| attribute.span).collect::<Vec<_>>());
            }
            StatementKind::Collect { forms, only } => {
                self.entries(&of_names(forms));
                self.entries(&spans(only));
            }
            StatementKind::PayOneOf(ways) => self.entries(&spans(ways)),
            StatementKind::Say(words) | StatementKind::Offer(words) => self.entries(&spans(&words.only)),
            StatementKind::Except(_)
            | StatementKind::Accept(Or::As(_))
            | StatementKind::Decline { .. }
            | StatementKind::NoCharges(_)
            | StatementKind::DeadlineMet(_)
            | StatementKind::IdentityKept(_)
            | StatementKind::Tax(_)
            | StatementKind::Shipping(_)
            | StatementKind::Discounts(_)
            | StatementKind::Pay(_)
            | StatementKind::Hold(_)
            | StatementKind::Due(_)
            | StatementKind::Leeway(_)
            | StatementKind::Refer { .. }
            | StatementKind::Limit(_)
            | StatementKind::Verify { .. }
            | StatementKind::Stop { .. }
            | StatementKind::Bad(_) => {}
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::All(arms) | ConditionKind::Any(arms) => {
                let spans: Vec<Span> = arms.iter().map(|arm| arm.span).collect();
                self.pieces(MutantKind::Condition, &spans);
                arms.iter().for_each(|arm| self.condition(arm));
            }
            ConditionKind::Not(inner) => {
                self.without_word(condition.span, "not");
                self.condition(inner);
            }
            ConditionKind::AnyLine(inner) | ConditionKind::AnyTender(inner) | ConditionKind::EveryLine(inner) => {
                self.condition(inner);
            }
            ConditionKind::LineCount { of, .. } | ConditionKind::RefundTotal { of, .. } => self.condition(of),
            ConditionKind::Is { negated, values, .. } => {
                self.entries(&spans(values));
                self.turned(*negated, condition.span);
            }
            ConditionKind::InCategory { negated, refs } => {
                let of = |one: &CategoryRef| match one {
                    CategoryRef::Named(name) => name.span,
                    CategoryRef::Path(path) => path.span,
                };
                self.entries(&refs.iter().map(of).collect::<Vec<_>>());
                self.turned(*negated, condition.span);
            }
            ConditionKind::In { negated, .. }
            | ConditionKind::SameAs { negated, .. }
            | ConditionKind::OnDuty { negated, .. } => self.turned(*negated, condition.span),
            ConditionKind::Yes(_)
            | ConditionKind::Order { .. }
            | ConditionKind::Compared { .. }
            | ConditionKind::DaysSince { .. }
            | ConditionKind::Before { .. }
            | ConditionKind::From { .. } => {}
        }
    }

    /// `is not` becomes `is`, `not in` becomes `in`.
    fn turned(&mut self, negated: bool, span: Span) {
        if negated {
            self.without_word(span, "not");
        }
    }

    /// Leaves the first such word out.
    fn without_word(&mut self, span: Span, word: &str) {
        let text = self.source.slice(span);
        let mut at = 0;
        for piece in text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_' && c != '-' && c != '.') {
            if piece.trim_end() == word {
                let start = span.start as usize + at;
                self.leave_out(MutantKind::Condition, self.source.span(start, start + word.len()));
                return;
            }
            at += piece.len();
        }
    }

    /// Entries of a list, left out one by one.
    fn entries(&mut self, entries: &[Span]) {
        self.pieces(MutantKind::Part, entries);
    }

    /// Pieces with something between them, left out one by one, with what joins each to its neighbour.
    fn pieces(&mut self, kind: MutantKind, pieces: &[Span]) {
        let Some([first, second]) = pieces.first_chunk() else { return };
        let head = self.balanced(Span::new(first.source, first.start, second.start));
        self.leave_out(kind, head);
        for pair in pieces.windows(2) {
            let [before, piece] = pair else { continue };
            let with_comma = self.balanced(Span::new(piece.source, before.end, piece.end));
            self.leave_out(kind, with_comma);
        }
    }

    /// What stands after a comma and begins with a word of [`ADDITIONS`].
    fn additions(&mut self, span: Span) {
        let text = self.source.slice(span);
        for (comma, _) in text.match_indices(',') {
            let after = text.get(comma + 1..).unwrap_or_default().trim_start();
            if ADDITIONS.iter().any(|word| after.starts_with(word)) {
                let length = after.find([',', '\n']).unwrap_or(after.len());
                let length = after.get(..length).and_then(|part| part.find(" for ")).unwrap_or(length);
                let end = text.len() - after.len() + length;
                let start = span.start as usize;
                self.leave_out(MutantKind::Part, self.source.span(start + comma, start + end));
            }
        }
    }

    fn figures(&mut self, span: Span) {
        for (place, with) in shifted(self.source.slice(span)) {
            let start = span.start as usize;
            let span = self.source.span(start + place.start, start + place.end);
            self.out.push(Mutant { kind: MutantKind::Figure, span, with });
        }
    }

    fn leave_out(&mut self, kind: MutantKind, span: Span) {
        if !span.is_empty() {
            self.out.push(Mutant { kind, span, with: String::new() });
        }
    }

    /// The span with as many round brackets closed as opened: brackets at its ends are left out of it or taken in.
    fn balanced(&self, span: Span) -> Span {
        let text = self.source.text();
        let (mut start, mut end) = (span.start as usize, span.end as usize);
        let slice = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
        while brackets(slice(start, end)) < 0 {
            let Some(at) = slice(start, end).find(')') else { break };
            start += at + 1;
        }
        while brackets(slice(start, end)) > 0 {
            match slice(end, text.len()).trim_start().strip_prefix(')') {
                Some(rest) => end = text.len() - rest.len(),
                None => {
                    let Some(at) = slice(start, end).rfind('(') else { break };
                    end = start + at;
                }
            }
        }
        self.source.span(start, end)
    }
}

fn spans<T>(list: &[crate::source::Spanned<T>]) -> Vec<Span> {
    list.iter().map(|one| one.span).collect()
}

fn of_names(names: &[Name]) -> Vec<Span> {
    spans(names)
}

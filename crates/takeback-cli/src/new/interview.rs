//! Asks the questions, one after the other: a line is an answer, an empty line the usual one, `b` goes back. Works the same
//! on a terminal, for a screen reader and from a file.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use super::questions::{Choice, Key, Kind, QUESTIONS, Question};
use crate::exit::Failure;
use crate::output::{BAD, BOLD, DIM, styled};
use crate::table::{Align, Table};

/// What was answered.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    /// What the shop is called unless somebody says otherwise.
    shop: String,
    given: BTreeMap<Key, String>,
}

impl Answers {
    pub(super) fn new(shop: Option<String>) -> Self {
        let shop = shop.filter(|name| !name.is_empty()).unwrap_or_else(|| "My shop".to_owned());
        Self { shop, given: BTreeMap::new() }
    }

    pub(super) fn shop(&self) -> &str {
        &self.shop
    }

    /// The answer to a question; empty when it was not one.
    pub(super) fn get(&self, key: Key) -> &str {
        self.given.get(&key).map_or("", String::as_str)
    }

    /// The answer, when the question was one.
    pub(super) fn given(&self, key: Key) -> Option<&str> {
        self.given.get(&key).map(String::as_str)
    }

    pub(super) fn set(&mut self, key: Key, answer: String) {
        self.given.insert(key, answer);
    }

    /// The usual answer to everything that has none.
    pub(super) fn usual(mut self) -> Self {
        for question in QUESTIONS {
            if question.is_open(&self) && self.given(question.key).is_none() {
                let usual = usual(question, &self);
                self.set(question.key, usual);
            }
        }
        self.tidy();
        self
    }

    /// Forgets answers to what is no question any more.
    fn tidy(&mut self) {
        for question in QUESTIONS {
            if !question.is_open(self) {
                self.given.remove(&question.key);
            }
        }
    }
}

fn usual(question: &Question, answers: &Answers) -> String {
    match &question.kind {
        Kind::Choice(choices) => choices.first().map_or(String::new(), |choice| choice.writes.to_owned()),
        Kind::Text { usual, .. } => usual(answers),
    }
}

/// Asks everything. Where the input ends, the usual answers stand, unless somebody at a terminal ended it.
pub(super) fn interview(
    mut answers: Answers,
    input: &mut impl BufRead,
    out: &mut impl Write,
    terminal: bool,
) -> Result<Answers, Failure> {
    writeln!(out, "The returns policy of a shop, by questions.")?;
    writeln!(
        out,
        "{}",
        styled(DIM, "Enter takes the answer in brackets; b goes back; Ctrl-C leaves and writes nothing.")
    )?;
    let mut asked: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(question) = QUESTIONS.get(at) {
        answers.tidy();
        if !question.is_open(&answers) {
            at += 1;
            continue;
        }
        let before = asked.last().and_then(|last| QUESTIONS.get(*last)).map(|question| question.part);
        if before != Some(question.part) {
            writeln!(out, "\n{}", styled(BOLD, &format!("── {} ──", question.part)))?;
        }
        match ask(question, &answers, input, out, terminal)? {
            Said::Answer(answer) => {
                answers.set(question.key, answer);
                asked.push(at);
                at += 1;
            }
            Said::Back => at = asked.pop().unwrap_or(0),
            Said::End if terminal => return Err(Failure::new("nothing was written")),
            Said::End => break,
        }
    }
    writeln!(out)?;
    Ok(answers.usual())
}

enum Said {
    Answer(String),
    Back,
    End,
}

/// Asks until there is an answer.
fn ask(
    question: &Question,
    answers: &Answers,
    input: &mut impl BufRead,
    out: &mut impl Write,
    terminal: bool,
) -> Result<Said, Failure> {
    writeln!(out, "\n{}\n{}", styled(BOLD, question.asks), styled(DIM, question.why))?;
    let usual = match answers.given(question.key) {
        Some(before) => before.to_owned(),
        None => usual(question, answers),
    };
    let offered = match &question.kind {
        Kind::Choice(choices) => {
            let mut table = Table::new([Align::Right, Align::Left, Align::Left]);
            for (choice, number) in choices.iter().zip(1..) {
                table.row([format!("{number}"), choice.says.to_owned(), styled(DIM, choice.example)]);
            }
            let mut text = String::new();
            table.write(2, &mut text);
            out.write_all(text.as_bytes())?;
            choices
                .iter()
                .zip(1..)
                .find(|(choice, _)| choice.writes == usual)
                .map_or(1, |(_, number)| number)
                .to_string()
        }
        Kind::Text { .. } => usual.clone(),
    };
    loop {
        write!(out, "[{offered}] > ")?;
        out.flush()?;
        let mut line = String::new();
        let read =
            input.read_line(&mut line).map_err(|error| Failure::new(format!("cannot read the answer: {error}")))?;
        if read == 0 {
            writeln!(out)?;
            return Ok(Said::End);
        }
        let line = line.trim();
        if !terminal {
            // Somebody who reads along sees what was answered.
            writeln!(out, "{line}")?;
        }
        let checked = match (line, &question.kind) {
            ("", _) => Ok(usual.clone()),
            ("b", _) => return Ok(Said::Back),
            (line, Kind::Choice(choices)) => chosen(line, choices),
            (line, Kind::Text { check, .. }) => check(line, answers),
        };
        match checked {
            Ok(answer) => return Ok(Said::Answer(answer)),
            Err(trouble) if terminal => writeln!(out, "{}", styled(BAD, &trouble))?,
            Err(trouble) => {
                let asked = question.asks;
                return Err(Failure::new(format!("{asked} `{line}`: {trouble}")).help("nothing was written"));
            }
        }
    }
}

/// A choice by its number, or by the words of the language.
fn chosen(line: &str, choices: &[Choice]) -> Result<String, String> {
    let by_number = line.parse::<usize>().ok().and_then(|number| choices.get(number.checked_sub(1)?));
    let by_words = || choices.iter().find(|choice| choice.writes == line);
    match by_number.or_else(by_words) {
        Some(choice) => Ok(choice.writes.to_owned()),
        None => Err(format!("please a number from 1 to {}", choices.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::questions::{Key, OPENED_DECLINED};
    use super::{Answers, interview};

    fn answered(lines: &str, terminal: bool) -> Result<Answers, String> {
        interview(Answers::new(None), &mut lines.as_bytes(), &mut Vec::new(), terminal).map_err(|f| f.message)
    }

    #[test]
    fn where_answers_end_the_usual_ones_stand() {
        let answers = answered("Zoë's\neur\n", false).unwrap();
        assert_eq!(answers.get(Key::Name), "Zoë's");
        assert_eq!(answers.get(Key::Currency), "EUR");
        assert_eq!(answers.get(Key::Window), "30 days");
        assert_eq!(answers.get(Key::OpenedPercent), "15");
        assert_eq!(answers.given(Key::Months), None);
    }

    #[test]
    fn going_back_keeps_what_was_said_and_forgets_what_is_no_question() {
        // Name, currency, zone, from, window, start, opened: percent, 20 percent; back twice; opened: declined.
        let answers = answered("\n\n\n\n\n\n1\n20\nb\nb\n4\n", false).unwrap();
        assert_eq!(answers.get(Key::Opened), OPENED_DECLINED);
        assert_eq!(answers.given(Key::OpenedPercent), None);
        assert_eq!(answered("A\nb\n\n", false).unwrap().get(Key::Name), "A");
        assert_eq!(answered("b\nb\nA\n", false).unwrap().get(Key::Name), "A");
    }

    #[test]
    fn a_wrong_answer_is_asked_again_only_where_somebody_can_answer() {
        assert!(answered("A\ndollars\n", false).unwrap_err().contains("`dollars`"));
        assert_eq!(answered("A\ndollars\nCHF\n", true).unwrap_err(), "nothing was written");
    }
}

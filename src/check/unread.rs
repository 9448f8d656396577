//! What could not be read is reported by the parser. What only follows from it (a name whose declaration has a slip, a
//! choice whose line has one) would be said twice, so it is left out here.

use crate::diagnostic::{Code, Diagnostic, near};
use crate::source::{SourceSet, Span};

/// The sentences with a finding of the parser.
pub(super) struct Unread<'a> {
    sentences: Vec<Sentence<'a>>,
    whole_file: bool,
}

struct Sentence<'a> {
    span: Span,
    text: &'a str,
}

impl<'a> Unread<'a> {
    pub(super) fn new(sources: &'a SourceSet, findings: &[Diagnostic]) -> Self {
        let sentences = findings.iter().filter_map(|finding| {
            let text = sources.get(finding.span.source)?.text();
            let at = usize::try_from(finding.span.start).ok()?;
            let before = text.get(..at)?;
            let start = before.rfind(['\n', ';', '{', '}']).map_or(0, |end| end + 1);
            let rest = text.get(start..)?;
            Some(Sentence { span: finding.span, text: rest.trim_start() })
        });
        let whole_file =
            findings.iter().any(|f| matches!(f.code, Code::FileTooLarge | Code::NestedTooDeep | Code::NotUtf8));
        Self { sentences: sentences.collect(), whole_file }
    }

    /// Whether a file was not read at all.
    pub(super) fn whole_file(&self) -> bool {
        self.whole_file
    }

    /// Whether a sentence in a file was meant to begin with a word.
    pub(super) fn begins(&self, word: &str, file: Span) -> bool {
        let meant = |sentence: &Sentence<'_>| {
            let begin = sentence.text.split([' ', '\t', '\n']).next().unwrap_or("");
            begin == word || near(&begin.to_lowercase(), [word]).is_some()
        };
        self.sentences.iter().any(|sentence| sentence.span.source == file.source && meant(sentence))
    }

    /// Whether any sentence was meant to begin with a word.
    pub(super) fn begins_anywhere(&self, word: &str) -> bool {
        self.sentences.iter().any(|sentence| self.begins(word, sentence.span))
    }

    /// Whether a sentence that could not be read declares a name.
    fn declares(&self, name: &str) -> bool {
        self.sentences.iter().any(|sentence| {
            let second = sentence.text.split([' ', '\t']).filter(|word| !word.is_empty()).nth(1).unwrap_or("");
            second.trim_end_matches([':', '=', ',', '{', '\n', '\r']) == name || second == name
        })
    }

    /// Whether a finding only follows from what could not be read. What a file would declare that was not read at all is
    /// not known either.
    pub(super) fn explains(&self, finding: &Diagnostic, sources: &SourceSet) -> bool {
        if self.whole_file
            && matches!(
                finding.code,
                Code::UnknownName | Code::NoWindow | Code::NoBasis | Code::NoRoute | Code::StartNotSaid
            )
        {
            return true;
        }
        let words = || sources.get(finding.span.source).map_or("", |source| source.slice(finding.span));
        match finding.code {
            Code::UnknownName => {
                let words = words();
                let name = words.rsplit(' ').next().unwrap_or(words);
                let first = name.split(['/', '.']).next().unwrap_or(name);
                [words, name, first].iter().any(|name| self.declares(name.trim_matches('"')))
            }
            Code::FirstDayNotSaid => self.begins_anywhere("days"),
            Code::BusinessDaysNotSaid => self.begins_anywhere("business"),
            Code::MissingDateNotSaid => self.begins_anywhere("without"),
            Code::MonthEndNotSaid => self.begins_anywhere("months"),
            Code::RoundingNotSaid => self.begins_anywhere("rounding"),
            Code::FeeTermsNotSaid => self.declares(words().trim_matches('"')),
            Code::ExtensionsNotSaid => self.begins_anywhere("extensions"),
            Code::DiscountsNotSaid => self.begins_anywhere("discounts"),
            Code::TaxNotSaid => self.begins_anywhere("tax"),
            Code::SplitPaymentsNotSaid => self.begins_anywhere("split"),
            Code::DeadlineEventNotSaid => self.begins_anywhere("deadline"),
            Code::LinesNotSaid => self.begins_anywhere("lines"),
            Code::LateReturnsNotSaid => self.begins_anywhere("late"),
            _ => false,
        }
    }
}

//! Remedies that are accepted although nothing gives them a window, a start or a basis.

use crate::diagnostic::{Code, Diagnostic};
use crate::facts::{Cond, RemedyKind};
use crate::model::{Attribute, Clause};
use crate::program::{AttributeValue, WindowLength};

use super::Clauses;

impl Clauses<'_, '_> {
    /// Reports a remedy that is accepted although nothing around it, or inside it, gives it a window or a basis.
    pub(super) fn nothing_missing(&mut self, clauses: &[Clause]) {
        let states = |at: usize, wanted: Attribute| {
            clauses.get(at).is_some_and(|c| c.statements.iter().any(|s| s.attribute == wanted))
        };
        for (at, clause) in clauses.iter().enumerate() {
            for statement in &clause.statements {
                let (Attribute::Remedy(remedy), AttributeValue::Yes) = (statement.attribute, &statement.value) else {
                    continue;
                };
                let kind = self.cx.schema.remedies.get(usize::from(remedy)).map(|r| r.kind.clone());
                let name = self.cx.schema.remedy(remedy).to_owned();
                let missing = |wanted: Attribute| {
                    // A clause without any condition around it speaks for everything.
                    let always = |at: &usize| clauses.get(*at).is_some_and(|c| c.cond == Cond::Always);
                    let everywhere = (0..clauses.len()).any(|other| {
                        states(other, wanted) && self.tree.ways_up(other).iter().any(|way| way.iter().all(always))
                    });
                    !everywhere && self.tree.ways_up(at).iter().any(|way| !way.iter().any(|c| states(*c, wanted)))
                };
                if missing(Attribute::Window(remedy)) {
                    self.cx.out.push(
                        Diagnostic::new(
                            Code::NoWindow,
                            statement.span,
                            format!("`{name}` is accepted here, but for how long is not said"),
                        )
                        .help("add `window 30 days` or `window no limit`, here or in a clause around it"),
                    );
                } else if missing(Attribute::Start(remedy)) {
                    let length = self
                        .tree
                        .ways_up(at)
                        .iter()
                        .flatten()
                        .filter_map(|c| clauses.get(*c))
                        .flat_map(|c| &c.statements)
                        .any(|s| {
                            s.attribute == Attribute::Window(remedy)
                                && matches!(s.value, AttributeValue::Window { length: WindowLength::Length(..), .. })
                        });
                    if length {
                        self.cx.out.push(
                            Diagnostic::new(Code::StartNotSaid, statement.span, format!("from which day does the window of `{name}` count?")).help(
                                "add `start sold`, `start received`, `start shipped`, `start invoiced`, `start ordered` or `start installed`",
                            ),
                        );
                    }
                }
                if kind != Some(RemedyKind::Service) && missing(Attribute::Basis(remedy)) {
                    self.cx.out.push(
                        Diagnostic::new(Code::NoBasis, statement.span, format!("`{name}` is accepted here, but not what its amount starts from"))
                            .help("add `basis price paid`, `basis current price` or `basis lowest price in 90 days`, here or in a clause around it"),
                    );
                }
            }
        }
    }
}

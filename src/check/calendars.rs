//! The calendars that a policy names for its business days.

use std::sync::Arc;

use crate::date::{Calendar, calendar_named, calendar_names};
use crate::diagnostic::{Code, Diagnostic, near};
use crate::source::Spanned;
use crate::syntax::ast;

use super::say;

/// The calendar of that name; reported when there is none.
pub(super) fn named(name: &ast::Name, out: &mut Vec<Diagnostic>) -> Option<Arc<Calendar>> {
    let calendar = calendar_named(&name.node);
    if calendar.is_none() {
        let finding = Diagnostic::new(Code::UnknownName, name.span, format!("there is no calendar `{}`", name.node));
        out.push(match near(&name.node, calendar_names()) {
            Some(_) => say::meant(finding, name, calendar_names(), None),
            None => finding.help(format!("known: {}", list())),
        });
    }
    calendar.map(Arc::new)
}

/// The calendar of a choice, without the days on which the shop is closed.
pub(super) fn chosen(
    name: &ast::Name,
    closed: &[Spanned<ast::ClosedDay>],
    out: &mut Vec<Diagnostic>,
) -> Option<Arc<Calendar>> {
    let calendar = Arc::unwrap_or_clone(named(name, out)?);
    Some(Arc::new(closed.iter().fold(calendar, |calendar, day| match day.node {
        ast::ClosedDay::Date(day) => calendar.without_day(day),
        ast::ClosedDay::MonthDay(day) => calendar.without_day_of_year(day),
    })))
}

/// The names of all calendars; of the German Länder one stands for all.
pub(super) fn list() -> String {
    let lands = |name: &&str| name.starts_with("germany-");
    let names: Vec<&str> = calendar_names().filter(|name| !lands(name)).collect();
    let land = calendar_names().filter(lands).nth(1).unwrap_or_default();
    format!("{}, and one for each German Land, such as {land}", names.join(", "))
}

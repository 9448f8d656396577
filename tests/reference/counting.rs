//! How the sentences of a file count days: the choices that hold for the file they are written in.

use std::sync::Arc;

use takeback::date::{Calendar, FirstDay, Length, MonthEnd, Term, Unit, calendar_named};
use takeback::syntax::ast;

/// What a file, or the header for all files that do not say, chooses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    first_day: Option<FirstDay>,
    month_end: Option<MonthEnd>,
    /// The calendar, with the days on which the shop is closed.
    calendar: Option<Arc<Calendar>>,
    /// Whether windows end on a business day.
    roll: Option<bool>,
}

impl Counts {
    /// The first choice of each kind: what the header says goes before what a used file says.
    pub(crate) fn of<'a>(choices: impl Iterator<Item = &'a ast::Choice>) -> Counts {
        let mut counts = Counts::default();
        for choice in choices {
            match choice {
                ast::Choice::FirstDay(day) => {
                    counts.first_day.get_or_insert(*day);
                }
                ast::Choice::Months(end) => {
                    counts.month_end.get_or_insert(*end);
                }
                ast::Choice::WindowsEnd { on_business_day } => {
                    counts.roll.get_or_insert(*on_business_day);
                }
                ast::Choice::BusinessDays { calendar, closed } => {
                    let open = calendar_named(&calendar.node).unwrap();
                    let calendar = closed.iter().fold(open, |calendar, day| match day.node {
                        ast::ClosedDay::Date(day) => calendar.without_day(day),
                        ast::ClosedDay::MonthDay(day) => calendar.without_day_of_year(day),
                    });
                    counts.calendar.get_or_insert(Arc::new(calendar));
                }
                _ => {}
            }
        }
        counts
    }

    /// The file's own choices, and the header's where it makes none.
    pub(crate) fn or(&self, header: &Counts) -> Counts {
        Counts {
            first_day: self.first_day.or(header.first_day),
            month_end: self.month_end.or(header.month_end),
            calendar: self.calendar.clone().or(header.calendar.clone()),
            roll: self.roll.or(header.roll),
        }
    }

    /// A length by the calendar that the sentence names, or by the file's.
    pub(crate) fn term(&self, length: Length, named: Option<&ast::Name>) -> Term {
        let calendar = (length.unit == Unit::BusinessDays).then(|| self.calendar_of(named)).flatten();
        Term::new(length, self.month_end(), calendar)
    }

    /// The calendar by which a window of the file is put off to a business day, if it is: that of its choices.
    pub(crate) fn roll(&self, length: Length) -> Option<Arc<Calendar>> {
        if self.roll == Some(true) && length.unit != Unit::Hours { self.calendar.clone() } else { None }
    }

    fn calendar_of(&self, named: Option<&ast::Name>) -> Option<Arc<Calendar>> {
        named.map(|name| Arc::new(calendar_named(&name.node).unwrap())).or(self.calendar.clone())
    }

    pub(crate) fn first_day(&self) -> FirstDay {
        self.first_day.unwrap_or(FirstDay::DayAfter)
    }

    fn month_end(&self) -> MonthEnd {
        self.month_end.unwrap_or(MonthEnd::LastDay)
    }
}

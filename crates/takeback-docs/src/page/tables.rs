//! The tables of a page and what stands above and below them.

use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};
use takeback::date::{Instance, Season, SeasonDates};
use takeback::facts::{Cond, SeasonId};
use takeback::program::{AdjustmentKind, AttributeValue, ClauseId, Day, Reach, TreeId, WindowLength};
use takeback::terms::{Discipline, ExtensionRule};

use super::Page;
use crate::clauses::{tree, value};
use crate::conditions::category;
use crate::tables::{Row, asks_category, categories, fit_together, for_category, rows};
use crate::values::{capital, deduction_name, fee_name};
use crate::words::{Join, slug};

/// A clause that speaks of a category.
#[derive(PartialEq)]
struct Special {
    clause: ClauseId,
    /// What is left to ask of goods of the category; none: it does not hold for them.
    left: Option<Cond>,
}

/// A column of a table of clauses.
pub(super) struct Column {
    title: String,
    tree: TreeId,
    /// What holds where no clause speaks, if something does: a key.
    unsaid: Option<&'static str>,
}

impl Page<'_> {
    /// The general rule in sentences: what holds where nothing is asked.
    pub(super) fn short(&self) -> Markup {
        let (view, words) = (&self.view, self.words());
        let attributes = &view.version.attributes;
        let of = |list: &[TreeId], remedy: u16| list.get(usize::from(remedy)).copied().flatten();
        let offered: Vec<u16> = view
            .remedies
            .iter()
            .copied()
            .filter(|remedy| self.general(of(&attributes.remedy, *remedy)) == Some(&AttributeValue::Yes))
            .collect();
        let mut sentences = Vec::new();
        if let Some(first) = offered.first().copied() {
            let one = |remedy: &u16| {
                let name = view.program.schema.remedy(*remedy);
                words.find(&format!("a-remedy-{}", slug(name)), &[]).unwrap_or_else(|| words.name("remedy", name))
            };
            let names = words.list(&offered.iter().map(one).collect::<Vec<_>>(), Join::Or);
            sentences.push(words.tell("short-offer", &[("remedies", &names)]));
            let start = match self.general(of(&attributes.start, first)) {
                Some(AttributeValue::Start(dates)) => Some(view.told.start(dates)),
                _ => None,
            };
            match self.general(of(&attributes.window, first)) {
                Some(AttributeValue::Window { length: WindowLength::NoLimit, .. }) => {
                    sentences.push(words.say("short-no-limit"));
                }
                Some(AttributeValue::Window { length, .. }) => {
                    let length = view.told.window(length);
                    sentences.push(match start {
                        Some(start) => words.tell("short-window", &[("length", &length), ("start", &start)]),
                        None => words.tell("short-window-plain", &[("length", &length)]),
                    });
                }
                _ => {}
            }
            match self.general(attributes.pay) {
                Some(AttributeValue::Route {
                    to: takeback::program::Destination::Original | takeback::program::Destination::AskedFor,
                    up_to: None,
                    ..
                }) => {
                    let to = self.general(attributes.pay).map(|value| view.told.value(value)).unwrap_or_default();
                    sentences.push(words.tell("short-pay", &[("to", &to)]));
                }
                Some(value) => {
                    sentences.push(words.tell("short-pay-plain", &[("to", &view.told.value(value))]));
                }
                None => {}
            }
            sentences.push(view.told.counting(view.version).unwrap_or_default());
            sentences.retain(|sentence| !sentence.is_empty());
        } else {
            sentences.push(words.say("short-none"));
        }
        let exceptions = !offered.is_empty() && view.version.nodes.len() > 1;
        html! {
            p.short { (sentences.join(" ")) }
            @if exceptions { p { (words.say("short-exceptions")) } }
        }
    }

    /// What an attribute comes to where nothing is asked.
    fn general(&self, at: TreeId) -> Option<&AttributeValue> {
        let rows = rows(self.view.program, self.view.version, &[at]);
        let row = rows.iter().find(|row| row.conds.iter().all(|cond| **cond == Cond::Always))?;
        row.cells.first().copied().flatten()
    }

    pub(super) fn remedies(&self) -> Markup {
        let titles = |remedies: &[u16]| capital(&self.view.told.remedies(remedies, Join::Or));
        let columns = self.by_remedy(&self.view.version.attributes.remedy, Some("value-no"), &titles);
        self.decisions("caption-remedies", columns)
    }

    pub(super) fn windows(&self) -> Markup {
        let attributes = &self.view.version.attributes;
        let time = |remedies: &[u16]| self.titled("label-window", remedies);
        let start = |remedies: &[u16]| self.titled("label-start", remedies);
        let mut columns = self.by_remedy(&attributes.window, None, &time);
        // Where one clause says it for all, it need not stand in every line.
        let (general, starts): (Vec<Column>, Vec<Column>) = self
            .by_remedy(&attributes.start, None, &start)
            .into_iter()
            .partition(|column| self.is_general(column.tree));
        columns.extend(starts);
        let counting = self.view.told.counting(self.view.version).filter(|_| self.staff());
        let table = self.decisions("caption-windows", columns);
        html! {
            (table)
            @for column in general { (self.decisions("caption-windows", vec![column])) }
            @if let Some(counting) = counting { p.note { (counting) } }
        }
    }

    /// Whether but one clause speaks of it, and always.
    fn is_general(&self, at: TreeId) -> bool {
        let rows = rows(self.view.program, self.view.version, &[at]);
        matches!(rows.as_slice(), [row] if row.conds.iter().all(|cond| **cond == Cond::Always))
    }

    pub(super) fn fees(&self) -> Markup {
        let (version, words) = (self.view.version, self.words());
        let mut columns = Vec::new();
        for (fee, list) in version.choices.fees.iter().zip(&version.attributes.fee) {
            let name = fee_name(words, fee);
            columns.extend(self.by_remedy(list, Some("fee-none"), &|remedies| self.named(&name, remedies)));
        }
        for (name, list) in &version.attributes.deductions {
            let name = deduction_name(words, version, name);
            columns.extend(self.by_remedy(list, Some("fee-none"), &|remedies| self.named(&name, remedies)));
        }
        self.decisions("caption-fees", columns)
    }

    pub(super) fn amounts(&self) -> Markup {
        let attributes = &self.view.version.attributes;
        let mut columns = self.by_remedy(&attributes.basis, None, &|remedies| self.titled("label-basis", remedies));
        for (label, tree) in [
            ("label-tax", attributes.tax),
            ("label-shipping", attributes.shipping),
            ("label-discounts", attributes.discounts),
        ] {
            columns.push(Column { title: self.say(label), tree, unsaid: Some("see-counted") });
        }
        self.decisions("caption-amounts", columns)
    }

    pub(super) fn pay(&self) -> Markup {
        let attributes = &self.view.version.attributes;
        let columns = [
            ("label-pay", attributes.pay, None),
            ("label-hold", attributes.hold, Some("hold-none")),
            ("label-due", attributes.due, Some("due-at-once")),
        ];
        let columns = columns.map(|(label, tree, unsaid)| Column { title: self.say(label), tree, unsaid });
        let table = self.decisions("caption-pay", columns.into());
        if table.0.is_empty() {
            return table;
        }
        let split = self.view.told.split(self.view.version);
        html! {
            (table)
            dl.lines { dt { (self.say("label-split")) } dd { (split) } }
        }
    }

    /// Extensions and other shifts of windows.
    pub(super) fn longer(&self) -> Markup {
        let (view, words) = (&self.view, self.words());
        if view.version.adjustments.is_empty() {
            return html! {};
        }
        let several =
            view.version.adjustments.iter().filter(|a| matches!(a.kind, AdjustmentKind::Longer(_))).count() > 1;
        let rule = match view.version.choices.extensions {
            ExtensionRule::AddUp => "extend-add",
            ExtensionRule::LongestCounts => "extend-longest",
        };
        let [case, change] = ["th-case", "th-change"].map(|key| words.say(key));
        html! {
            p.note {
                (words.say("adjust-note"))
                @if several { " " (words.say(rule)) }
            }
            table role="table" {
                caption { (words.say("caption-longer")) }
                (self.head(&[&case, &change]))
                tbody role="rowgroup" {
                    @for adjustment in &view.version.adjustments {
                        @let named = adjustment.remedies.iter().any(|remedy| view.remedies.contains(remedy));
                        @let text = view.told.adjustment(&adjustment.kind);
                        @let text = if named { self.named_plain(text, &adjustment.remedies) } else { text };
                        tr role="row" {
                            (self.case(adjustment.clause, &self.conds_of(adjustment.clause), false))
                            td role="cell" data-label=(change) { (text) }
                        }
                    }
                }
            }
        }
    }

    fn named_plain(&self, text: String, remedies: &[u16]) -> String {
        let names = self.view.told.remedies(remedies, Join::And);
        self.words().tell("for-remedies", &[("what", &text), ("remedies", &names)])
    }

    /// The dates of the seasons that the version speaks of.
    pub(super) fn seasons(&self) -> Markup {
        let words = self.words();
        let all: Vec<(&Season, Vec<Instance>)> = self
            .seasons_used()
            .into_iter()
            .filter_map(|id| self.view.program.schema.seasons.get(usize::from(id.0)))
            .map(|season| (season, instances(season, self.options.day)))
            .filter(|(_, instances)| !instances.is_empty())
            .collect();
        if all.is_empty() {
            return html! {};
        }
        let until = all.iter().flat_map(|(_, instances)| instances).any(|instance| instance.until.is_some());
        let [season, from, to, deadline] = ["th-season", "th-from", "th-to", "th-until"].map(|key| words.say(key));
        let mut head = vec![&season, &from, &to];
        if until {
            head.push(&deadline);
        }
        html! {
            table role="table" {
                caption { (words.say("caption-seasons")) }
                (self.head(&head))
                tbody role="rowgroup" {
                    @for (of, instances) in &all {
                        @for instance in instances {
                            tr role="row" {
                                th role="rowheader" scope="row" { (capital(&of.name.replace(['-', '_'], " "))) }
                                td role="cell" data-label=(from) { (words.date(instance.from)) }
                                td role="cell" data-label=(to) { (words.date(instance.to)) }
                                @if until {
                                    td role="cell" data-label=(deadline) {
                                        (instance.until.map_or_else(|| words.say("not-applicable"), |day| words.date(day)))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn seasons_used(&self) -> Vec<SeasonId> {
        let mut found = std::collections::BTreeSet::new();
        for clause in self.view.clauses() {
            self.view.clause(clause).into_iter().for_each(|clause| seasons_of(&clause.cond, &mut found));
        }
        let version = self.view.version;
        let lengths = version.values.iter().filter_map(|value| match value {
            AttributeValue::Window { length: WindowLength::Until(day), .. } => Some(*day),
            _ => None,
        });
        let shifts = version.adjustments.iter().filter_map(|adjustment| match adjustment.kind {
            AdjustmentKind::Bound(_, day) | AdjustmentKind::StartNotBefore(day) => Some(day),
            AdjustmentKind::Longer(_) | AdjustmentKind::Pauses(_) | AdjustmentKind::Ending(..) => None,
        });
        for day in lengths.chain(shifts) {
            match day {
                Day::Date(_) => {}
                Day::MonthDay(_, season, _) | Day::DeadlineOf(season, _) | Day::DayAfter(season, _) => {
                    found.insert(season);
                }
            }
        }
        for adjustment in &version.adjustments {
            if let AdjustmentKind::Ending(season, _) = adjustment.kind {
                found.insert(season);
            }
        }
        found.into_iter().collect()
    }

    /// The ladder of authority.
    pub(super) fn authority(&self) -> Markup {
        let (view, words) = (&self.view, self.words());
        let Some(ladder) = &view.version.choices.authority else { return html! {} };
        let [role, amount] = ["th-role", "th-amount"].map(|key| words.say(key));
        let reach = |reach: &Reach| match reach {
            Reach::UpTo(most) => words.money(*most),
            Reach::AnyAmount => words.say("any-amount"),
            Reach::OwnMatters => words.say("own-matters"),
        };
        html! {
            table role="table" {
                caption { (words.say("caption-authority")) }
                (self.head(&[&role, &amount]))
                tbody role="rowgroup" {
                    @for rung in &ladder.rungs {
                        tr role="row" {
                            th role="rowheader" scope="row" { (view.told.role(rung.role)) }
                            td role="cell" data-label=(amount) { (reach(&rung.reach)) }
                        }
                    }
                }
            }
        }
    }

    /// What is put before somebody, and what somebody may allow.
    pub(super) fn decides(&self) -> Markup {
        let (view, words) = (&self.view, self.words());
        let mut found: Vec<(ClauseId, String)> = Vec::new();
        for guard in &view.version.guards {
            let mut text = view.told.guard(&guard.kind, guard.text.as_deref(), view.span(guard.clause));
            if let Some(limit) = &guard.limit {
                text = format!("{}: {text}", view.told.limit(limit));
            }
            found.push((guard.clause, text));
        }
        for tree in view.version.attributes.remedy.iter().filter_map(|at| tree(view.version, *at)) {
            for statement in &tree.statements {
                let Some(AttributeValue::No { overridable_by: Some(role), .. }) = value(view.version, statement.value)
                else {
                    continue;
                };
                let text = words.tell("may-allow", &[("role", &view.told.role(*role))]);
                if !found.contains(&(statement.clause, text.clone())) {
                    found.push((statement.clause, text));
                }
            }
        }
        let late = view.version.choices.late;
        if found.is_empty() && late.is_none() {
            return html! {};
        }
        let [case, decides] = ["th-case", "th-decides"].map(|key| words.say(key));
        html! {
            table role="table" {
                caption { (words.say("caption-decides")) }
                (self.head(&[&case, &decides]))
                tbody role="rowgroup" {
                    @for (clause, text) in &found {
                        tr role="row" {
                            (self.case(*clause, &self.conds_of(*clause), false))
                            td role="cell" data-label=(decides) { (text) }
                        }
                    }
                    @if let Some(role) = late {
                        tr role="row" {
                            th role="rowheader" scope="row" { (words.say("label-late")) }
                            td role="cell" data-label=(decides) {
                                (words.tell("late-allowed", &[("role", &view.told.role(role))]))
                            }
                        }
                    }
                }
            }
        }
    }

    /// What is special about the goods of each category that the policy names; categories of which the same is said together.
    pub(super) fn categories(&self) -> Markup {
        let mut groups: Vec<(Vec<String>, Vec<Special>)> = Vec::new();
        for path in categories(&self.view) {
            let special = self.special(&path);
            if special.is_empty() {
                continue;
            }
            match groups.iter_mut().find(|(_, known)| *known == special) {
                Some((names, _)) => names.push(category(&path)),
                None => groups.push((vec![category(&path)], special)),
            }
        }
        if groups.is_empty() {
            return html! {};
        }
        html! {
            p.note { (self.say("category-note")) }
            @for (names, special) in &groups {
                h3 { (names.join(", ")) }
                dl.special {
                    @for one in special {
                        dt {
                            (self.link(one.clause))
                            @if let Some(left) = &one.left {
                                @if let Some(when) = self.view.told.all([left]) {
                                    " " span.case { (self.words().tell("required-when", &[("what", &when)])) }
                                }
                            }
                        }
                        dd {
                            @if one.left.is_none() { (self.say("does-not-apply")) }
                            @else {
                                @for (at, line) in self.lines(one.clause).iter().filter(|line| line.clauses.is_empty()).enumerate() {
                                    @if at > 0 { "; " }
                                    (line.label) ": " (line.text)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The clauses that hold for goods of a category in other cases than for goods of none, or not at all.
    fn special(&self, path: &str) -> Vec<Special> {
        let schema = &self.view.program.schema;
        let mut found = Vec::new();
        for clause in self.view.clauses() {
            let conds = self.conds_of(clause);
            if !conds.iter().any(|cond| asks_category(cond)) {
                continue;
            }
            let whole = Cond::All(conds.into_iter().cloned().collect());
            let (left, other) = (for_category(&whole, path, schema), for_category(&whole, "", schema));
            let says = self.lines(clause).iter().any(|line| line.clauses.is_empty());
            if left != other && says {
                // What the shop says comes first, then the law.
                let law = self.around(clause).last().is_some_and(|head| self.view.law(*head).is_some());
                let place = self.view.clause(clause).map(|clause| (law, clause.span.source.0, clause.span.start));
                found.push((place, Special { clause, left }));
            }
        }
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, special)| special).collect()
    }

    /// A table of clauses, or several where one order does not do; lines where there is but one row that always holds.
    fn decisions(&self, caption: &str, columns: Vec<Column>) -> Markup {
        let version = self.view.version;
        let columns: Vec<Column> = columns.into_iter().filter(|column| tree(version, column.tree).is_some()).collect();
        let trees: Vec<TreeId> = columns.iter().map(|column| column.tree).collect();
        if columns.is_empty() {
            html! {}
        } else if fit_together(version, &trees) {
            self.decision_table(caption, &columns)
        } else {
            html! { @for column in &columns { (self.decision_table(caption, std::slice::from_ref(column))) } }
        }
    }

    fn decision_table(&self, caption: &str, columns: &[Column]) -> Markup {
        let (view, words) = (&self.view, self.words());
        let trees: Vec<TreeId> = columns.iter().map(|column| column.tree).collect();
        let mut rows: Vec<Row<'_>> = rows(view.program, view.version, &trees);
        rows.dedup_by(|a, b| a.clause == b.clause && a.cells == b.cells && a.conds == b.conds);
        let always = |row: &Row<'_>| row.conds.iter().all(|cond| **cond == Cond::Always);
        // What stands below a row that always holds is never said.
        let mut settled: Vec<bool> = columns.iter().map(|_| false).collect();
        for row in &mut rows {
            let open = always(row);
            for (cell, settled) in row.cells.iter_mut().zip(&mut settled) {
                if *settled {
                    *cell = None;
                }
                *settled |= open && cell.is_some();
            }
        }
        rows.retain(|row| row.cells.iter().any(Option::is_some));
        let rest: Vec<Option<&str>> =
            columns.iter().zip(&settled).map(|(column, settled)| column.unsaid.filter(|_| !settled)).collect();
        if let [row] = rows.as_slice()
            && always(row)
        {
            return html! {
                dl.lines {
                    @for ((column, value), unsaid) in columns.iter().zip(&row.cells).zip(&rest) {
                        @let text = value.map(|value| view.told.value(value)).or(unsaid.map(|key| words.say(key)));
                        @if let Some(text) = text {
                            dt { (column.title) }
                            dd { (text) }
                        }
                    }
                }
            };
        }
        let disciplines: Vec<Discipline> = trees.iter().filter_map(|at| tree(view.version, *at)?.discipline).collect();
        let case = words.say("th-case");
        let head: Vec<&String> = std::iter::once(&case).chain(columns.iter().map(|column| &column.title)).collect();
        html! {
            p.note {
                (words.say(if columns.len() > 1 { "first-fits-columns" } else { "first-fits" }))
                @if disciplines.contains(&Discipline::Favourable) { " " (words.say("disagree-best")) }
                @if disciplines.contains(&Discipline::Strictest) { " " (words.say("disagree-strict")) }
            }
            table role="table" {
                caption { (words.say(caption)) }
                (self.head(&head))
                tbody role="rowgroup" {
                    @for (at, row) in rows.iter().enumerate() {
                        tr role="row" {
                            (self.case(row.clause, &row.conds, at > 0))
                            @for (column, value) in columns.iter().zip(&row.cells) {
                                (self.cell(&column.title, *value))
                            }
                        }
                    }
                    @if rest.iter().any(Option::is_some) {
                        tr role="row" {
                            th role="rowheader" scope="row" { (capital(&words.say("case-else"))) }
                            @for (column, text) in columns.iter().zip(&rest) {
                                @match text {
                                    Some(text) => { td role="cell" data-label=(column.title) { (words.say(text)) } },
                                    None => (self.cell(&column.title, None)),
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn cell(&self, label: &str, value: Option<&AttributeValue>) -> Markup {
        match value {
            None => html! { td.empty role="cell" data-label=(label) { (self.say("not-applicable")) } },
            Some(value) => {
                let kind = match value {
                    AttributeValue::Yes => Some("yes"),
                    AttributeValue::No { .. } => Some("no"),
                    _ => None,
                };
                let text = match value {
                    AttributeValue::No { .. } if !self.staff() => self.say("value-no"),
                    value => self.view.told.value(value),
                };
                html! { td class=[kind] role="cell" data-label=(label) { (text) } }
            }
        }
    }

    pub(super) fn head(&self, titles: &[&String]) -> Markup {
        html! {
            thead role="rowgroup" {
                tr role="row" { @for title in titles { th role="columnheader" scope="col" { (title) } } }
            }
        }
    }

    /// The head of a row: which clause, and when it holds.
    pub(super) fn case(&self, clause: ClauseId, conds: &[&Cond], later: bool) -> Markup {
        let when = self.view.told.all(conds.iter().copied());
        let when = match (when, later) {
            (Some(when), _) => self.words().tell("required-when", &[("what", &when)]),
            (None, true) => self.say("case-else"),
            (None, false) => self.say("case-always"),
        };
        html! {
            th role="rowheader" scope="row" { (self.link(clause)) " " span.case { (when) } }
        }
    }

    /// The conditions of a clause and those around it.
    pub(super) fn conds_of(&self, clause: ClauseId) -> Vec<&Cond> {
        let around = self.around(clause).into_iter().rev();
        around.filter_map(|clause| self.view.clause(clause)).map(|clause| &clause.cond).collect()
    }

    /// A clause and those around it, the innermost first; of the first place where it stands.
    fn around(&self, clause: ClauseId) -> Vec<ClauseId> {
        let nodes = &self.view.version.nodes;
        let mut at = nodes.iter().find(|node| node.clause == clause);
        let mut around = Vec::new();
        while let Some(node) = at {
            around.push(node.clause);
            at = node.parent.and_then(|parent| nodes.get(parent as usize));
        }
        around
    }

    /// One column for each tree, with the remedies it is for.
    fn by_remedy(
        &self,
        list: &[TreeId],
        unsaid: Option<&'static str>,
        title: &dyn Fn(&[u16]) -> String,
    ) -> Vec<Column> {
        let mut groups: Vec<(TreeId, Vec<u16>)> = Vec::new();
        for remedy in &self.view.remedies {
            let at = list.get(usize::from(*remedy)).copied().flatten();
            if at.is_none() {
                continue;
            }
            match groups.iter_mut().find(|(tree, _)| *tree == at) {
                Some((_, remedies)) => remedies.push(*remedy),
                None => groups.push((at, vec![*remedy])),
            }
        }
        groups.into_iter().map(|(tree, remedies)| Column { title: title(&remedies), tree, unsaid }).collect()
    }

    /// A title, with the remedies where it is not for all of them.
    fn titled(&self, key: &str, remedies: &[u16]) -> String {
        self.named(&self.say(key), remedies)
    }

    fn named(&self, title: &str, remedies: &[u16]) -> String {
        if remedies.len() == self.view.remedies.len() {
            return title.to_owned();
        }
        self.named_plain(title.to_owned(), remedies)
    }
}

fn seasons_of(cond: &Cond, out: &mut std::collections::BTreeSet<SeasonId>) {
    match cond {
        Cond::Season(_, season) => {
            out.insert(*season);
        }
        Cond::All(all) | Cond::Any(all) => all.iter().for_each(|one| seasons_of(one, out)),
        Cond::Not(inner)
        | Cond::AnyTender(inner)
        | Cond::AnyLine(inner)
        | Cond::EveryLine(inner)
        | Cond::LineCount(inner, ..)
        | Cond::RefundTotal(inner, ..) => seasons_of(inner, out),
        _ => {}
    }
}

/// The times of a season in the year of a day and the next; of one with dates those that are not over by that year, or
/// else the last one.
fn instances(season: &Season, day: NaiveDate) -> Vec<Instance> {
    match &season.instances {
        SeasonDates::Yearly { from, .. } => {
            let first = |year: i32| {
                NaiveDate::from_ymd_opt(year, from.month(), from.day())
                    .or_else(|| NaiveDate::from_ymd_opt(year, from.month(), from.day().saturating_sub(1)))
            };
            [day.year(), day.year() + 1].into_iter().filter_map(|year| season.instance_of(first(year)?)).collect()
        }
        SeasonDates::Dated(all) => {
            let ends = |instance: &Instance| instance.until.unwrap_or(instance.to).max(instance.to);
            let mut open: Vec<Instance> = all.iter().copied().filter(|one| ends(one).year() >= day.year()).collect();
            if open.is_empty() {
                open.extend(all.iter().copied().max_by_key(|instance| instance.to));
            }
            open.sort_by_key(|instance| instance.from);
            open
        }
    }
}

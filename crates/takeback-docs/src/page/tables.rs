//! The tables of clauses, and the general rule above them.

use maud::{Markup, html};
use takeback::Join;
use takeback::facts::Cond;
use takeback::program::{AttributeValue, ClauseId, TreeId, WindowLength};
use takeback::terms::Discipline;

use super::Page;
use crate::clauses::tree;
use crate::tables::{Row, fit_together, rows};
use crate::values::{capital, deduction_name, fee_name};

/// A column of a table of clauses.
pub(super) struct Column {
    title: String,
    tree: TreeId,
    /// What holds where no clause speaks, if something does: a key.
    unsaid: Option<&'static str>,
    /// Whether it is told of goods that stay with the customer.
    kept: bool,
}

impl Page<'_> {
    /// The general rule in sentences: what holds where nothing is asked.
    pub(super) fn short(&self) -> Markup {
        let (view, words) = (&self.view, self.words());
        let attributes = &view.version.attributes;
        let of = |list: &[TreeId], remedy: u16| list.get(usize::from(remedy)).copied().flatten();
        let offered: Vec<u16> = view
            .own
            .iter()
            .copied()
            .filter(|remedy| self.general(of(&attributes.remedy, *remedy)) == Some(&AttributeValue::Yes))
            .collect();
        let mut sentences = Vec::new();
        if let Some(first) = offered.first().copied() {
            let names = view.told.the_remedies(&offered, Join::Or);
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
        let (kept, back): (Vec<u16>, Vec<u16>) =
            self.view.own.iter().copied().partition(|remedy| self.view.keeps(*remedy));
        let basis = |remedies: &[u16]| self.titled("label-basis", remedies);
        let mut columns = self.of_remedies(&back, &attributes.basis, None, &basis);
        let kept = self.of_remedies(&kept, &attributes.basis, None, &basis);
        columns.extend(kept.into_iter().map(|column| Column { kept: true, ..column }));
        for (label, tree) in [
            ("label-tax", attributes.tax),
            ("label-shipping", attributes.shipping),
            ("label-discounts", attributes.discounts),
        ] {
            columns.push(Column { title: self.say(label), tree, unsaid: Some("see-counted"), kept: false });
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
        let columns = columns.map(|(label, tree, unsaid)| Column { title: self.say(label), tree, unsaid, kept: false });
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

    pub(super) fn named_plain(&self, text: String, remedies: &[u16]) -> String {
        let names = self.view.told.remedies(remedies, Join::And);
        self.words().tell("for-remedies", &[("what", &text), ("remedies", &names)])
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
                        @let text = value.map(|value| self.told(column, value)).or(unsaid.map(|key| words.say(key)));
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
                                (self.cell(column, *value))
                            }
                        }
                    }
                    @if rest.iter().any(Option::is_some) {
                        tr role="row" {
                            th role="rowheader" scope="row" { (capital(&words.say("case-else"))) }
                            @for (column, text) in columns.iter().zip(&rest) {
                                @match text {
                                    Some(text) => { td role="cell" data-label=(column.title) { (words.say(text)) } },
                                    None => (self.cell(column, None)),
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// What a column says.
    fn told(&self, column: &Column, value: &AttributeValue) -> String {
        match value {
            AttributeValue::Basis { .. } => self.view.told.basis(value, column.kept),
            value => self.view.told.value(value),
        }
    }

    fn cell(&self, column: &Column, value: Option<&AttributeValue>) -> Markup {
        let label = &column.title;
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
                    value => self.told(column, value),
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
    pub(super) fn around(&self, clause: ClauseId) -> Vec<ClauseId> {
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
        self.of_remedies(&self.view.own, list, unsaid, title)
    }

    fn of_remedies(
        &self,
        remedies: &[u16],
        list: &[TreeId],
        unsaid: Option<&'static str>,
        title: &dyn Fn(&[u16]) -> String,
    ) -> Vec<Column> {
        let mut groups: Vec<(TreeId, Vec<u16>)> = Vec::new();
        for remedy in remedies {
            let at = list.get(usize::from(*remedy)).copied().flatten();
            if at.is_none() {
                continue;
            }
            match groups.iter_mut().find(|(tree, _)| *tree == at) {
                Some((_, remedies)) => remedies.push(*remedy),
                None => groups.push((at, vec![*remedy])),
            }
        }
        groups
            .into_iter()
            .map(|(tree, remedies)| Column { title: title(&remedies), tree, unsaid, kept: false })
            .collect()
    }

    /// A title, with the remedies where it is not for all of them.
    fn titled(&self, key: &str, remedies: &[u16]) -> String {
        self.named(&self.say(key), remedies)
    }

    fn named(&self, title: &str, remedies: &[u16]) -> String {
        if remedies.len() == self.view.own.len() {
            return title.to_owned();
        }
        self.named_plain(title.to_owned(), remedies)
    }
}

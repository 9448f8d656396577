//! The page itself: which sections it has, in which order, and the frame around them.

mod categories;
mod dates;
mod decides;
mod forms;
mod rules;
mod tables;

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use takeback::program::{ClauseId, Program, Version};
use takeback::terms::VersionClock;
use takeback::{Arg, Policy};

use crate::changes::changes;
use crate::clauses::{Line, View};
use crate::conditions::Told;
use crate::words::Words;
use crate::{Names, Options};

const STYLE: &str = include_str!("page/style.css");

/// Who reads a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// The customers of the shop.
    #[default]
    Customers,
    /// Those who decide returns.
    Staff,
}

impl Audience {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Customers, Self::Staff];

    /// As options and files name it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Staff => "staff",
        }
    }
}

/// What the parts of a page are written with.
struct Page<'a> {
    view: View<'a>,
    /// What each clause says.
    lines: BTreeMap<ClauseId, Vec<Line>>,
    options: &'a Options<'a>,
}

/// A part of a page; empty parts are left out.
struct Section {
    /// Its anchor: no label has a dot.
    id: &'static str,
    /// The key of its heading.
    title: &'static str,
    body: Markup,
}

impl Page<'_> {
    fn words(&self) -> &Words<'_> {
        self.view.told.words
    }

    fn say(&self, key: &str) -> String {
        self.words().say(key)
    }

    fn staff(&self) -> bool {
        self.options.audience == Audience::Staff
    }

    /// A link to the section of a clause; its title alone where it has none on this page.
    fn link(&self, clause: ClauseId) -> Markup {
        let title = self.view.title(clause);
        match self.anchor(clause) {
            Some(anchor) => html! { a href=(format!("#{anchor}")) { (title) } },
            None => html! { (title) },
        }
    }

    /// What a clause says.
    fn lines(&self, clause: ClauseId) -> &[Line] {
        self.lines.get(&clause).map_or(&[], Vec::as_slice)
    }

    fn anchor(&self, clause: ClauseId) -> Option<String> {
        self.view.clause(clause).map(|clause| clause.path.to_string())
    }

    /// What comes first, and the tables.
    fn sections(&self) -> Vec<Section> {
        let part = |id, title, body| Section { id, title, body };
        let mut sections = if self.staff() {
            vec![
                part("page.categories", "section-categories", self.categories()),
                part("page.decides", "section-decides", self.decides()),
                part("page.authority", "section-authority", self.authority()),
                part("page.remedies", "section-remedies-staff", self.remedies()),
                part("page.windows", "section-windows-staff", self.windows()),
                part("page.longer", "section-longer", self.longer()),
                part("page.seasons", "section-seasons", self.seasons()),
                part("page.fees", "section-fees-staff", self.fees()),
                part("page.amounts", "section-amounts", self.amounts()),
                part("page.pay", "section-pay-staff", self.pay()),
                part("page.forms", "section-forms", self.forms()),
            ]
        } else {
            vec![
                part("page.short", "section-short", self.short()),
                part("page.windows", "section-windows", self.windows()),
                part("page.longer", "section-longer", self.longer()),
                part("page.seasons", "section-seasons", self.seasons()),
                part("page.remedies", "section-remedies", self.remedies()),
                part("page.fees", "section-fees", self.fees()),
                part("page.pay", "section-pay", self.pay()),
                part("page.bring", "section-bring", self.bring()),
            ]
        };
        sections.push(part("page.rules", "section-rules", self.rules(false)));
        let law = if self.staff() { "section-law-staff" } else { "section-law" };
        sections.push(part("page.law", law, self.rules(true)));
        sections.push(part("page.count", "section-count", self.count()));
        sections.retain(|section| !section.body.0.is_empty());
        sections
    }
}

fn view<'a>(program: &'a Program, version: &'a Version, words: &'a Words<'a>, options: &Options<'_>) -> View<'a> {
    View::new(program, version, Told { words, schema: &program.schema }, options.audience == Audience::Staff)
}

/// A page of one version. `names` are those of the other pages, where there are any.
pub(crate) fn write(
    policy: &Policy,
    version: usize,
    since: Option<usize>,
    options: &Options<'_>,
    names: Option<&Names>,
) -> String {
    let program = policy.program();
    let words = Words::new(program.currency, options.teller);
    let Some(of) = program.versions.get(version) else { return String::new() };
    let view_of = |version| view(program, version, &words, options);
    let view = view_of(of);
    let lines = view.clauses().into_iter().map(|clause| (clause, view.lines(clause))).collect();
    let page = Page { view, lines, options };
    let mut sections = page.sections();
    if let Some(old) = since.and_then(|since| program.versions.get(since)) {
        let changed = page.changed(&view_of(old));
        sections.push(Section { id: "page.changed", title: "section-changed", body: changed });
    }
    let old = since.and_then(|since| program.versions.get(since)).map_or("", |version| version.name.as_str());
    let heading = |section: &Section| words.tell(section.title, &[("version", &old)]);
    let title = match options.audience {
        Audience::Customers => words.tell("title-customers", &[("shop", &program.name)]),
        Audience::Staff => words.tell("title-staff", &[("shop", &program.name)]),
    };
    let body = html! {
        a.skip href="#page.main" { (words.say("skip")) }
        header {
            h1 { (title) }
            p.edition { (edition(program, version, &words)) }
            p.lead { (words.say(if page.staff() { "lead-staff" } else { "lead-customers" })) }
            @if let Some(names) = names {
                ul.pages {
                    @for other in Audience::ALL.into_iter().filter(|other| *other != options.audience) {
                        li { a href=(names.file(version, other)) {
                            (words.say(&format!("other-part-{}", other.word())))
                        } }
                    }
                    li { a href="index.html" { (words.say("other-versions")) } }
                }
            }
        }
        nav aria-labelledby="page.contents" {
            h2 id="page.contents" { (words.say("contents")) }
            ol {
                @for section in &sections { li { a href=(format!("#{}", section.id)) { (heading(section)) } } }
            }
        }
        main id="page.main" tabindex="-1" {
            @for section in &sections {
                section aria-labelledby=(section.id) {
                    h2 id=(section.id) { (heading(section)) }
                    (section.body)
                }
            }
        }
        footer {
            p { (words.tell("made", &[("day", &Arg::Day(options.day))])) }
        }
    };
    frame(&title, words.tag(), &body)
}

/// The table of all versions, newest first.
pub(crate) fn versions(policy: &Policy, names: &Names, options: &Options<'_>) -> String {
    let program = policy.program();
    let words = Words::new(program.currency, options.teller);
    let title = words.tell("title-versions", &[("shop", &program.name)]);
    let [version_label, from, to] = ["th-version", "th-from", "th-to"].map(|key| words.say(key));
    let body = html! {
        header { h1 { (title) } }
        main {
            table role="table" {
                caption { (words.say("caption-versions")) }
                thead role="rowgroup" {
                    tr role="row" {
                        @for head in [&version_label, &from, &to] { th role="columnheader" scope="col" { (head) } }
                        th role="columnheader" scope="col" { (words.say("other-part-customers")) }
                        th role="columnheader" scope="col" { (words.say("other-part-staff")) }
                    }
                }
                tbody role="rowgroup" {
                    @for (at, version) in program.versions.iter().enumerate().rev() {
                        tr role="row" {
                            th role="rowheader" scope="row" { (version.name) }
                            td role="cell" data-label=(from) { (words.date(version.from)) }
                            td role="cell" data-label=(to) { (last_day(program, at).map_or_else(|| words.say("not-applicable"), |day| words.date(day))) }
                            @for audience in Audience::ALL {
                                @let label = words.say(&format!("other-part-{}", audience.word()));
                                td role="cell" data-label=(label) {
                                    a href=(names.file(at, audience)) aria-label=(format!("{version_label} {}: {label}", version.name)) { (label) }
                                }
                            }
                        }
                    }
                }
            }
        }
        footer {
            p { (words.tell("made", &[("day", &Arg::Day(options.day))])) }
        }
    };
    frame(&title, words.tag(), &body)
}

fn frame(title: &str, tag: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(tag) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="takeback";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    };
    let mut text = page.into_string();
    text.push('\n');
    text
}

/// Which version it is, and for what it holds.
fn edition(program: &Program, at: usize, words: &Words<'_>) -> String {
    let Some(version) = program.versions.get(at) else { return String::new() };
    let key = match program.clock.0 {
        VersionClock::Sold => "edition",
        VersionClock::Ordered => "edition-ordered",
        VersionClock::Requested => "edition-requested",
    };
    let from = words.tell(key, &[("version", &version.name), ("day", &Arg::Day(version.from))]);
    match last_day(program, at) {
        Some(day) => format!("{from} {}", words.tell("edition-until", &[("day", &Arg::Day(day))])),
        None => from,
    }
}

/// The last day before the next version begins.
fn last_day(program: &Program, at: usize) -> Option<chrono::NaiveDate> {
    program.versions.get(at + 1).and_then(|next| next.from.pred_opt())
}

impl Page<'_> {
    /// What is not the same as in another version.
    fn changed(&self, old: &View<'_>) -> Markup {
        let found = changes(old, &self.view, self.options.audience);
        let lines = |key: &'static str, whole: bool, lines: &Option<Vec<String>>| {
            html! {
                @for line in lines.iter().flatten() {
                    li { @if whole { (line) } @else { (self.words().tell(key, &[("what", line)])) } }
                }
            }
        };
        html! {
            @if found.is_empty() { p { (self.say("nothing-changed")) } }
            @else {
                dl.changes {
                    @for change in &found {
                        @let kind = match (&change.before, &change.now) {
                            (None, _) => "added",
                            (_, None) => "removed",
                            _ => "changed",
                        };
                        dt {
                            @if change.now.is_some() { a href=(format!("#{}", change.path)) { (change.title) } }
                            @else { (change.title) }
                            " " span.tag { (self.say(kind)) }
                        }
                        @let whole = kind != "changed";
                        dd { ul { (lines("before", whole, &change.before)) (lines("now", whole, &change.now)) } }
                    }
                }
            }
        }
    }
}

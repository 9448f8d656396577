//! A policy from its files: read, checked, tested, and written into a bundle.

use std::sync::Arc;

#[cfg(feature = "locales")]
use super::Messages;
use super::{Found, Inner, Policy};
use crate::bundle::{self, Content};
use crate::date::Zone;
use crate::diagnostic::{Diagnostic, Report, Severity};
#[cfg(feature = "locales")]
use crate::messages::{self, Text};
#[cfg(feature = "locales")]
use crate::model::Model;
use crate::program::Program;
use crate::scenario::{self, ScenarioResult};
use crate::source::SourceSet;
use crate::syntax::{self, ast};
use crate::{analysis, check, compile};

#[cfg(feature = "locales")]
impl Messages {
    fn check(&mut self, model: &Model, files: &[ast::File], sources: &SourceSet, out: &mut Vec<Diagnostic>) {
        (self.roots, self.texts) = check::texts(model, files, sources);
        messages::check(&self.files, &self.roots, &self.texts, out);
    }
}

impl Policy {
    /// Reads and checks the files of a policy. `use` finds files inside the set only.
    ///
    /// # Errors
    /// A report with every finding of all files, when at least one of them is an error.
    pub fn compile(sources: &SourceSet) -> Result<Self, Report> {
        Self::of_files(sources, sources.iter().map(syntax::parse).collect())
    }

    /// Checks files that were read, each with what was found in it.
    pub(crate) fn of_files(sources: &SourceSet, parsed: Vec<(ast::File, Vec<Diagnostic>)>) -> Result<Self, Report> {
        let (files, found): (Vec<_>, Vec<_>) = parsed.into_iter().unzip();
        let mut findings: Vec<Diagnostic> = found.into_iter().flatten().collect();
        let broken = findings.iter().any(|d| d.severity == Severity::Error);
        let (model, mut found) = check::check(sources, &files, &findings);
        findings.append(&mut found);
        #[cfg(feature = "locales")]
        let mut messages = Messages::read(sources, &mut findings);
        let Some(mut model) = model.filter(|_| !broken) else { return Err(Report::new(findings, sources)) };
        #[cfg(feature = "locales")]
        messages.check(&model, &files, sources, &mut findings);
        let scenarios: Vec<_> = model.versions.iter_mut().map(|v| std::mem::take(&mut v.scenarios)).collect();
        let unverified = Report::new(analysis::unverified::find(&model), sources);
        let program = Arc::new(compile::compile(model));
        findings.append(&mut scenario::check(&program, &scenarios));
        let report = Report::new(findings, sources);
        if report.has_errors() {
            return Err(report);
        }
        let inner = Inner {
            program,
            sources: sources.clone(),
            bundle: None,
            found: Found { warnings: report, unverified, scenarios },
            #[cfg(feature = "locales")]
            messages,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The policy in one file, which [`Policy::load`] reads: with the calendars it uses, its time zones and these, and its
    /// messages; without its text and its scenarios. The same files make the same bytes, wherever their folder is.
    pub fn bundle(&self, zones: &[Zone]) -> Vec<u8> {
        let Inner { program, sources, .. } = &*self.inner;
        let mut program = Program::clone(program);
        let mut carried = program.zones.take().unwrap_or_default();
        carried.extend(program.versions.iter().filter_map(|version| version.zone.clone()));
        carried.extend_from_slice(zones);
        carried.sort_by(|one, other| one.name().cmp(other.name()));
        carried.dedup();
        program.zones = Some(carried);
        let folder = bundle::common_folder(sources);
        let short = |name: &str| bundle::inside(name, &folder).to_owned();
        let files = match &self.inner.bundle {
            Some(bundle) => bundle.files.clone(),
            None => sources.iter().map(|source| bundle::file(short(source.name()), source.text())).collect(),
        };
        #[cfg(feature = "locales")]
        let texts = {
            let Messages { roots, texts, .. } = &self.inner.messages;
            let local = |(folder, key): &(String, String)| (short(folder), key.clone());
            let texts = texts.iter().map(|text| Text { local: text.local.as_ref().map(local), ..text.clone() });
            (roots.iter().map(|root| short(root)).collect(), texts.collect())
        };
        let content = Content {
            program,
            sources: sources.clone(),
            files,
            #[cfg(feature = "locales")]
            texts,
        };
        bundle::write(&content)
    }

    /// What was found that is not an error.
    pub fn warnings(&self) -> &Report {
        &self.inner.found.warnings
    }

    /// The rights and rules of the law it uses whose citations say that nobody has verified them. No mistake of the
    /// policy, and so not among its [`warnings`](Self::warnings): for those who want to rely on nothing else.
    pub fn unverified(&self) -> &Report {
        &self.inner.found.unverified
    }

    /// Runs the scenarios of its files, in the order of the files.
    pub fn test(&self) -> Vec<ScenarioResult> {
        scenario::test(&self.inner.program, &self.inner.sources, &self.inner.found.scenarios)
    }

    /// The name of the first scenario that fails, of those that are meant.
    pub(crate) fn first_failure(&self, meant: &dyn Fn(&str) -> bool) -> Option<String> {
        scenario::first_failure(&self.inner.program, &self.inner.sources, &self.inner.found.scenarios, meant)
    }
}

//! Completions as JSON, in the form of docs/reference/record.md.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Completion, FilledField, FilledForm, Problem, Record, Stored};
use crate::decision::{Essentials, field_type, kept_entries};
use crate::program::{self, Program, Version};

impl Serialize for Completion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        match self {
            Completion::Finished(record) => {
                map.serialize_entry("complete", &true)?;
                map.serialize_entry("record", record)?;
            }
            Completion::Unfinished(problems) => {
                map.serialize_entry("complete", &false)?;
                map.serialize_entry("problems", problems)?;
            }
        }
        map.end()
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("path", &self.path)?;
        if let Some(form) = &self.form {
            map.serialize_entry("form", form)?;
            map.serialize_entry("line", &self.line)?;
        }
        if let Some(field) = &self.field {
            map.serialize_entry("field", field)?;
        }
        map.serialize_entry("code", self.kind.word())?;
        map.serialize_entry("message", &self.message)?;
        map.end()
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let program = &*self.decision.program;
        let version = program.versions.get(self.decision.version);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("policy", &Policy { program, version })?;
        map.serialize_entry("day", &self.day.to_string())?;
        map.serialize_entry("decision", &Essentials(&self.decision))?;
        let forms: Vec<Form<'_>> = self.forms.iter().map(|form| Form { record: self, form }).collect();
        map.serialize_entry("forms", &forms)?;
        if let Some(key) = &self.key {
            map.serialize_entry("key", key)?;
        }
        map.end()
    }
}

struct Policy<'a> {
    program: &'a Program,
    version: Option<&'a Version>,
}

impl Serialize for Policy<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("name", &self.program.name)?;
        map.serialize_entry("version", self.version.map_or("", |version| version.name.as_str()))?;
        map.end()
    }
}

struct Form<'a> {
    record: &'a Record,
    form: &'a FilledForm,
}

impl Serialize for Form<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let known = self.record.form(self.form);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("form", known.map_or("", |form| &form.label))?;
        map.serialize_entry("line", &self.record.line(self.form))?;
        if let Some(title) = known.and_then(|form| form.title.as_deref()) {
            map.serialize_entry("title", title)?;
        }
        let field = |field| Field { record: self.record, known, field };
        let fields: Vec<Field<'_>> = self.form.fields.iter().map(field).collect();
        map.serialize_entry("fields", &fields)?;
        map.end()
    }
}

struct Field<'a> {
    record: &'a Record,
    known: Option<&'a program::Form>,
    field: &'a FilledField,
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let filled = self.field;
        let known = self.known.and_then(|form| form.fields.get(usize::from(filled.field)));
        let mut map = serializer.serialize_map(None)?;
        if let Some(field) = known {
            map.serialize_entry("field", &*field.name)?;
            if let Some(title) = field.title.as_deref() {
                map.serialize_entry("title", title)?;
            }
            map.serialize_entry("type", field_type(&field.ty))?;
        }
        map.serialize_entry("needed", filled.needed.word())?;
        map.serialize_entry("stored", filled.stored.word())?;
        match &filled.stored {
            Stored::Value(value) => map.serialize_entry("value", value)?,
            Stored::Hash(hash) => map.serialize_entry("hash", hash)?,
            Stored::Nothing | Stored::Deleted | Stored::NoAnswer => {}
        }
        if filled.prefilled {
            map.serialize_entry("prefilled", &true)?;
        }
        if let Some(by) = &filled.filled_by {
            map.serialize_entry("filled_by", by)?;
        }
        if let Some(field) = known {
            kept_entries(&mut map, field)?;
            if let Some(until) = filled.until {
                map.serialize_entry("until", &until.to_string())?;
            }
            if !field.printed {
                map.serialize_entry("printed", &false)?;
            }
        }
        let path = |id| self.record.decision.program.clause(id).map_or("", |clause| &*clause.path);
        let by: Vec<&str> = filled.by.iter().map(|id| path(*id)).collect();
        map.serialize_entry("by", &by)?;
        map.end()
    }
}

impl Stored {
    /// As JSON writes it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Value(_) => "value",
            Self::Hash(_) => "hash",
            Self::Nothing => "nothing",
            Self::Deleted => "deleted",
            Self::NoAnswer => "no answer",
        }
    }
}

impl Record {
    /// A form of the policy that was filled in.
    pub fn form(&self, filled: &FilledForm) -> Option<&program::Form> {
        let version = self.decision.program.versions.get(self.decision.version)?;
        version.forms.get(usize::from(filled.form))
    }

    /// The id of the line a form is about; none: the visit.
    pub fn line(&self, filled: &FilledForm) -> Option<&str> {
        filled.line.and_then(|line| self.decision.lines.get(line)).map(|line| &*line.line)
    }
}

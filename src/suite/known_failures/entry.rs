//! One entry of the list, field by field.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde_saphyr::Spanned;

use super::yaml::{Fields, Page, Value};
use crate::report::KnownFailure;
use crate::rules::RowId;
use crate::suite::diagnostic::{Diagnostic, nearest};

/// Every field that an entry can have.
const FIELDS: [&str; 9] = [
    "row", "crm", "kind", "mode", "field", "scenario", "reason", "link", "expires",
];
pub(super) const CRMS: &[&str] = &["salesforce", "hubspot"];
pub(super) const KINDS: &[&str] = &[
    "contact", "account", "lead", "email", "task", "call", "note", "meeting",
];
pub(super) const MODES: &[&str] = &["single", "bulk"];
pub(super) const WHAT: &[&str] = &[
    "owner",
    "created_by",
    "apollo_owner",
    "owner_is_creator",
    "invariant",
    "nothing_else",
];

/// An entry as it is written.
pub(super) struct Draft<'a> {
    page: &'a Page<'a>,
    whole: &'a Spanned<Value>,
    fields: BTreeMap<&'a str, &'a Spanned<Value>>,
    unknown: Vec<&'a Spanned<String>>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(page: &'a Page<'a>, whole: &'a Spanned<Value>, fields: &'a Fields) -> Self {
        let unknown = fields.iter().map(|(key, _)| key);
        Self {
            page,
            whole,
            fields: fields
                .iter()
                .map(|(key, value)| (key.value.as_str(), value))
                .collect(),
            unknown: unknown
                .filter(|key| !FIELDS.contains(&key.value.as_str()))
                .collect(),
        }
    }

    /// The entry; or `None`, where something of it is wrong, and has been added to `found`.
    pub(super) fn entry(&self, today: Date, found: &mut Vec<Diagnostic>) -> Option<KnownFailure> {
        let before = found.len();
        found.extend(self.unknown.iter().map(|key| self.no_such_field(key)));
        let row = self.row(found);
        let crm = self.word("crm", CRMS, found);
        let kind = self.word("kind", KINDS, found);
        let mode = self.word("mode", MODES, found);
        let field = self.word("field", WHAT, found);
        let scenario = self.text("scenario", found);
        if found.len() == before && row.is_none() && (scenario.is_none() || field.is_none()) {
            let message = "this entry doesn't say which row is broken: expected such as `row: R05`";
            let hint = "what a feature claims beside the rows is listed by `scenario` and `field` together";
            found.push(self.page.at(self.whole, message).hint(hint));
        }
        let reason = self.needed("reason", "say in a sentence why it is as it is", found);
        let link = self.link(found);
        let expires = self.expires(today, found);
        let in_order = found.len() == before;
        let entry = KnownFailure {
            line: Page::line(self.whole),
            row,
            crm,
            kind,
            mode,
            field,
            scenario,
            reason: reason?,
            link: link?,
            expires: expires?,
        };
        in_order.then_some(entry)
    }

    fn no_such_field(&self, key: &Spanned<String>) -> Diagnostic {
        let message = format!(
            "an entry has no field '{}'; expected one of {}",
            key.value,
            FIELDS.join(", ")
        );
        let near = nearest(&key.value, FIELDS);
        let hint = near.map(|near| format!("did you mean {near}?"));
        self.page.at(key, message).maybe_hint(hint)
    }

    /// A text that is not empty, where the field is there.
    fn text(&self, name: &str, found: &mut Vec<Diagnostic>) -> Option<String> {
        let node = self.fields.get(name)?;
        match &node.value {
            Value::Text(text) if !text.trim().is_empty() => return Some(text.trim().to_owned()),
            Value::Text(_) | Value::Other("nothing") => {
                found.push(self.page.at(node, format!("'{name}' is empty")));
            }
            other => {
                let message = format!("'{name}' has to be a text, not {}", other.kind());
                let hint = "a text that looks like something else is written in quotes";
                found.push(self.page.at(node, message).hint(hint));
            }
        }
        None
    }

    /// The same of a field that has to be there.
    fn needed(&self, name: &str, hint: &str, found: &mut Vec<Diagnostic>) -> Option<String> {
        if !self.fields.contains_key(name) {
            let message = format!("this entry has no '{name}'");
            found.push(self.page.at(self.whole, message).hint(hint));
        }
        let before = found.len();
        let text = self.text(name, found);
        if let Some(empty) = found.get_mut(before) {
            empty.hint.get_or_insert_with(|| hint.to_owned());
        }
        text
    }

    fn row(&self, found: &mut Vec<Diagnostic>) -> Option<RowId> {
        let text = self.text("row", found)?;
        text.parse()
            .map_err(|error: crate::rules::UnknownWord| {
                self.refuse("row", error.to_string(), found)
            })
            .ok()
    }

    /// A word out of a list, as reports write it.
    fn word<T: DeserializeOwned>(
        &self,
        name: &str,
        known: &[&str],
        found: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let text = self.text(name, found)?;
        let word = serde_json::from_value(serde_json::Value::String(text.clone()));
        if word.is_err() {
            self.refuse(
                name,
                format!("'{text}' is no {name}; expected {}", known.join(", ")),
                found,
            );
            if let (Some(near), Some(last)) =
                (nearest(&text, known.iter().copied()), found.last_mut())
            {
                last.hint = Some(format!("did you mean {near}?"));
            }
        }
        word.ok()
    }

    fn link(&self, found: &mut Vec<Diagnostic>) -> Option<String> {
        let link = self.needed("link", "where the work on it is followed: https://…", found)?;
        let web = ["https://", "http://"].iter().any(|scheme| {
            link.strip_prefix(scheme)
                .is_some_and(|rest| !rest.is_empty())
        });
        if !web || link.contains(char::is_whitespace) {
            self.refuse(
                "link",
                format!("'{link}' is no link; expected such as https://…"),
                found,
            );
            return None;
        }
        Some(link)
    }

    fn expires(&self, today: Date, found: &mut Vec<Diagnostic>) -> Option<Date> {
        let hint = format!(
            "the last day on which it is accepted, such as {}-12-31",
            today.year()
        );
        let text = self.needed("expires", &hint, found)?;
        let digits = text.split('-').map(str::len).eq([4, 2, 2]);
        let date = text.parse().ok().filter(|_| digits);
        if date.is_none() {
            self.refuse(
                "expires",
                format!(
                    "'{text}' is no day; expected such as {}-12-31",
                    today.year()
                ),
                found,
            );
        }
        date
    }

    fn refuse(&self, name: &str, message: String, found: &mut Vec<Diagnostic>) {
        if let Some(node) = self.fields.get(name) {
            found.push(self.page.at(node, message));
        }
    }
}

/// Entries that speak of the same: one of them would live on when the other is taken out.
pub(super) fn repeated(
    page: &Page<'_>,
    entries: &[KnownFailure],
    list: &[Spanned<Value>],
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let first = entries[..index].iter().find(|first| same(first, entry));
        let node = list.iter().find(|node| Page::line(node) == entry.line);
        if let (Some(first), Some(node)) = (first, node) {
            let message = format!("line {} lists {entry} already", first.line);
            found.push(
                page.at(node, message)
                    .hint("put both reasons into one entry"),
            );
        }
    }
    found
}

fn same(one: &KnownFailure, other: &KnownFailure) -> bool {
    let what = |entry: &KnownFailure| {
        let KnownFailure {
            row,
            crm,
            kind,
            mode,
            field,
            scenario,
            ..
        } = entry.clone();
        (row, crm, kind, mode, field, scenario)
    };
    what(one) == what(other)
}

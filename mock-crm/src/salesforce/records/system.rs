//! What the system adds to a record by itself: numbers of cases, instants of closing, lengths of events.

use std::borrow::Cow;

use super::Write;
use super::draft::Draft;
use crate::clock::Timestamp;
use crate::query::Value;
use crate::salesforce::body::Given;
use crate::store::Store;
use crate::tenant::Hosted;

impl Write<'_> {
    /// Completes a new record.
    pub(super) fn add_system_values(&self, store: &Store, draft: &mut Draft<'_, '_>) {
        match &*draft.object.name {
            "Case" => {
                let number = format!("{:08}", store.next_serial().0);
                set(draft, "CaseNumber", Some(number));
                self.stamp_end(draft, "Status", "Closed", "ClosedDate");
            }
            "Task" => {
                about_somebody(draft);
                self.stamp_end(draft, "Status", "Completed", "CompletedDateTime");
            }
            "Event" => {
                about_somebody(draft);
                complete_times(draft);
            }
            _ => {}
        }
    }

    /// Completes a change.
    pub(super) fn change_system_values(&self, draft: &mut Draft<'_, '_>) {
        match &*draft.object.name {
            "Case" => self.stamp_end(draft, "Status", "Closed", "ClosedDate"),
            "Task" => self.stamp_end(draft, "Status", "Completed", "CompletedDateTime"),
            _ => {}
        }
    }

    /// When something was done, or that it is not.
    fn stamp_end(&self, draft: &mut Draft<'_, '_>, status: &str, end: &str, field: &str) {
        if draft.value(field).is_some() {
            return;
        }
        match draft.query_value(status) {
            Value::Text(text) if text == end => {
                let now = self.org.tenant().clock.now();
                set(draft, field, Some(now.iso_without_colon().to_string()));
            }
            Value::Text(_) => set(draft, field, None),
            _ => {}
        }
    }
}

/// The last change of an activity with a person or a record is the system's, whatever an audit permission says. Help
/// article "Set Audit Fields upon Record Creation".
fn about_somebody(draft: &mut Draft<'_, '_>) {
    let about = |name| draft.query_value(name) != Value::Null;
    if about("WhoId") || about("WhatId") {
        draft
            .values
            .retain(|(field, _)| !field.name.starts_with("LastModified"));
    }
}

/// Start, end and length of an event: two of them give the third. Unverified for events that last all day.
fn complete_times(draft: &mut Draft<'_, '_>) {
    let instant = |name| match draft.query_value(name) {
        Value::Text(text) => Timestamp::parse(&text),
        _ => None,
    };
    let minutes = match draft.query_value("DurationInMinutes") {
        Value::Number(minutes) => Some(minutes as i64),
        _ => None,
    };
    let Some(start) = instant("StartDateTime").or_else(|| instant("ActivityDateTime")) else {
        return;
    };
    let end = instant("EndDateTime").or_else(|| Some(Timestamp(start.0 + minutes? * 60_000)));
    let text = |at: Timestamp| at.iso_without_colon().to_string();
    for name in ["StartDateTime", "ActivityDateTime"] {
        set(draft, name, Some(text(start)));
    }
    set(
        draft,
        "ActivityDate",
        text(start).get(..10).map(str::to_owned),
    );
    if let Some(end) = end {
        set(draft, "EndDateTime", Some(text(end)));
        set(draft, "EndDate", text(end).get(..10).map(str::to_owned));
        let minutes = (end.0 - start.0) / 60_000;
        if let Some(field) = draft.object.field("DurationInMinutes") {
            draft.set(field, Given::Integer(minutes));
        }
    }
}

fn set(draft: &mut Draft<'_, '_>, name: &str, value: Option<String>) {
    if let Some(field) = draft.object.field(name) {
        draft.set(
            field,
            value.map_or(Given::Null, |text| Given::Text(Cow::Owned(text))),
        );
    }
}

//! `metadata` of an engagement: its own words for properties of the record.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use crate::hubspot::facts::Facts;
use crate::hubspot::objects::accept::{Sent, instant};
use crate::hubspot::refusal::ApiError;

/// A member of `metadata` and the property that it is.
struct Field {
    member: &'static str,
    property: &'static str,
    form: Form,
}

/// In which form a member is written.
#[derive(Clone, Copy)]
enum Form {
    Text,
    Number,
    /// Milliseconds since 1970.
    Instant,
    /// A list of them.
    Instants,
}

const fn field(member: &'static str, property: &'static str, form: Form) -> Field {
    Field {
        member,
        property,
        form,
    }
}

static NOTES: [Field; 1] = [field("body", "hs_note_body", Form::Text)];
static TASKS: [Field; 7] = [
    field("body", "hs_task_body", Form::Text),
    field("subject", "hs_task_subject", Form::Text),
    field("status", "hs_task_status", Form::Text),
    field("forObjectType", "hs_task_for_object_type", Form::Text),
    field("taskType", "hs_task_type", Form::Text),
    field("priority", "hs_task_priority", Form::Text),
    field("reminders", "hs_task_reminders", Form::Instants),
];
static CALLS: [Field; 8] = [
    field("body", "hs_call_body", Form::Text),
    field("title", "hs_call_title", Form::Text),
    field("status", "hs_call_status", Form::Text),
    field("toNumber", "hs_call_to_number", Form::Text),
    field("fromNumber", "hs_call_from_number", Form::Text),
    field("durationMilliseconds", "hs_call_duration", Form::Number),
    field("recordingUrl", "hs_call_recording_url", Form::Text),
    field("disposition", "hs_call_disposition", Form::Text),
];
static MEETINGS: [Field; 7] = [
    field("body", "hs_meeting_body", Form::Text),
    field("title", "hs_meeting_title", Form::Text),
    field("startTime", "hs_meeting_start_time", Form::Instant),
    field("endTime", "hs_meeting_end_time", Form::Instant),
    field("location", "hs_meeting_location", Form::Text),
    field("meetingOutcome", "hs_meeting_outcome", Form::Text),
    field(
        "internalMeetingNotes",
        "hs_internal_meeting_notes",
        Form::Text,
    ),
];
static EMAILS: [Field; 4] = [
    field("subject", "hs_email_subject", Form::Text),
    field("html", "hs_email_html", Form::Text),
    field("text", "hs_email_text", Form::Text),
    field("status", "hs_email_status", Form::Text),
];

/// Addresses of an e-mail: members of `metadata` and of the JSON in this property alike.
const HEADERS: &str = "hs_email_headers";
const ADDRESSES: [&str; 4] = ["from", "to", "cc", "bcc"];

fn fields(object: &str) -> &'static [Field] {
    match object {
        "notes" => &NOTES,
        "tasks" => &TASKS,
        "calls" => &CALLS,
        "meetings" => &MEETINGS,
        "emails" => &EMAILS,
        _ => &[],
    }
}

/// The properties that `metadata` sets. Members that are none are left out, as HubSpot leaves out unknown ones.
pub(super) fn properties(
    object: &str,
    metadata: &Map<String, Value>,
) -> Result<Sent<'static>, ApiError> {
    let mut sent = Sent::new();
    for field in fields(object) {
        if let Some(value) = metadata.get(field.member) {
            let text = text(value, field.form).ok_or_else(|| wrong(field.member))?;
            sent.push((Cow::Borrowed(field.property), Cow::Owned(text)));
        }
    }
    let addresses = metadata
        .iter()
        .filter(|(member, _)| object == "emails" && ADDRESSES.contains(&member.as_str()));
    let addresses: Map<String, Value> = addresses
        .map(|(member, value)| (member.clone(), value.clone()))
        .collect();
    if !addresses.is_empty() {
        let headers = Value::Object(addresses).to_string();
        sent.push((Cow::Borrowed(HEADERS), Cow::Owned(headers)));
    }
    Ok(sent)
}

fn wrong(member: &str) -> ApiError {
    ApiError::Invalid(format!("metadata.{member} has a value of the wrong kind"))
}

/// The value of the property; `None` where it has another form.
fn text(value: &Value, form: Form) -> Option<String> {
    match (value, form) {
        (Value::Null, _) => Some(String::new()),
        (Value::String(text), _) => Some(text.clone()),
        (Value::Number(_) | Value::Bool(_), _) => Some(value.to_string()),
        (Value::Array(instants), Form::Instants) => {
            let texts: Option<Vec<String>> = instants
                .iter()
                .map(|instant| text(instant, Form::Instant))
                .collect();
            Some(texts?.join(";"))
        }
        (Value::Array(_) | Value::Object(_), _) => None,
    }
}

/// `metadata` of a record.
pub(super) fn shown(facts: &Facts<'_>) -> Value {
    let mut metadata = Map::new();
    for field in fields(&facts.object_type.name) {
        if let Some(value) = facts.named(field.property) {
            metadata.insert(field.member.to_owned(), formed(&value, field.form));
        }
    }
    if let Some(headers) = facts.named(HEADERS)
        && let Ok(Value::Object(headers)) = serde_json::from_str(&headers)
    {
        let known = |(name, _): &(String, Value)| ADDRESSES.contains(&name.as_str());
        metadata.extend(headers.into_iter().filter(known));
    }
    Value::Object(metadata)
}

fn formed(value: &str, form: Form) -> Value {
    let milliseconds = |text: &str| instant(text).map(|at| at.0);
    match form {
        Form::Text => json!(value),
        Form::Number => serde_json::from_str(value).unwrap_or_else(|_| json!(value)),
        Form::Instant => json!(milliseconds(value)),
        Form::Instants => value.split(';').filter_map(milliseconds).collect(),
    }
}

/// What a token without the scope for e-mails sees of one.
pub(super) fn redacted() -> Value {
    let text = "The content of this email has been redacted. To include it in the response, your app must require the \
                sales-email-read scope.";
    json!({ "cc": [], "to": [], "validationSkipped": [], "html": text, "bcc": [] })
}

//! Tasks, calls, emails, notes and meetings. None of them takes its owner from the record it is about.

use super::property::{Derived, Property};
use super::{Family, ObjectType};

pub(super) fn all() -> Vec<ObjectType> {
    vec![
        activity(
            "tasks",
            "task",
            "0-27",
            &["hs_task_subject", "hs_task_body"],
            tasks(),
        ),
        activity(
            "calls",
            "call",
            "0-48",
            &["hs_call_title", "hs_call_body"],
            calls(),
        ),
        activity("emails", "email", "0-49", &["hs_email_subject"], emails()),
        activity("notes", "note", "0-46", &["hs_note_body"], notes()),
        activity(
            "meetings",
            "meeting",
            "0-47",
            &["hs_meeting_title", "hs_meeting_body"],
            meetings(),
        ),
    ]
}

fn activity(
    name: &'static str,
    singular: &'static str,
    type_id: &'static str,
    searchable: &'static [&'static str],
    own: Vec<Property>,
) -> ObjectType {
    let mut object_type = ObjectType::new(name, singular, type_id, Family::Activity, own);
    object_type.required = vec!["hs_timestamp".into()];
    object_type.searchable = searchable;
    object_type
}

fn tasks() -> Vec<Property> {
    let statuses = [
        "NOT_STARTED",
        "IN_PROGRESS",
        "WAITING",
        "COMPLETED",
        "DEFERRED",
    ];
    let types = [
        "TODO",
        "CALL",
        "EMAIL",
        "LINKED_IN",
        "LINKED_IN_CONNECT",
        "LINKED_IN_MESSAGE",
    ];
    let priorities = ["NONE", "LOW", "MEDIUM", "HIGH"];
    vec![
        Property::text("hs_task_subject", "Task Title"),
        Property::area("hs_task_body", "Task Notes"),
        Property::select("hs_task_status", "Task Status", &statuses).default("NOT_STARTED"),
        Property::select("hs_task_type", "Task Type", &types).default("TODO"),
        Property::select("hs_task_priority", "Priority", &priorities).default("NONE"),
        Property::text("hs_task_reminders", "Task Reminders"),
        Property::text("hs_task_for_object_type", "Task for object type").default("OWNER"),
        Property::text("hs_task_family", "Task Family")
            .read_only()
            .default("SALES"),
        Property::number("hs_task_is_completed", "Is Complete")
            .read_only()
            .derived(Derived::TaskCompleted),
    ]
}

fn calls() -> Vec<Property> {
    let statuses = [
        "BUSY",
        "CALLING_CRM_USER",
        "CANCELED",
        "COMPLETED",
        "CONNECTING",
        "FAILED",
        "IN_PROGRESS",
        "MISSED",
        "NO_ANSWER",
        "QUEUED",
        "RINGING",
    ];
    vec![
        Property::text("hs_call_title", "Call Title"),
        Property::area("hs_call_body", "Call notes"),
        Property::number("hs_call_duration", "Call duration"),
        Property::select(
            "hs_call_direction",
            "Call direction",
            &["INBOUND", "OUTBOUND"],
        ),
        Property::text("hs_call_disposition", "Call outcome"),
        Property::select("hs_call_status", "Call status", &statuses),
        Property::text("hs_call_from_number", "From number"),
        Property::text("hs_call_to_number", "To number"),
        Property::text("hs_call_recording_url", "Recording URL"),
        Property::text("hs_activity_type", "Call and meeting type"),
        Property::text("hs_call_source", "Call source")
            .read_only()
            .default("INTEGRATIONS_PLATFORM"),
    ]
}

fn emails() -> Vec<Property> {
    let directions = ["EMAIL", "INCOMING_EMAIL", "FORWARDED_EMAIL"];
    let statuses = ["BOUNCED", "FAILED", "SCHEDULED", "SENDING", "SENT"];
    vec![
        Property::text("hs_email_subject", "Email subject"),
        Property::area("hs_email_text", "Text body"),
        Property::area("hs_email_html", "HTML body"),
        Property::area("hs_email_headers", "Email headers"),
        Property::select("hs_email_direction", "Email direction", &directions),
        Property::select("hs_email_status", "Email send status", &statuses),
    ]
}

fn notes() -> Vec<Property> {
    vec![Property::area("hs_note_body", "Note body")]
}

fn meetings() -> Vec<Property> {
    vec![
        Property::text("hs_meeting_title", "Meeting name"),
        Property::area("hs_meeting_body", "Meeting description"),
        Property::datetime("hs_meeting_start_time", "Meeting start time"),
        Property::datetime("hs_meeting_end_time", "Meeting end time"),
        Property::text("hs_meeting_outcome", "Meeting outcome"),
        Property::area("hs_internal_meeting_notes", "Internal meeting notes"),
        Property::text("hs_meeting_location", "Meeting location"),
        Property::text("hs_meeting_external_url", "Meeting external URL"),
        Property::text("hs_activity_type", "Call and meeting type"),
    ]
}

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
    mut own: Vec<Property>,
) -> ObjectType {
    let body = match name {
        "tasks" => "hs_task_body",
        "calls" => "hs_call_body",
        "emails" => "hs_email_text",
        "notes" => "hs_note_body",
        _ => "hs_meeting_body",
    };
    own.extend(preview(body));
    let mut object_type = ObjectType::new(name, singular, type_id, Family::Activity, own);
    object_type.required = vec!["hs_timestamp".into()];
    object_type.searchable = searchable;
    object_type
}

/// What an activity's body looks like in a list.
fn preview(body: &'static str) -> [Property; 3] {
    let text = |name, derived| Property::text(name, name).read_only().derived(derived);
    [
        text("hs_body_preview", Derived::Preview(body)),
        text("hs_body_preview_html", Derived::PreviewPage(body)),
        Property::flag("hs_body_preview_is_truncated", "Body preview is truncated")
            .read_only()
            .derived(Derived::PreviewTruncated(body)),
    ]
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
        fixed("hs_task_completion_count", "0"),
        fixed("hs_task_is_all_day", "false"),
        fixed("hs_task_is_completed_call", "0"),
        fixed("hs_task_is_completed_email", "0"),
        fixed("hs_task_is_completed_linked_in", "0"),
        fixed("hs_task_is_completed_sequence", "0"),
        fixed("hs_task_is_overdue", "false"),
        fixed("hs_task_is_past_due_date", "false"),
        fixed("hs_task_missed_due_date", "false"),
        fixed("hs_task_missed_due_date_count", "0"),
    ]
}

/// What HubSpot works out and recorded creates answer with. The mock works nothing of it out: it is what a new record has.
fn fixed(name: &'static str, value: &'static str) -> Property {
    let property = match value {
        "false" => Property::flag(name, name),
        _ => Property::number(name, name),
    };
    property.read_only().default(value)
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
        Property::text("hs_obj_coords", "Object coordinates")
            .read_only()
            .derived(Derived::Coordinates),
        Property::datetime("hs_engagements_last_contacted", "Last contacted")
            .read_only()
            .derived(Derived::Copied("hs_timestamp")),
        fixed("hs_connected_count", "0"),
        fixed("hs_voicemail_count", "0"),
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
        // A text here and a number on other activities, as definitions read from HubSpot have it.
        Property::text("hs_created_by", "Activity created by")
            .read_only()
            .derived(Derived::CreatedBy),
        header("hs_email_from_email", "from", "email"),
        header("hs_email_from_firstname", "from", "firstName"),
        header("hs_email_from_lastname", "from", "lastName"),
        header("hs_email_to_email", "to", "email"),
        header("hs_email_to_firstname", "to", "firstName"),
        header("hs_email_to_lastname", "to", "lastName"),
        header("hs_email_cc_email", "cc", "email"),
        header("hs_email_bcc_email", "bcc", "email"),
    ]
}

fn header(name: &'static str, field: &'static str, part: &'static str) -> Property {
    let property = Property::text(name, name).read_only();
    property.derived(Derived::EmailHeader(field, part))
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

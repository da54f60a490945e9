use super::Table;
use crate::salesforce::schema::column::{
    AUDIT, Column, IS_DELETED, id, owner, picklist, reference, string, textarea, typed,
};
use crate::salesforce::schema::field::{Kind, Source};

pub(super) const TASK: Table = Table {
    name: "Task",
    label: "Task",
    plural: "Tasks",
    prefix: *b"00T",
    verbs: "cud",
    setup: false,
    audit: true,
    columns: &[
        &[
            id("Activity ID"),
            reference("WhoId", "cun", &["Contact", "Lead"]).label("Name ID"),
            reference("WhatId", "cun", &["Account", "Opportunity", "Case"]).label("Related To ID"),
            typed("Subject", Kind::Combobox, "cunN"),
            typed("ActivityDate", Kind::Date, "cun").label("Due Date Only"),
            picklist("Status", 255, "cud", &STATUSES).default("Not Started"),
            picklist("Priority", 255, "cud", &["High", "Normal", "Low"]).default("Normal"),
            typed("IsHighPriority", Kind::Boolean, "d")
                .label("High Priority")
                .source(Source::TaskHighPriority),
            owner(&["Group", "User"]).label("Assigned To ID"),
            textarea("Description", 32000, "cun"),
            IS_DELETED,
            reference("AccountId", "n", &["Account"]),
            typed("IsClosed", Kind::Boolean, "d")
                .label("Closed")
                .source(Source::TaskClosed),
        ],
        &AUDIT,
        CALL,
    ],
};

const CALL: &[Column] = &[
    typed("IsArchived", Kind::Boolean, "d").label("Archived"),
    typed("CallDurationInSeconds", Kind::Int, "cun").label("Call Duration"),
    picklist("CallType", 255, "cun", &["Internal", "Inbound", "Outbound"]),
    string("CallDisposition", 255, "cun").label("Call Result"),
    string("CallObject", 255, "cun").label("Call Object Identifier"),
    typed("ReminderDateTime", Kind::DateTime, "cun").label("Reminder Date/Time"),
    typed("IsReminderSet", Kind::Boolean, "cud").label("Reminder Set"),
    typed("IsRecurrence", Kind::Boolean, "cd").label("Create Recurring Series of Tasks"),
    picklist(
        "TaskSubtype",
        40,
        "cn",
        &["Task", "Email", "ListEmail", "Cadence", "Call", "LinkedIn"],
    ),
    typed("CompletedDateTime", Kind::DateTime, "cn").label("Completed Date"),
];

const STATUSES: [&str; 5] = [
    "Not Started",
    "In Progress",
    "Completed",
    "Waiting on someone else",
    "Deferred",
];

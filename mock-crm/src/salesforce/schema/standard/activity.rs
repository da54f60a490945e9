use super::{Evidence, Table};
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
    evidence: Evidence::Documented,
    columns: &[
        &[
            id("Activity ID"),
            WHO,
            WHAT,
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
            reference("AccountId", "n", &["Account"]).source(Source::ActivityAccount),
            typed("IsClosed", Kind::Boolean, "d")
                .label("Closed")
                .source(Source::TaskClosed),
        ],
        &AUDIT,
        CALL,
        RECURRENCE,
        TASK_RECURRENCE,
    ],
};

pub(super) const EVENT: Table = Table {
    name: "Event",
    label: "Event",
    plural: "Events",
    prefix: *b"00U",
    verbs: "cud",
    setup: false,
    audit: true,
    evidence: Evidence::Recorded,
    columns: &[
        &[
            id("Event ID"),
            WHO,
            WHAT,
            typed("Subject", Kind::Combobox, "cunN"),
            string("Location", 255, "cun"),
            typed("IsAllDayEvent", Kind::Boolean, "cud").label("All-Day Event"),
            typed("ActivityDateTime", Kind::DateTime, "cun").label("Due Date Time"),
            typed("ActivityDate", Kind::Date, "cun").label("Due Date Only"),
            typed("DurationInMinutes", Kind::Int, "cun").label("Duration"),
            typed("StartDateTime", Kind::DateTime, "cun").label("Start Date Time"),
            typed("EndDateTime", Kind::DateTime, "cun").label("End Date Time"),
            typed("EndDate", Kind::Date, "n"),
            textarea("Description", 32000, "cun"),
            reference("AccountId", "n", &["Account"]).source(Source::ActivityAccount),
            owner(&["Calendar", "User"]).label("Assigned To ID"),
            typed("IsPrivate", Kind::Boolean, "cud").label("Private"),
            picklist("ShowAs", 40, "cunrd", &["Busy", "OutOfOffice", "Free"])
                .label("Show Time As")
                .default("Busy"),
            IS_DELETED,
            typed("IsChild", Kind::Boolean, "d"),
            typed("IsGroupEvent", Kind::Boolean, "d"),
            picklist("GroupEventType", 40, "nr", &["0", "1", "2"]),
        ],
        &AUDIT,
        &[typed("IsArchived", Kind::Boolean, "d").label("Archived")],
        RECURRENCE,
        &[
            typed("RecurrenceStartDateTime", Kind::DateTime, "cn"),
            typed("ReminderDateTime", Kind::DateTime, "cun").label("Reminder Date/Time"),
            typed("IsReminderSet", Kind::Boolean, "cud").label("Reminder Set"),
            picklist("EventSubtype", 40, "cn", &["Event"]),
        ],
    ],
};

const WHO: Column = reference("WhoId", "cun", &["Contact", "Lead"]).label("Name ID");

/// Of the ninety objects that an activity of a real org may be about, those that the mock has.
const WHAT: Column =
    reference("WhatId", "cun", &["Account", "Opportunity", "Case"]).label("Related To ID");

/// A series is stored as it comes; no further activities are made of it.
const RECURRENCE: &[Column] = &[
    reference("RecurrenceActivityId", "n", &["Task", "Event"]),
    typed("IsRecurrence", Kind::Boolean, "cd").label("Create Recurring Series"),
    typed("RecurrenceEndDateOnly", Kind::Date, "cun").label("Recurrence End"),
    picklist("RecurrenceTimeZoneSidKey", 40, "cunr", &[]).label("Recurrence Time Zone"),
    picklist("RecurrenceType", 40, "cnr", &RECURRENCE_TYPES),
    typed("RecurrenceInterval", Kind::Int, "cun"),
    typed("RecurrenceDayOfWeekMask", Kind::Int, "cun"),
    typed("RecurrenceDayOfMonth", Kind::Int, "cun"),
    picklist(
        "RecurrenceInstance",
        40,
        "cunr",
        &["First", "Second", "Third", "Fourth", "Last"],
    ),
    picklist("RecurrenceMonthOfYear", 40, "cunr", &MONTHS),
];

const TASK_RECURRENCE: &[Column] = &[
    typed("RecurrenceStartDateOnly", Kind::Date, "cn").label("Recurrence Start"),
    picklist(
        "RecurrenceRegeneratedType",
        40,
        "cunr",
        &[
            "None",
            "RecurrenceRegenerateAfterDueDate",
            "RecurrenceRegenerateAfterToday",
            "RecurrenceRegenerated",
        ],
    )
    .label("Repeat This Task"),
];

const RECURRENCE_TYPES: [&str; 7] = [
    "RecursDaily",
    "RecursEveryWeekday",
    "RecursMonthly",
    "RecursMonthlyNth",
    "RecursWeekly",
    "RecursYearly",
    "RecursYearlyNth",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const CALL: &[Column] = &[
    typed("IsArchived", Kind::Boolean, "d").label("Archived"),
    typed("CallDurationInSeconds", Kind::Int, "cun").label("Call Duration"),
    picklist("CallType", 255, "cun", &["Internal", "Inbound", "Outbound"]),
    string("CallDisposition", 255, "cun").label("Call Result"),
    string("CallObject", 255, "cun").label("Call Object Identifier"),
    typed("ReminderDateTime", Kind::DateTime, "cun").label("Reminder Date/Time"),
    typed("IsReminderSet", Kind::Boolean, "cud").label("Reminder Set"),
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

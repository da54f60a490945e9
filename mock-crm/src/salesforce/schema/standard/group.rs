use super::{Evidence, Table};
use crate::salesforce::schema::column::{AUDIT, id, picklist, reference, string, typed};
use crate::salesforce::schema::field::Kind;

pub(super) const GROUP: Table = Table {
    name: "Group",
    label: "Group",
    plural: "Groups",
    prefix: *b"00G",
    verbs: "cud",
    setup: true,
    audit: false,
    evidence: Evidence::Unverified,
    columns: &[
        &[
            id("Group ID"),
            string("Name", 40, "cuN"),
            string("DeveloperName", 80, "cun"),
            reference("RelatedId", "n", &["User", "UserRole"]),
            picklist(
                "Type",
                40,
                "c",
                &[
                    "Regular",
                    "Role",
                    "RoleAndSubordinates",
                    "Organization",
                    "Queue",
                ],
            ),
            typed("Email", Kind::Email, "cun"),
            reference("OwnerId", "n", &["Organization", "User"]).label("Owner ID"),
            typed("DoesSendEmailToMembers", Kind::Boolean, "cud").label("Send Email to Members"),
        ],
        &AUDIT,
    ],
};

pub(super) const QUEUE_SOBJECT: Table = Table {
    name: "QueueSobject",
    label: "Queue Sobject",
    plural: "Queue Sobjects",
    prefix: *b"03g",
    verbs: "cd",
    setup: true,
    audit: false,
    evidence: Evidence::Unverified,
    columns: &[
        &[
            id("QueueSobject Id"),
            reference("QueueId", "c", &["Group"]),
            picklist("SobjectType", 40, "c", &[]).label("Object Type"),
        ],
        &AUDIT,
    ],
};

pub(super) const ASSIGNMENT_RULE: Table = Table {
    name: "AssignmentRule",
    label: "Assignment Rule",
    plural: "Assignment Rules",
    prefix: *b"01Q",
    verbs: "",
    setup: true,
    audit: false,
    evidence: Evidence::Unverified,
    columns: &[
        &[
            id("Assignment Rule ID"),
            string("Name", 120, "nN"),
            picklist("SobjectType", 40, "n", &["Case", "Lead"]).label("SObject Type"),
            typed("Active", Kind::Boolean, "d"),
        ],
        &AUDIT,
    ],
};

pub(super) const GROUP_MEMBER: Table = Table {
    name: "GroupMember",
    label: "Group Member",
    plural: "Group Members",
    prefix: *b"011",
    verbs: "cd",
    setup: true,
    audit: false,
    evidence: Evidence::Unverified,
    columns: &[&[
        id("Group Member ID"),
        reference("GroupId", "c", &["Group"]),
        reference("UserOrGroupId", "c", &["User", "Group"]),
        SYSTEM_MODSTAMP,
    ]],
};

const SYSTEM_MODSTAMP: super::Column = AUDIT[4];

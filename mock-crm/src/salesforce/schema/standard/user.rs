use super::Table;
use crate::salesforce::schema::column::{
    AUDIT, Column, address, id, picklist, reference, string, textarea, typed,
};
use crate::salesforce::schema::field::{Kind, Source};

pub(super) const USER: Table = Table {
    name: "User",
    label: "User",
    plural: "Users",
    prefix: *b"005",
    verbs: "cu",
    setup: true,
    audit: false,
    columns: &[
        &[
            id("User ID"),
            string("Username", 80, "cuiq"),
            string("LastName", 80, "cu"),
            string("FirstName", 40, "cun"),
            string("Name", 121, "N")
                .label("Full Name")
                .source(Source::FullName),
            string("CompanyName", 80, "cun"),
            string("Division", 80, "cun"),
            string("Department", 80, "cun"),
            string("Title", 80, "cun"),
        ],
        &address([
            "Street",
            "City",
            "State",
            "PostalCode",
            "Country",
            "Latitude",
            "Longitude",
            "GeocodeAccuracy",
            "Address",
        ]),
        DETAILS,
        &AUDIT,
    ],
};

const DETAILS: &[Column] = &[
    // A user's e-mail address takes 128 characters, those of other objects 80.
    EMAIL,
    typed("Phone", Kind::Phone, "cun"),
    typed("Fax", Kind::Phone, "cun"),
    typed("MobilePhone", Kind::Phone, "cun").label("Mobile"),
    string("Alias", 8, "cu"),
    string("CommunityNickname", 40, "cud").label("Nickname"),
    typed("IsActive", Kind::Boolean, "cud").label("Active"),
    picklist("TimeZoneSidKey", 40, "cu", &[]).label("Time Zone"),
    picklist("LocaleSidKey", 40, "cu", &[]).label("Locale"),
    picklist("EmailEncodingKey", 40, "cu", &[]).label("Email Encoding"),
    picklist("LanguageLocaleKey", 40, "cu", &[]).label("Language"),
    reference("ProfileId", "cu", &["Profile"]),
    picklist("UserType", 40, "n", &[]),
    string("EmployeeNumber", 20, "cun"),
    reference("ManagerId", "cun", &["User"]),
    string("FederationIdentifier", 512, "cun").label("SAML Federation ID"),
    textarea("AboutMe", 1000, "cun"),
    typed("LastLoginDate", Kind::DateTime, "n").label("Last Login"),
];

const EMAIL: Column = Column {
    length: 128,
    ..typed("Email", Kind::Email, "cui")
};

pub(super) const GROUP: Table = Table {
    name: "Group",
    label: "Group",
    plural: "Groups",
    prefix: *b"00G",
    verbs: "cud",
    setup: true,
    audit: false,
    columns: &[
        &[
            id("Group ID"),
            string("Name", 40, "cuN"),
            string("DeveloperName", 80, "cun"),
            picklist("Type", 40, "c", &["Regular", "Queue"]),
            typed("Email", Kind::Email, "cun"),
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

use super::account::CLEAN_STATUSES;
use super::{Evidence, Table};
use crate::salesforce::schema::column::{
    AUDIT, Column, IS_DELETED, address, id, owner, picklist, reference, string, textarea, typed,
};
use crate::salesforce::schema::field::{Kind, Source};

pub(super) const CONTACT: Table = Table {
    name: "Contact",
    label: "Contact",
    plural: "Contacts",
    prefix: *b"003",
    verbs: "cud",
    setup: false,
    audit: true,
    evidence: Evidence::Recorded,
    columns: &[
        &[
            id("Contact ID"),
            IS_DELETED,
            reference("MasterRecordId", "n", &["Contact"]),
            reference("AccountId", "cun", &["Account"]),
        ],
        &PERSON,
        &address([
            "OtherStreet",
            "OtherCity",
            "OtherState",
            "OtherPostalCode",
            "OtherCountry",
            "OtherLatitude",
            "OtherLongitude",
            "OtherGeocodeAccuracy",
            "OtherAddress",
        ]),
        &address([
            "MailingStreet",
            "MailingCity",
            "MailingState",
            "MailingPostalCode",
            "MailingCountry",
            "MailingLatitude",
            "MailingLongitude",
            "MailingGeocodeAccuracy",
            "MailingAddress",
        ]),
        DETAILS,
        &AUDIT,
        LAST,
    ],
};

/// What names a person, in Contact and Lead alike.
pub(super) const PERSON: [Column; 4] = [
    string("LastName", 80, "cu"),
    string("FirstName", 40, "cun"),
    picklist(
        "Salutation",
        40,
        "cun",
        &["Mr.", "Ms.", "Mrs.", "Dr.", "Prof."],
    ),
    string("Name", 121, "N")
        .label("Full Name")
        .source(Source::FullName),
];

const DETAILS: &[Column] = &[
    typed("Phone", Kind::Phone, "cun").label("Business Phone"),
    typed("Fax", Kind::Phone, "cun").label("Business Fax"),
    typed("MobilePhone", Kind::Phone, "cun"),
    typed("HomePhone", Kind::Phone, "cun"),
    typed("OtherPhone", Kind::Phone, "cun"),
    typed("AssistantPhone", Kind::Phone, "cun").label("Asst. Phone"),
    reference("ReportsToId", "cun", &["Contact"]),
    typed("Email", Kind::Email, "cuni"),
    string("Title", 128, "cun"),
    string("Department", 80, "cun"),
    string("AssistantName", 40, "cun").label("Assistant's Name"),
    picklist("LeadSource", 255, "cun", &LEAD_SOURCES),
    typed("Birthdate", Kind::Date, "cun"),
    textarea("Description", 32000, "cun").label("Contact Description"),
    owner(&["User"]),
];

const LAST: &[Column] = &[
    typed("LastActivityDate", Kind::Date, "n").label("Last Activity"),
    typed("LastCURequestDate", Kind::DateTime, "n").label("Last Stay-in-Touch Request Date"),
    typed("LastCUUpdateDate", Kind::DateTime, "n").label("Last Stay-in-Touch Save Date"),
    typed("LastViewedDate", Kind::DateTime, "n"),
    typed("LastReferencedDate", Kind::DateTime, "n"),
    string("EmailBouncedReason", 255, "cun"),
    typed("EmailBouncedDate", Kind::DateTime, "cun"),
    typed("IsEmailBounced", Kind::Boolean, "d"),
    typed("PhotoUrl", Kind::Url, "n").label("Photo URL"),
    string("Jigsaw", 20, "cun").label("Data.com Key"),
    string("JigsawContactId", 20, "n"),
    picklist("CleanStatus", 40, "cunr", &CLEAN_STATUSES),
    reference("IndividualId", "cun", &["Individual"]),
];

pub(super) const LEAD_SOURCES: [&str; 5] = [
    "Web",
    "Phone Inquiry",
    "Partner Referral",
    "Purchased List",
    "Other",
];

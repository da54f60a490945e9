use super::account::CLEAN_STATUSES;
use super::contact::{LEAD_SOURCES, PERSON};
use super::{Evidence, Table};
use crate::salesforce::schema::column::{
    AUDIT, Column, IS_DELETED, address, id, owner, picklist, reference, string, textarea, typed,
};
use crate::salesforce::schema::field::Kind;

pub(super) const LEAD: Table = Table {
    name: "Lead",
    label: "Lead",
    plural: "Leads",
    prefix: *b"00Q",
    verbs: "cud",
    setup: false,
    audit: true,
    evidence: Evidence::Recorded,
    columns: &[
        &[
            id("Lead ID"),
            IS_DELETED,
            reference("MasterRecordId", "n", &["Lead"]),
        ],
        &PERSON,
        &[string("Title", 128, "cun"), string("Company", 255, "cu")],
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
        LAST,
    ],
};

const DETAILS: &[Column] = &[
    typed("Phone", Kind::Phone, "cun"),
    typed("MobilePhone", Kind::Phone, "cun"),
    typed("Fax", Kind::Phone, "cun"),
    typed("Email", Kind::Email, "cuni"),
    typed("Website", Kind::Url, "cun"),
    typed("PhotoUrl", Kind::Url, "n").label("Photo URL"),
    textarea("Description", 32000, "cun"),
    picklist("LeadSource", 255, "cun", &LEAD_SOURCES),
    picklist("Status", 255, "cud", &STATUSES).default("Open - Not Contacted"),
    picklist("Industry", 255, "cun", &[]),
    picklist("Rating", 255, "cun", &["Hot", "Warm", "Cold"]),
    typed("AnnualRevenue", Kind::Currency, "cun"),
    typed("NumberOfEmployees", Kind::Int, "cun").label("Employees"),
    owner(&["Group", "User"]),
    typed("IsConverted", Kind::Boolean, "cd").label("Converted"),
    // A conversion is not simulated; who may set audit fields can say that there was one.
    typed("ConvertedDate", Kind::Date, "na"),
    reference("ConvertedAccountId", "na", &["Account"]),
    reference("ConvertedContactId", "na", &["Contact"]),
    reference("ConvertedOpportunityId", "na", &["Opportunity"]),
    typed("IsUnreadByOwner", Kind::Boolean, "cud").label("Unread By Owner"),
];

const LAST: &[Column] = &[
    typed("LastActivityDate", Kind::Date, "n").label("Last Activity"),
    typed("LastViewedDate", Kind::DateTime, "n"),
    typed("LastReferencedDate", Kind::DateTime, "n"),
    string("Jigsaw", 20, "cun").label("Data.com Key"),
    string("JigsawContactId", 20, "n"),
    picklist("CleanStatus", 40, "cunr", &CLEAN_STATUSES),
    string("CompanyDunsNumber", 9, "cun").label("Company D-U-N-S Number"),
    string("EmailBouncedReason", 255, "un"),
    typed("EmailBouncedDate", Kind::DateTime, "un"),
    reference("DandbCompanyId", "cun", &["DandBCompany"]).label("D&B Company ID"),
    reference("IndividualId", "cun", &["Individual"]),
];

const STATUSES: [&str; 4] = [
    "Open - Not Contacted",
    "Working - Contacted",
    "Closed - Converted",
    "Closed - Not Converted",
];

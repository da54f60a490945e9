use super::{Evidence, Table};
use crate::salesforce::schema::column::{
    AUDIT, IS_DELETED, id, owner, picklist, reference, string, textarea, typed,
};
use crate::salesforce::schema::field::{Kind, Source};

pub(super) const CASE: Table = Table {
    name: "Case",
    label: "Case",
    plural: "Cases",
    prefix: *b"500",
    verbs: "cud",
    setup: false,
    audit: true,
    evidence: Evidence::Recorded,
    columns: &[
        &[
            id("Case ID"),
            IS_DELETED,
            reference("MasterRecordId", "n", &["Case"]),
            string("CaseNumber", 30, "diN").source(Source::Body),
            reference("ContactId", "cun", &["Contact"]),
            reference("AccountId", "cun", &["Account"]),
            reference("AssetId", "cun", &["Asset"]),
            reference("ParentId", "cun", &["Case"]).label("Parent Case ID"),
            string("SuppliedName", 80, "cun").label("Name"),
            typed("SuppliedEmail", Kind::Email, "cun").label("Email Address"),
            string("SuppliedPhone", 40, "cun").label("Phone"),
            string("SuppliedCompany", 80, "cun").label("Company"),
            picklist(
                "Type",
                40,
                "cun",
                &["Problem", "Feature Request", "Question"],
            )
            .label("Case Type"),
            picklist(
                "Status",
                40,
                "cund",
                &["New", "Working", "Escalated", "Closed"],
            )
            .default("New"),
            picklist("Reason", 40, "cun", &[]).label("Case Reason"),
            picklist("Origin", 40, "cun", &["Phone", "Email", "Web"]).label("Case Origin"),
            string("Subject", 255, "cun"),
            picklist("Priority", 40, "cund", &["High", "Medium", "Low"]).default("Medium"),
            textarea("Description", 32000, "cun"),
            typed("IsClosed", Kind::Boolean, "d")
                .label("Closed")
                .source(Source::CaseClosed),
            typed("ClosedDate", Kind::DateTime, "n"),
            typed("IsEscalated", Kind::Boolean, "cud").label("Escalated"),
            owner(&["Group", "User"]),
        ],
        &AUDIT,
        &[
            typed("ContactPhone", Kind::Phone, "n").source(Source::OfContact("Phone")),
            typed("ContactMobile", Kind::Phone, "n").source(Source::OfContact("MobilePhone")),
            typed("ContactEmail", Kind::Email, "n").source(Source::OfContact("Email")),
            typed("ContactFax", Kind::Phone, "n").source(Source::OfContact("Fax")),
            typed("LastViewedDate", Kind::DateTime, "n"),
            typed("LastReferencedDate", Kind::DateTime, "n"),
            textarea("Comments", 4000, "cun").label("Internal Comments"),
        ],
    ],
};

use super::{Evidence, Table};
use crate::salesforce::schema::column::{AUDIT, id, picklist, string, typed};
use crate::salesforce::schema::field::Kind;

pub(super) const ORGANIZATION: Table = Table {
    name: "Organization",
    label: "Organization",
    plural: "Organizations",
    prefix: *b"00D",
    verbs: "",
    setup: true,
    audit: false,
    evidence: Evidence::Recorded,
    columns: &[
        &[
            id("Organization ID"),
            string("Name", 80, "uN"),
            string("Division", 80, "un"),
            typed("Phone", Kind::Phone, "un"),
            typed("Fax", Kind::Phone, "un"),
            string("PrimaryContact", 80, "un"),
            string("InstanceName", 5, "n"),
            typed("IsSandbox", Kind::Boolean, "d"),
            typed("TrialExpirationDate", Kind::DateTime, "n"),
            string("NamespacePrefix", 15, "n"),
            picklist("OrganizationType", 40, "n", &[]).label("Edition"),
            picklist("DefaultAccountAccess", 40, "n", &[]),
            picklist("DefaultContactAccess", 40, "n", &[]),
            picklist("DefaultLeadAccess", 40, "n", &[]),
            picklist("DefaultCaseAccess", 40, "n", &[]),
            picklist("DefaultOpportunityAccess", 40, "n", &[]),
            picklist("DefaultCampaignAccess", 40, "n", &[]),
            picklist("DefaultCalendarAccess", 40, "n", &[]),
            picklist("DefaultPricebookAccess", 40, "n", &[]),
            picklist("DefaultLocaleSidKey", 40, "u", &[]).label("Locale"),
            typed("FiscalYearStartMonth", Kind::Int, "u").label("Fiscal Year Starts In"),
            typed("IsReadOnly", Kind::Boolean, "d"),
            picklist("LanguageLocaleKey", 40, "u", &[]).label("Language"),
            picklist("TimeZoneSidKey", 40, "u", &[]).label("Time Zone"),
        ],
        &AUDIT,
    ],
};

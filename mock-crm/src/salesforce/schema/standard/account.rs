use super::Table;
use crate::salesforce::schema::column::{
    AUDIT, Column, IS_DELETED, address, id, owner, picklist, reference, string, textarea, typed,
};
use crate::salesforce::schema::field::Kind;

pub(super) const ACCOUNT: Table = Table {
    name: "Account",
    label: "Account",
    plural: "Accounts",
    prefix: *b"001",
    verbs: "cud",
    setup: false,
    audit: true,
    columns: &[
        &[
            id("Account ID"),
            IS_DELETED,
            reference("MasterRecordId", "n", &["Account"]),
            string("Name", 255, "cuN").label("Account Name"),
            picklist("Type", 40, "cun", &TYPES).label("Account Type"),
            reference("ParentId", "cun", &["Account"]).label("Parent Account ID"),
        ],
        &address([
            "BillingStreet",
            "BillingCity",
            "BillingState",
            "BillingPostalCode",
            "BillingCountry",
            "BillingLatitude",
            "BillingLongitude",
            "BillingGeocodeAccuracy",
            "BillingAddress",
        ]),
        &address([
            "ShippingStreet",
            "ShippingCity",
            "ShippingState",
            "ShippingPostalCode",
            "ShippingCountry",
            "ShippingLatitude",
            "ShippingLongitude",
            "ShippingGeocodeAccuracy",
            "ShippingAddress",
        ]),
        DETAILS,
        &AUDIT,
        &[
            typed("LastActivityDate", Kind::Date, "n").label("Last Activity"),
            typed("LastViewedDate", Kind::DateTime, "n"),
            typed("LastReferencedDate", Kind::DateTime, "n"),
            string("Jigsaw", 20, "cun").label("Data.com Key"),
            string("JigsawCompanyId", 20, "n"),
            picklist("CleanStatus", 40, "cunr", &CLEAN_STATUSES),
            picklist("AccountSource", 40, "cun", &[]),
            string("DunsNumber", 9, "cun").label("D-U-N-S Number"),
            string("Tradestyle", 255, "cun"),
            string("NaicsCode", 8, "cun").label("NAICS Code"),
            string("NaicsDesc", 120, "cun").label("NAICS Description"),
            string("YearStarted", 4, "cun"),
            string("SicDesc", 80, "cun").label("SIC Description"),
        ],
    ],
};

const DETAILS: &[Column] = &[
    typed("Phone", Kind::Phone, "cun").label("Account Phone"),
    typed("Fax", Kind::Phone, "cun").label("Account Fax"),
    string("AccountNumber", 40, "cun"),
    typed("Website", Kind::Url, "cun"),
    typed("PhotoUrl", Kind::Url, "n").label("Photo URL"),
    string("Sic", 20, "cun").label("SIC Code"),
    picklist("Industry", 255, "cun", &[]),
    typed("AnnualRevenue", Kind::Currency, "cun"),
    typed("NumberOfEmployees", Kind::Int, "cun").label("Employees"),
    picklist(
        "Ownership",
        40,
        "cun",
        &["Public", "Private", "Subsidiary", "Other"],
    ),
    string("TickerSymbol", 20, "cun"),
    textarea("Description", 32000, "cun").label("Account Description"),
    picklist("Rating", 40, "cun", &["Hot", "Warm", "Cold"]).label("Account Rating"),
    string("Site", 80, "cun").label("Account Site"),
    owner(&["User"]),
];

const TYPES: [&str; 7] = [
    "Prospect",
    "Customer - Direct",
    "Customer - Channel",
    "Channel Partner / Reseller",
    "Installation Partner",
    "Technology Partner",
    "Other",
];

pub(super) const CLEAN_STATUSES: [&str; 8] = [
    "Matched",
    "Different",
    "Acknowledged",
    "NotFound",
    "Inactive",
    "Pending",
    "SelectMatch",
    "Skipped",
];

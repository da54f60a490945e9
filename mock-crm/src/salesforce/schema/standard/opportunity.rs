use super::contact::LEAD_SOURCES;
use super::{Evidence, Table};
use crate::salesforce::schema::column::{
    AUDIT, IS_DELETED, id, owner, picklist, reference, string, textarea, typed,
};
use crate::salesforce::schema::field::{Kind, Source};

pub(super) const OPPORTUNITY: Table = Table {
    name: "Opportunity",
    label: "Opportunity",
    plural: "Opportunities",
    prefix: *b"006",
    verbs: "cud",
    setup: false,
    audit: true,
    evidence: Evidence::Documented,
    columns: &[
        &[
            id("Opportunity ID"),
            IS_DELETED,
            reference("AccountId", "cun", &["Account"]),
            string("Name", 120, "cuN"),
            textarea("Description", 32000, "cun"),
            picklist("StageName", 255, "cu", &STAGES).label("Stage"),
            typed("Amount", Kind::Currency, "cun"),
            typed("Probability", Kind::Percent, "cun").label("Probability (%)"),
            typed("CloseDate", Kind::Date, "cu"),
            picklist("Type", 255, "cun", &["Existing Business", "New Business"])
                .label("Opportunity Type"),
            string("NextStep", 255, "cun"),
            picklist("LeadSource", 255, "cun", &LEAD_SOURCES),
            typed("IsClosed", Kind::Boolean, "d")
                .label("Closed")
                .source(Source::OpportunityClosed),
            typed("ExpectedRevenue", Kind::Currency, "n"),
            typed("TotalOpportunityQuantity", Kind::Double, "cun").label("Quantity"),
            picklist("ForecastCategory", 40, "nr", &FORECASTS),
            picklist(
                "ForecastCategoryName",
                40,
                "cun",
                &["Omitted", "Pipeline", "Best Case", "Commit", "Closed"],
            )
            .label("Forecast Category"),
            typed("HasOpportunityLineItem", Kind::Boolean, "d").label("Has Line Item"),
            typed("IsWon", Kind::Boolean, "d")
                .label("Won")
                .source(Source::OpportunityWon),
            owner(&["User"]),
        ],
        &AUDIT,
        &[
            typed("LastActivityDate", Kind::Date, "n").label("Last Activity"),
            typed("FiscalQuarter", Kind::Int, "n").source(Source::FiscalQuarter),
            typed("FiscalYear", Kind::Int, "n").source(Source::FiscalYear),
            typed("LastViewedDate", Kind::DateTime, "n"),
            typed("LastReferencedDate", Kind::DateTime, "n"),
            reference("ContactId", "cn", &["Contact"]),
        ],
    ],
};

const FORECASTS: [&str; 5] = ["Omitted", "Pipeline", "BestCase", "Forecast", "Closed"];

const STAGES: [&str; 10] = [
    "Prospecting",
    "Qualification",
    "Needs Analysis",
    "Value Proposition",
    "Id. Decision Makers",
    "Perception Analysis",
    "Proposal/Price Quote",
    "Negotiation/Review",
    "Closed Won",
    "Closed Lost",
];

//! Deals.

use super::property::{Derived, Property};
use super::{Family, ObjectType};

const STAGES: [&str; 7] = [
    "appointmentscheduled",
    "qualifiedtobuy",
    "presentationscheduled",
    "decisionmakerboughtin",
    "contractsent",
    "closedwon",
    "closedlost",
];

const STAGE_LABELS: [&str; 7] = [
    "Appointment Scheduled",
    "Qualified To Buy",
    "Presentation Scheduled",
    "Decision Maker Bought-In",
    "Contract Sent",
    "Closed Won",
    "Closed Lost",
];

pub(super) fn deals() -> ObjectType {
    let own = vec![
        Property::text("dealname", "Deal Name"),
        Property::number("amount", "Amount"),
        Property::select("dealstage", "Deal Stage", &STAGES).labels(&STAGE_LABELS),
        Property::select("pipeline", "Pipeline", &["default"])
            .labels(&["Sales Pipeline"])
            .default("default"),
        Property::datetime("closedate", "Close Date"),
        Property::select(
            "dealtype",
            "Deal Type",
            &["newbusiness", "existingbusiness"],
        ),
        Property::area("description", "Deal Description"),
        Property::flag("hs_is_closed", "Is Deal Closed?")
            .read_only()
            .derived(Derived::StageIsOneOf(&["closedwon", "closedlost"])),
        Property::flag("hs_is_closed_won", "Is Closed Won")
            .read_only()
            .derived(Derived::StageIsOneOf(&["closedwon"])),
        // A deal's own create date can be set to another day than the record's.
        Property::datetime("createdate", "Create Date").derived(Derived::CreatedAt),
    ];
    let mut deals = ObjectType::new("deals", "deal", "0-3", Family::Crm, own);
    deals.created = "createdate";
    deals.default_properties = &[
        "amount",
        "closedate",
        "createdate",
        "dealname",
        "dealstage",
        "hs_lastmodifieddate",
        "hs_object_id",
        "pipeline",
    ];
    deals.searchable = &[
        "dealname",
        "pipeline",
        "dealstage",
        "description",
        "dealtype",
    ];
    deals.scope = "deals";
    deals
}

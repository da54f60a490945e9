//! Leads: what sales works on, about a contact that is there already.

use super::property::Property;
use super::{Family, ObjectType};

const STAGES: [&str; 5] = [
    "new-stage-id",
    "attempting-stage-id",
    "connected-stage-id",
    "qualified-stage-id",
    "unqualified-stage-id",
];

pub(super) fn leads() -> ObjectType {
    let types = ["NEW_BUSINESS", "RE_ATTEMPTING", "UPSELL"];
    let own = vec![
        Property::text("hs_lead_name", "Lead name"),
        // The options of these two are not known for certain.
        Property::select("hs_lead_type", "Lead type", &types),
        Property::select("hs_lead_label", "Lead label", &["HOT", "WARM", "COLD"]),
        Property::select("hs_pipeline", "Pipeline", &["lead-pipeline-id"])
            .default("lead-pipeline-id"),
        Property::select("hs_pipeline_stage", "Pipeline stage", &STAGES).default("new-stage-id"),
        Property::number("hs_primary_contact_id", "Primary contact").read_only(),
    ];
    let mut leads = ObjectType::new("leads", "lead", "0-136", Family::Crm, own);
    leads.required = vec!["hs_lead_name".into()];
    leads.required_association = Some("contacts");
    leads.searchable = &["hs_lead_name"];
    leads.scope = "leads";
    leads
}

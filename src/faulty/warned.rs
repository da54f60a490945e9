//! Only what is inferred is broken: a warning, and a failure where the documents are read strictly.

use super::FaultyClient;
use super::activities::is_activity_object;
use crate::apollo::Crm;
use crate::sync::Policy;

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![FaultyClient {
        name: "hubspot-activity-without-owner",
        description: "HubSpot is told no owner of an activity, and leaves it blank",
        source: "M98: n8n-io/n8n 11844",
        breaks: &["H7"],
        causes: &["owner_not_sent"],
        policy: Policy {
            last_look: |write| {
                if write.crm == Crm::Hubspot && is_activity_object(write.object) {
                    write.owner = None;
                }
            },
            ..Policy::reference()
        },
    }]
}

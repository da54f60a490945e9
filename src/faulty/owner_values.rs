//! The right owner is known, and does not reach the record: an id of the wrong kind, another property, a rule that overrules.

use super::FaultyClient;
use super::activities::is_activity_object;
use crate::apollo::Crm;
use crate::sync::{Change, Policy, Write};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "hubspot-user-id-as-owner",
            description: "HubSpot is told the user id where it wants the owner id",
            source: "M34: customeros/customeros 591; the vendor's owners guide warns of it",
            breaks: &["H1", "N8"],
            causes: &["hubspot_user_id_sent"],
            policy: Policy {
                owner_id: |identity| Some(identity.user_id.clone()),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "owner-id-of-the-other-crm",
            description: "Salesforce is told HubSpot's owner id, and HubSpot Salesforce's user id",
            source: "M46: derived from the rules, one map of owners for two CRMs",
            breaks: &["N8"],
            causes: &["owner_id_of_other_crm"],
            policy: Policy {
                owner_known_in: |crm| match crm {
                    Crm::Salesforce => Crm::Hubspot,
                    Crm::Hubspot => Crm::Salesforce,
                },
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "activity-owner-in-a-dead-property",
            description: "HubSpot is told an activity's owner in a property of its former interface",
            source: "M36: n8n-io/n8n 11844 and 18753, hubspot-net/HubSpot.NET 16",
            breaks: &["H7"],
            causes: &["owner_in_other_field"],
            policy: Policy {
                last_look: owner_in_a_dead_property,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "created-by-sent-like-the-owner",
            description: "Salesforce is told who created a record, so that it agrees with the owner",
            source: "M30: forcedotcom/SFDX-Data-Move-Utility 55, refused as in SalesforceCommerceCloud/b2c-crm-sync 272",
            breaks: &["R04", "R05", "R06", "R07"],
            causes: &["created_by_sent"],
            policy: Policy {
                last_look: created_by_like_owner,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "assignment-rule-left-on",
            description: "Salesforce's assignment rules overrule the owner",
            source: "M50: jsforce/jsforce 512, simple-salesforce/simple-salesforce 419",
            breaks: &["R07"],
            causes: &["assignment_rule"],
            policy: Policy {
                last_look: |write| write.assignment_rules |= write.crm == Crm::Salesforce,
                ..Policy::reference()
            },
        },
    ]
}

fn owner_in_a_dead_property(write: &mut Write) {
    if write.crm == Crm::Hubspot
        && is_activity_object(write.object)
        && let Some(owner) = write.owner.take()
    {
        write.properties.insert("ownerIds".into(), owner.into());
    }
}

fn created_by_like_owner(write: &mut Write) {
    if let (Crm::Salesforce, Change::Create { .. }, Some(owner)) =
        (write.crm, &write.change, &write.owner)
        && *owner != write.writer.user_id
    {
        write
            .properties
            .insert("CreatedById".into(), owner.as_str().into());
    }
}

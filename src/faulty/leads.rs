//! Salesforce's assignment rules and defaults have a word in who owns a lead, or what comes along is left to the CRM.

use super::FaultyClient;
use crate::apollo::{Crm, CrmObject, Mode};
use crate::sync::{Change, Policy, Write};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "assignment-rule-on-updates",
            description: "a create keeps the assignment rule off, an update wakes it",
            source: "M51: sorenkrabbe/Chrome-Salesforce-inspector 178, restforce/restforce 204",
            breaks: &["U2"],
            causes: &["assignment_rule"],
            policy: looking(rule_on_updates),
        },
        FaultyClient {
            name: "assignment-rule-in-bulk",
            description: "the assignment rule is kept off a single push, and not off a bulk push",
            source: "M52: jsforce/jsforce 215, heroku/salesforce-bulk 65",
            breaks: &["R07", "R25"],
            causes: &["assignment_rule"],
            policy: looking(rule_in_bulk),
        },
        FaultyClient {
            name: "assignment-rule-one-at-a-time",
            description: "the assignment rule is kept off a bulk push, and not off a single push",
            source: "M52: k-capehart/go-salesforce 98",
            breaks: &["R07", "R25"],
            causes: &["assignment_rule"],
            policy: looking(rule_one_at_a_time),
        },
        FaultyClient {
            name: "lead-left-to-the-org",
            description: "a lead names no owner, so that the org's rule or default owner gets it",
            source: "M49: wadewegner/Force.com-Toolkit-for-NET 368",
            breaks: &["R07"],
            causes: &["owner_not_sent", "assignment_rule"],
            policy: looking(lead_left_to_the_org),
        },
        FaultyClient {
            name: "account-names-no-owner",
            description: "contacts name their owner, accounts leave it to the CRM",
            source: "derived from the rules: A18 names contacts and accounts alike",
            breaks: &["R05", "H1"],
            causes: &["owner_not_sent"],
            policy: looking(account_names_no_owner),
        },
    ]
}

fn looking(last_look: fn(&mut Write)) -> Policy {
    Policy {
        last_look,
        ..Policy::reference()
    }
}

fn rule_on_updates(write: &mut Write) {
    let update = matches!(write.change, Change::Update { .. });
    write.assignment_rules |= write.crm == Crm::Salesforce && update;
}

fn rule_in_bulk(write: &mut Write) {
    write.assignment_rules |= write.crm == Crm::Salesforce && write.mode == Mode::Bulk;
}

fn rule_one_at_a_time(write: &mut Write) {
    write.assignment_rules |= write.crm == Crm::Salesforce && write.mode == Mode::Single;
}

fn lead_left_to_the_org(write: &mut Write) {
    if write.object == CrmObject::Lead {
        write.owner = None;
        write.assignment_rules = true;
    }
}

fn account_names_no_owner(write: &mut Write) {
    if write.object == CrmObject::Account {
        write.owner = None;
    }
}

//! Records that are pushed together are mixed up, or lost.

use super::FaultyClient;
use crate::apollo::{Crm, Mode};
use crate::sync::{Acting, Batches, BulkDoor, Case, Owner, Policy, Verb, Whose, Write};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "batch-by-its-first-login",
            description: "a whole batch goes through the login of its first record",
            source: "M72: derived from the rules, whose \"you\" is each record's own user",
            breaks: &["R26"],
            causes: &["one_credential_for_all"],
            policy: in_batches(Batches::FirstLogin),
        },
        FaultyClient {
            name: "batch-by-the-pushers-login",
            description: "a whole batch goes through the login of whoever pressed the button, whatever the sources say",
            source: "M73: the third reading of who \"you\" is, carried over to the table of sources",
            breaks: &["R26"],
            causes: &["one_credential_for_all"],
            policy: Policy {
                you: pusher,
                credentials: personal_in_bulk,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "one-bad-row-refuses-the-batch",
            description: "one invalid record keeps the good ones of its batch out of the CRM",
            source: "M75: HubSpot/hubspot-api-python 51, hubspot-net/HubSpot.NET 25",
            breaks: &["R01", "H1"],
            causes: &["batch_spoilt_by_one_row"],
            policy: in_batches(Batches::AllOrNone),
        },
        FaultyClient {
            name: "bad-row-sends-the-batch-to-team-sync",
            description: "after one invalid record, all of its batch go through team sync on the second try",
            source: "M75: derived from the rules, with a second try that takes another login",
            breaks: &["R01", "H1"],
            causes: &["batch_spoilt_by_one_row", "team_sync_instead_of_personal"],
            policy: in_batches(Batches::Rerouted),
        },
        FaultyClient {
            name: "batch-answers-read-in-order",
            description: "the answers of a batch are taken to stand in the order of its rows",
            source: "derived from HubSpot's documents, which promise no order, and HubSpot/hubspot-api-python 51",
            breaks: &["N2"],
            causes: &["answers_mixed_up"],
            policy: in_batches(Batches::InOrder),
        },
        FaultyClient {
            name: "more-rows-than-the-limit",
            description: "a batch is sent as it is, however many rows the CRM takes",
            source: "derived from the vendors' limits: 200 rows of a collection, 100 inputs of a batch",
            breaks: &["R01", "H1"],
            causes: &["batch_too_large"],
            policy: in_batches(Batches::Unlimited),
        },
        FaultyClient {
            name: "rows-beyond-the-limit-dropped",
            description: "only the first full request of a batch is sent, and the rest counts as done",
            source: "derived from the vendors' limits: 200 rows of a collection, 100 inputs of a batch",
            breaks: &["R01", "H1"],
            causes: &["rows_never_sent"],
            policy: in_batches(Batches::CutOff),
        },
        FaultyClient {
            name: "locked-rows-given-up",
            description: "a row that is locked for a moment counts as refused",
            source: "derived from Salesforce's UNABLE_TO_LOCK_ROW and HubSpot's 423, both of which ask to try again",
            breaks: &["R01", "H1"],
            causes: &["locked_row_given_up"],
            policy: in_batches(Batches::LockedGivenUp),
        },
        FaultyClient {
            name: "bulk-names-no-owner",
            description: "a single push names the owner, a bulk push leaves it to the CRM",
            source: "M77: mautic/mautic 5303, whose command line sent the owner and whose actions did not",
            breaks: &["R04", "R05", "R06", "R25", "H1", "H10"],
            causes: &["owner_not_sent"],
            policy: Policy {
                owners: named_on_its_own,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "job-by-its-first-login",
            description: "a Bulk job holds everybody's records, so that whoever opened it creates them all",
            source: "M72 through the Bulk API, whose rows are the job creator's doing",
            breaks: &["R26"],
            causes: &["one_credential_for_all"],
            policy: Policy {
                bulk: BulkDoor::Jobs,
                ..in_batches(Batches::FirstLogin)
            },
        },
        FaultyClient {
            name: "job-under-the-assignment-rule",
            description: "a Bulk job names the org's assignment rule, which takes every lead",
            source: "M52 through the Bulk API: heroku/salesforce-bulk 65",
            breaks: &["R07", "R25"],
            causes: &["assignment_rule"],
            policy: Policy {
                bulk: BulkDoor::Jobs,
                last_look: rule_in_bulk,
                ..Policy::reference()
            },
        },
    ]
}

fn rule_in_bulk(write: &mut Write) {
    write.assignment_rules |= write.crm == Crm::Salesforce && write.mode == Mode::Bulk;
}

fn in_batches(batches: Batches) -> Policy {
    Policy {
        batches,
        ..Policy::reference()
    }
}

fn pusher(acting: &Acting<'_>) -> Option<crate::apollo::UserId> {
    acting
        .pusher
        .clone()
        .or_else(|| (Policy::reference().you)(acting))
}

fn personal_in_bulk(case: &Case) -> Vec<Whose> {
    match case.mode {
        Mode::Bulk => vec![Whose::You, Whose::TeamSync, Whose::Highest],
        Mode::Single => (Policy::reference().credentials)(case),
    }
}

fn named_on_its_own(case: &Case) -> Vec<Owner> {
    match (case.mode, case.verb) {
        (Mode::Bulk, Verb::Create) => vec![],
        _ => (Policy::reference().owners)(case),
    }
}

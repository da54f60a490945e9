//! The table of creators is misread: a source stands in the wrong column, or the columns mean something else.

use super::FaultyClient;
use crate::apollo::{CrmObject, Source};
use crate::sync::Whose::{Highest, TeamSync, You};
use crate::sync::{Case, Policy, Whose};

pub(super) fn faults() -> Vec<FaultyClient> {
    vec![
        FaultyClient {
            name: "personal-for-every-source",
            description: "the linked user creates every record, however it came into Apollo",
            source: "M02: the article before it had its table",
            breaks: &["R04", "R05", "R06"],
            causes: &["personal_instead_of_team_sync"],
            policy: Policy {
                credentials: |_| vec![You, TeamSync, Highest],
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "columns-swapped",
            description: "what you make goes through team sync, what Apollo finds through you",
            source: "M03: derived from the rules, the headers of A21 and B7 exchanged",
            breaks: &["R01", "R02", "R03", "R04", "R05", "R06"],
            causes: &[
                "team_sync_instead_of_personal",
                "personal_instead_of_team_sync",
            ],
            policy: Policy {
                credentials: columns_swapped,
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "manual-filed-under-team-sync",
            description: "a record made by hand is created by team sync",
            source: "M04: derived from the rules, one line of the table in the wrong column",
            breaks: &["R01"],
            causes: &["team_sync_instead_of_personal"],
            policy: Policy {
                credentials: |case| misfiled(case, Source::Manual, Source::Prospecting),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "csv-filed-under-team-sync",
            description: "a record from a CSV upload is created by team sync",
            source: "M05: derived from the rules, one line of the table in the wrong column",
            breaks: &["R02"],
            causes: &["team_sync_instead_of_personal"],
            policy: Policy {
                credentials: |case| misfiled(case, Source::Csv, Source::Prospecting),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "gmail-filed-under-team-sync",
            description: "a record from the Chrome extension in Gmail is created by team sync",
            source: "M06: derived from the rules, one line of the table in the wrong column",
            breaks: &["R03"],
            causes: &["team_sync_instead_of_personal"],
            policy: Policy {
                credentials: |case| misfiled(case, Source::Gmail, Source::Prospecting),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "linkedin-taken-for-gmail",
            description: "the Chrome extension is one source, so that LinkedIn is filed as Gmail is",
            source: "M07, M11: derived from the rules, two lines of the table with nearly one name",
            breaks: &["R04"],
            causes: &["personal_instead_of_team_sync"],
            policy: Policy {
                credentials: |case| misfiled(case, Source::Linkedin, Source::Gmail),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "prospecting-filed-under-personal",
            description: "a record from prospecting is created by the linked user",
            source: "M08: derived from the rules, one line of the table in the wrong column",
            breaks: &["R05"],
            causes: &["personal_instead_of_team_sync"],
            policy: Policy {
                credentials: |case| misfiled(case, Source::Prospecting, Source::Manual),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "job-change-filed-under-personal",
            description: "a record from job change enrichment is created by the linked user",
            source: "M09: derived from the rules, one line of the table in the wrong column",
            breaks: &["R06"],
            causes: &["personal_instead_of_team_sync"],
            policy: Policy {
                credentials: |case| misfiled(case, Source::Jobchange, Source::Manual),
                ..Policy::reference()
            },
        },
        FaultyClient {
            name: "lead-outside-the-table",
            description: "a lead is created by the linked user, however its contact came into Apollo",
            source: "derived from the rules: a lead taken for no contact, against reading a of Q13",
            breaks: &["R07"],
            causes: &["personal_instead_of_team_sync"],
            policy: Policy {
                credentials: lead_outside_the_table,
                ..Policy::reference()
            },
        },
    ]
}

/// The choice for a record of another source.
fn misfiled(case: &Case, source: Source, taken_for: Source) -> Vec<Whose> {
    let source = if case.source == source {
        taken_for
    } else {
        case.source
    };
    (Policy::reference().credentials)(&Case { source, ..*case })
}

fn columns_swapped(case: &Case) -> Vec<Whose> {
    let taken_for = match case.source {
        Source::Manual | Source::Csv | Source::Gmail => Source::Prospecting,
        Source::Linkedin | Source::Prospecting | Source::Jobchange => Source::Manual,
    };
    misfiled(case, case.source, taken_for)
}

fn lead_outside_the_table(case: &Case) -> Vec<Whose> {
    match case.object {
        CrmObject::Lead => misfiled(case, case.source, Source::Manual),
        _ => (Policy::reference().credentials)(case),
    }
}

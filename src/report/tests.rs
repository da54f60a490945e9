//! One small run, spoiled in one way per test.

mod digest_tests;
mod exit_tests;
mod format_tests;
mod github_tests;
mod junit_tests;
mod known_tests;
mod merge_tests;
mod row_tests;
mod shard_tests;

use super::*;
use crate::observe::{Blame, Cause, Field, Judgement, Shown, Verdict};
use crate::rules::{self, Crm, RowId, Status};

fn row(id: &str) -> RowId {
    id.parse().unwrap()
}

fn shown(name: &str, part: &str) -> Shown {
    Shown {
        name: name.to_owned(),
        part: part.to_owned(),
    }
}

/// R05's Created By, as documented.
fn verdict(judgement: Judgement) -> Verdict {
    let passed = judgement == Judgement::Passed;
    Verdict {
        judgement,
        row: Some(row("R05")),
        line: None,
        crm: Some(Crm::Salesforce),
        subject: "Ann Lee".to_owned(),
        field: Field::CreatedBy,
        level: Some(Status::Documented),
        expected: vec![shown("Integration User", "team sync")],
        recorded: if passed {
            shown("Integration User", "team sync")
        } else {
            shown("Dana Reyes", "you")
        },
        readings: vec![],
        blamed: (!passed).then(|| Blame {
            request: "q7".to_owned(),
            method: "POST".to_owned(),
            path: "/services/data/v62.0/sobjects/Contact".to_owned(),
            status: 201,
            credential: "Dana Reyes".to_owned(),
        }),
        cause: (!passed).then(|| {
            Cause::PersonalInsteadOfTeamSync
                .told("the personal credential was used, although the source belongs to team sync")
        }),
        sentences: ["A19", "A20", "A21"]
            .iter()
            .map(|id| id.parse().unwrap())
            .collect(),
        reported: false,
    }
}

fn scenario(verdicts: Vec<Verdict>) -> ScenarioReport {
    ScenarioReport {
        feature: "Salesforce records".to_owned(),
        name: "prospecting, and it's linked".to_owned(),
        location: "features/salesforce.feature:12".to_owned(),
        rows: vec![row("R05")],
        duration_ms: 4,
        ended: Ended::Judged,
        output: crate::report::SystemOutput::default(),
        verdicts,
        observation: None,
    }
}

fn run(judgement: Judgement) -> RunReport {
    RunReport {
        harness_version: "0.1.0".to_owned(),
        system: SystemUnderTest {
            name: "reference client".to_owned(),
            version: "0.1.0".to_owned(),
            capabilities: vec![],
        },
        seed: 17,
        selection: Selection {
            built_in: true,
            ..Selection::default()
        },
        scenarios: vec![scenario(vec![verdict(judgement)])],
        ..RunReport::default()
    }
}

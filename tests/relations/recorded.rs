//! What the CRMs recorded of each scene: who owns each record and who created it. Nothing here knows what is right.

use crm_conformance::observe::{Observation, Principal, Subject};
use crm_conformance::report::{Ended, ScenarioReport};
use crm_conformance::suite::run::{self, Connect, Options};

use crate::scene::{Scene, scenarios};

/// What was recorded of the records of one scene, by the key of each.
pub(crate) type Seen = Vec<(String, Recorded)>;

/// Owner and Created By of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Recorded {
    Record { owner: Whom, created_by: Whom },
    Nothing,
}

/// Somebody, by name and by part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whom {
    pub(crate) name: String,
    pub(crate) part: String,
}

impl Recorded {
    pub(crate) fn owner(&self) -> Option<&Whom> {
        match self {
            Self::Record { owner, .. } => Some(owner),
            Self::Nothing => None,
        }
    }

    pub(crate) fn created_by(&self) -> Option<&Whom> {
        match self {
            Self::Record { created_by, .. } => Some(created_by),
            Self::Nothing => None,
        }
    }

    /// The parts alone: names are made up anew for each seed.
    pub(crate) fn parts(&self) -> Option<(&str, &str)> {
        Some((&self.owner()?.part, &self.created_by()?.part))
    }
}

/// Runs scenes, and tells what was recorded of each.
pub(crate) fn record(scenes: &[Scene], connect: &Connect, seed: u64) -> Vec<Seen> {
    let mut options = Options::new(seed);
    options.connect = connect.clone();
    let report = run::run(scenarios(scenes), &options, |_| {}).expect("the mocks can be started");
    assert_eq!(report.harness_errors, Vec::<String>::new());
    report.scenarios.iter().map(seen).collect()
}

fn seen(scenario: &ScenarioReport) -> Seen {
    assert_eq!(scenario.ended, Ended::Judged, "{}", scenario.name);
    let observation = scenario
        .observation
        .as_ref()
        .expect("what was judged was observed");
    let of = |subject: &Subject| (subject.key.value.clone(), recorded(subject, observation));
    let mut seen: Seen = observation.subjects.iter().map(of).collect();
    seen.sort_by(|one, other| one.0.cmp(&other.0));
    seen
}

fn recorded(subject: &Subject, observation: &Observation) -> Recorded {
    let mut records = observation
        .records
        .iter()
        .filter(|record| record.key == subject.key);
    match (records.next(), records.count()) {
        (Some(record), 0) => Recorded::Record {
            owner: whom(record.now.owner.as_ref(), subject),
            created_by: whom(record.now.created_by.as_ref(), subject),
        },
        (None, _) => Recorded::Nothing,
        (Some(_), more) => panic!("{} records more than one", more),
    }
}

fn whom(principal: Option<&Principal>, subject: &Subject) -> Whom {
    let Some(principal) = principal else {
        return Whom {
            name: "nobody".to_owned(),
            part: "nobody".to_owned(),
        };
    };
    let mut cast = subject.cast.iter();
    let plays = cast.find(|(_, players)| players.iter().any(|player| player.is(principal)));
    Whom {
        name: principal.name.clone(),
        part: plays.map_or_else(|| "no part".to_owned(), |(role, _)| role.to_string()),
    }
}

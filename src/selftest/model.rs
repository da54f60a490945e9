use std::fmt;

use serde::Serialize;

use super::weaken::Weakened;
use super::{Diagnosis, Kill, Kind, Recording, Share};
use crate::faulty;
use crate::report::{Conformance, Exit, Signal};
use crate::rules::{self, Edition, RowId};

/// Everything that a self-test found out.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SelfTest {
    /// What names and companies were drawn from.
    pub seed: u64,
    /// How many scenarios there are.
    pub scenarios: usize,
    /// How many clients there are, tested or not.
    pub known: usize,
    /// Whether only some clients were asked for.
    pub filtered: bool,
    /// What the canary found. Not empty: the self-test can't be trusted, and says nothing.
    pub void: Vec<String>,
    /// Whether the canary came out as it must.
    pub trusted: bool,
    /// Whether somebody has ended it before its last client, and how.
    pub stopped: Option<Signal>,
    /// Each client, in the order of the catalogue.
    pub clients: Vec<Tested>,
    /// What became of weakened features, if that was asked for.
    pub weakened: Option<Weakened>,
}

/// One client, and what the suite made of it.
#[derive(Clone, Debug, Serialize)]
pub struct Tested {
    /// The client's name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// What the suite has to make of it.
    pub kind: Kind,
    /// What the suite made of it.
    pub outcome: Outcome,
    /// What each row that it breaks caught.
    pub kills: Vec<Kill>,
    /// Whether the likely cause that its failures name is right; of a faulty client alone.
    pub diagnosis: Option<Diagnosis>,
    /// Every row that turned red.
    pub red_rows: Vec<RowId>,
    /// Scenarios that ran.
    pub scenarios: usize,
    /// Scenarios of these that failed.
    pub failed: usize,
    /// How many documented rows count as kept.
    pub conformance: Conformance,
    /// Lines of its longest failure, in a terminal of 80 columns.
    pub longest_failure: usize,
    /// What most scenarios suffer from, where there is such a thing.
    pub symptom: Option<String>,
    /// What broke in the suite, or is wrong with a feature, while this client ran.
    pub errors: Vec<String>,
    /// How long its run took.
    pub milliseconds: u64,
    /// What turned red where.
    #[serde(skip)]
    pub recording: Recording,
}

/// What the suite made of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A right client passes.
    Passed,
    /// A wrong client is caught by what it breaks.
    Caught,
    /// A wrong client is not.
    Missed,
    /// A right client fails.
    FalseAlarm,
    /// The suite broke, so that its verdicts say nothing.
    Broke,
}

/// A documented row that too few clients break.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThinRow {
    /// The row.
    pub row: RowId,
    /// The faulty clients that it catches by name.
    pub clients: Vec<String>,
}

/// What it comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Numbers {
    /// Faulty and hopeless clients that were caught.
    pub caught: usize,
    /// Those that were not.
    pub missed: usize,
    /// Right clients that passed.
    pub passed: usize,
    /// Right clients that failed.
    pub false_alarms: usize,
    /// Clients whose runs broke the suite.
    pub broke: usize,
    /// Documented rows that count as kept for a hopeless client, the most of any.
    pub hopeless_rows_kept: usize,
    /// How often the likely cause is right, over the faulty clients that patterns were written for.
    pub diagnosis: Share,
    /// The same over those that were written after the patterns of causes were frozen.
    pub diagnosis_of_later: Share,
}

impl SelfTest {
    /// The clients of a kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Tested> {
        self.clients
            .iter()
            .filter(move |tested| tested.kind == kind)
    }

    /// What it comes to.
    pub fn numbers(&self) -> Numbers {
        let count = |outcome| {
            self.clients
                .iter()
                .filter(|tested| tested.outcome == outcome)
                .count()
        };
        let kept = self
            .of(Kind::Hopeless)
            .map(|tested| tested.conformance.kept);
        Numbers {
            caught: count(Outcome::Caught),
            missed: count(Outcome::Missed),
            passed: count(Outcome::Passed),
            false_alarms: count(Outcome::FalseAlarm),
            broke: count(Outcome::Broke),
            hopeless_rows_kept: kept.max().unwrap_or_default(),
            diagnosis: Share::of(self.diagnosed(false)),
            diagnosis_of_later: Share::of(self.diagnosed(true)),
        }
    }

    /// Faulty clients that are older than the frozen patterns of causes, or the later ones.
    fn diagnosed(&self, wanted: bool) -> impl Iterator<Item = &Tested> {
        let later = faulty::later();
        let names: Vec<&str> = later.iter().map(|client| client.name).collect();
        let is_later = move |tested: &&Tested| names.contains(&tested.name.as_str()) == wanted;
        self.clients.iter().filter(is_later)
    }

    /// Rows that a client says it breaks and that caught nothing of it.
    pub fn idle(&self) -> impl Iterator<Item = (&Tested, RowId)> {
        let of_client = |tested: &'_ Tested| -> Vec<RowId> {
            let idle = tested.kills.iter().filter(|kill| kill.red == 0);
            idle.map(|kill| kill.row).collect()
        };
        self.clients
            .iter()
            .flat_map(move |tested| of_client(tested).into_iter().map(move |row| (tested, row)))
    }

    /// Documented rows that catch fewer than two faulty clients by name. Of a part of the catalogue that says nothing.
    pub fn thin_rows(&self) -> Vec<ThinRow> {
        let documented = rules::rows()
            .iter()
            .filter(|row| row.documented_in(Edition::Newer));
        let of_row = |row: RowId| ThinRow {
            row,
            clients: self
                .of(Kind::Faulty)
                .filter(|tested| tested.caught_by(row))
                .map(|tested| tested.name.clone())
                .collect(),
        };
        documented
            .map(|row| of_row(row.id))
            .filter(|thin| thin.clients.len() < 2)
            .collect()
    }

    /// Whether every client there is was tested.
    pub fn whole(&self) -> bool {
        !self.filtered && self.stopped.is_none()
    }

    /// 130 and 143: ended from outside. 0: all caught, no false alarm. 3: the suite broke, or the self-test can't be trusted. 1: anything else.
    pub fn exit(&self) -> Exit {
        let numbers = self.numbers();
        let weak = self
            .weakened
            .as_ref()
            .is_some_and(|weakened| !weakened.in_order());
        if let Some(signal) = self.stopped {
            signal.into()
        } else if !self.void.is_empty() || numbers.broke > 0 {
            Exit::HarnessBroke
        } else if self.clients.is_empty() || numbers.missed + numbers.false_alarms > 0 || weak {
            Exit::NotConformant
        } else {
            Exit::Conformant
        }
    }
}

impl Tested {
    /// Whether this row, which it says it breaks, turned red by it.
    pub fn caught_by(&self, row: RowId) -> bool {
        self.kills
            .iter()
            .any(|kill| kill.row == row && kill.red > 0)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Passed => "passed",
            Self::Caught => "caught",
            Self::Missed => "MISSED",
            Self::FalseAlarm => "FALSE ALARM",
            Self::Broke => "BROKE",
        })
    }
}

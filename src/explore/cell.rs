//! One cell of the decision table: everything that the rules look at for the first push of one record, or for one activity.

mod scene;
mod thens;

pub(super) use thens::spoken;

use std::fmt;

use serde::Serialize;

use super::running::Case;
use crate::rules::{Crm, Kind, Mode, Personal, Source, Team};
use crate::suite::feature;

/// A situation that a scenario can set up, by its aspects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Cell {
    /// Where it is pushed.
    pub crm: Crm,
    /// Contact, account, lead; e-mail, task, call.
    pub kind: Kind,
    /// How the record came into Apollo; of an activity, the contact that it is about.
    pub source: Source,
    /// Dana's login.
    pub personal: Personal,
    /// Team sync.
    pub team: Team,
    /// Who else has linked.
    pub colleagues: Colleagues,
    /// How the record is pushed; of an activity, how its contact was.
    pub mode: Mode,
}

/// Who has linked besides Dana, and in which order: that must not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Colleagues {
    /// Nobody.
    Nobody,
    /// One, who may do no more than Dana.
    Weaker,
    /// Three, the most permitted of them last.
    WeakestFirst,
    /// The same three, the most permitted of them first.
    StrongestFirst,
    /// Three, two of them at the top.
    Tie,
}

impl Colleagues {
    /// All fixtures.
    pub const ALL: [Self; 5] = [
        Self::Nobody,
        Self::Weaker,
        Self::WeakestFirst,
        Self::StrongestFirst,
        Self::Tie,
    ];
}

const KINDS: [&[Kind]; 2] = [Kind::RECORDS, Kind::ACTIVITIES];
const PERSONAL: [Personal; 5] = [
    Personal::Linked,
    Personal::Refreshable,
    Personal::Never,
    Personal::Revoked,
    Personal::Inactive,
];
const TEAMS: [Team; 4] = [
    Team::None,
    Team::Connected,
    Team::ConnectedAtTop,
    Team::Broken,
];
const MODES: [Mode; 2] = [Mode::Single, Mode::Bulk];

impl Cell {
    /// Every cell that can be set up, in a fixed order.
    pub fn all() -> Vec<Self> {
        let possible = |cell: &Self| cell.impossible().is_none();
        Self::every().filter(possible).collect()
    }

    /// Every combination of the aspects.
    pub fn every() -> impl Iterator<Item = Self> {
        let kinds = || KINDS.into_iter().flatten().copied();
        let records = Crm::ALL.into_iter().flat_map(move |crm| {
            kinds().flat_map(move |kind| {
                Source::ALL
                    .into_iter()
                    .map(move |source| (crm, kind, source))
            })
        });
        records.flat_map(|(crm, kind, source)| {
            logins().map(move |(personal, team, colleagues, mode)| Self {
                crm,
                kind,
                source,
                personal,
                team,
                colleagues,
                mode,
            })
        })
    }

    /// Why the combination can't be; `None` where it can.
    pub fn impossible(&self) -> Option<&'static str> {
        match self {
            Self {
                crm: Crm::Hubspot,
                kind: Kind::Lead,
                ..
            } => Some("a lead is a Salesforce record: neither document knows one in HubSpot"),
            Self {
                team: Team::ConnectedAtTop,
                colleagues: Colleagues::Tie,
                ..
            } => Some(
                "two users are at the top: where team sync is one of them, no two colleagues tie",
            ),
            _ => None,
        }
    }

    /// Whether it is about something that somebody did.
    pub fn activity(&self) -> bool {
        Kind::ACTIVITIES.contains(&self.kind)
    }

    /// A name without spaces, for files.
    pub fn id(&self) -> String {
        let mode = match self.mode {
            Mode::Single => "single",
            Mode::Bulk => "bulk",
        };
        let parts = [
            self.crm.to_string(),
            self.kind.to_string().replace('-', ""),
            self.source.protocol_word().to_owned(),
            format!("{:?}", self.personal),
            format!("{:?}", self.team),
            format!("{:?}", self.colleagues),
            mode.to_owned(),
        ];
        parts.join("-").to_lowercase()
    }

    /// The cell as a feature of one scenario.
    pub fn feature(&self) -> feature::Source {
        let (tags, thens) = self.thens();
        let mut text = String::from("Feature: A cell of the decision table\n\n");
        text.push_str(&format!("  {}\n  Scenario: {self}\n", tags.join(" ")));
        let givens = self.givens();
        for (keyword, steps) in [
            ("Given", &givens),
            ("When", &self.whens()),
            ("Then", &thens),
        ] {
            for (index, step) in steps.iter().enumerate() {
                let keyword = if index == 0 { keyword } else { "And" };
                text.push_str(&format!("    {keyword} {step}\n"));
            }
        }
        feature::Source {
            path: format!("{}.feature", self.id()),
            text,
        }
    }
}

impl From<&Cell> for Case {
    fn from(cell: &Cell) -> Self {
        Self {
            words: cell.to_string(),
            source: cell.feature(),
        }
    }
}

fn logins() -> impl Iterator<Item = (Personal, Team, Colleagues, Mode)> {
    PERSONAL.into_iter().flat_map(|personal| {
        TEAMS.into_iter().flat_map(move |team| {
            Colleagues::ALL.into_iter().flat_map(move |colleagues| {
                MODES
                    .into_iter()
                    .map(move |mode| (personal, team, colleagues, mode))
            })
        })
    })
}

impl fmt::Display for Cell {
    /// One line, which is the title of its scenario.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let login = match self.personal {
            Personal::Linked => "linked",
            Personal::Refreshable => "the login needs a refresh",
            Personal::Never => "not linked",
            Personal::Revoked => "the login is revoked",
            Personal::Inactive => "the user is deactivated",
        };
        let team = match self.team {
            Team::Connected => "team sync connected",
            Team::ConnectedAtTop => "team sync at the top",
            Team::None => "no team sync",
            Team::Broken => "team sync broken",
        };
        let colleagues = match self.colleagues {
            Colleagues::Nobody => "nobody else",
            Colleagues::Weaker => "a weaker colleague",
            Colleagues::WeakestFirst => "colleagues, the strongest last",
            Colleagues::StrongestFirst => "colleagues, the strongest first",
            Colleagues::Tie => "two colleagues at the top",
        };
        let mode = match self.mode {
            Mode::Single => "single",
            Mode::Bulk => "bulk",
        };
        let about = if self.activity() { " on a contact" } else { "" };
        let Self {
            crm, kind, source, ..
        } = self;
        write!(
            f,
            "{crm} {kind}{about} ({source}), {login}, {team}, {colleagues}, {mode}"
        )
    }
}

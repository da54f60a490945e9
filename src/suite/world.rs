//! What steps act on: Apollo's team behind the driver, an org and a portal of its own, and what the scenario claims.
//!
//! A World reaches the system under test through driver messages alone, and learns what became of a push from the CRMs alone.

mod apollo;
mod cast;
mod claims;
mod elsewhere;
mod fakes;
mod hands;
mod journal;
mod ledger;
mod logins;
mod named;
mod outside;
mod pushing;
mod records;
mod scenery;
mod side;
mod situation;
mod subjects;
mod trouble;
mod turns;
mod twins;
mod updates;
mod vendor;
mod verdicts;

use std::collections::BTreeMap;
use std::sync::Arc;

use claims::{Claim, Claimed};
pub use journal::late_write;
use records::Draft;
pub use scenery::Spelling;
pub use trouble::Trouble;

use super::harness::Harness;
use super::org_seed::{OrgSeed, Wrong};
use super::people::Person;
use crate::observe::Subject;
use crate::rules::{Crm, RowId};
use crate::sut::{Driver, DriverError, Heard, UserId};
use fakes::Fakes;
use scenery::Scenery;
use side::Side;
use vendor::Staff;

/// Everything of one scenario.
#[derive(Debug, cucumber::World)]
#[world(init = Self::alone)]
pub struct World {
    harness: Arc<Harness>,
    driver: Driver,
    /// Whether the system under test has been told of the scenario.
    begun: bool,
    capabilities: Vec<String>,
    scenario: String,
    rows: Vec<RowId>,
    fakes: Fakes,
    staff: Staff,
    /// Of those who use Apollo.
    apollo_ids: BTreeMap<Person, UserId>,
    /// E-mail addresses that Apollo writes otherwise than the CRMs.
    apollo_emails: BTreeMap<Person, String>,
    salesforce: Side,
    hubspot: Side,
    /// Orgs and portals in which the same client has worked before.
    elsewhere: Vec<elsewhere::Elsewhere>,
    /// Apollo's switch that lets Salesforce's assignment rules choose owners.
    assignment_rules: bool,
    drafts: Vec<Draft>,
    pushed: Vec<Pushed>,
    /// What the last push was about: what a Then without a name speaks of.
    focus: Vec<usize>,
    claims: Vec<Claimed>,
    /// The last request before the first When.
    when_from: Option<u64>,
    line: usize,
    problem: Option<Problem>,
    /// Whether something may have been written that no look at a live CRM has seen.
    unseen: bool,
}

/// Whether a scenario's org and portal can be opened with these objects and fields of a team's own.
///
/// # Errors
/// With what is wrong, and where.
pub fn try_out(own: &OrgSeed) -> Result<(), Wrong> {
    vendor::try_out(own)
}

/// What made-up things are drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Seeds {
    /// The people.
    pub team: u64,
    /// Everything else.
    pub scenario: u64,
}

/// A subject, and what has to be remembered of it until an update.
#[derive(Debug)]
struct Pushed {
    subject: Subject,
    /// The record in Apollo; `None` for an activity.
    draft: Option<usize>,
    /// Whose push it counts as.
    you: Person,
    /// Who owned it in Apollo then.
    apollo_owner: Person,
    /// The CRM user that "you" was linked to then.
    linked_as: Option<Person>,
    /// Whom team sync was connected as then.
    team_sync: Option<Person>,
    /// Whether an earlier push of the record came out otherwise than the table says.
    scene_broken: bool,
}

/// Why a scenario can't go on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The feature asks for something that makes no sense.
    #[error("{0}")]
    Feature(String),
    /// The suite or a mock broke.
    #[error("{0}")]
    Harness(String),
    /// The system under test crashed, hung or broke the protocol.
    #[error("{0}")]
    System(String),
    /// The system under test does not declare this capability.
    #[error("the system under test does not declare {0}")]
    Unsupported(String),
    /// The live CRM that is observed can't supply this.
    #[error("{0}")]
    NotHere(String),
}

impl From<DriverError> for Problem {
    fn from(error: DriverError) -> Self {
        match error {
            DriverError::Unsupported { capability } => Self::System(format!(
                "it declares what it then refuses as unsupported: {capability}"
            )),
            other => {
                let mut text = other.to_string();
                if let DriverError::Raised { trace, .. } = &other {
                    text.push_str(&end_of_trace(trace));
                }
                let mut cause = std::error::Error::source(&other);
                while let Some(inner) = cause {
                    text.push_str(&format!(": {inner}"));
                    cause = inner.source();
                }
                Self::System(text)
            }
        }
    }
}

/// The lines of a trace that say where: in most languages the last ones.
fn end_of_trace(trace: &str) -> String {
    let lines: Vec<&str> = trace
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    match &lines[lines.len().saturating_sub(3)..] {
        [] => String::new(),
        last => format!("; its trace ends: {}", last.join(" | ")),
    }
}

/// What a step comes to.
pub type Done = Result<(), Problem>;

impl World {
    /// A World, with its org and portal open. The seeds decide names, companies and ids.
    ///
    /// # Errors
    /// Where an org or portal can't be opened.
    pub fn new(
        harness: &Arc<Harness>,
        scenario: &str,
        rows: Vec<RowId>,
        seeds: Seeds,
    ) -> Result<Self, Problem> {
        let mut fakes = Fakes::new(seeds.team);
        let staff = vendor::staff(&mut fakes);
        if seeds.team != seeds.scenario {
            fakes.go_on_from(seeds.scenario);
        }
        let apollo_ids = apollo::ids(&mut fakes);
        let live = harness.live().map(|live| (live, live.next_scenario()));
        let open = |crm| match &live {
            Some((live, prefix)) => Side::live(live, crm, prefix),
            None => Side::open(harness, crm, &staff, Scenery::default()),
        };
        let (salesforce, hubspot) = (open(Crm::Salesforce)?, open(Crm::Hubspot)?);
        if let Some((_, prefix)) = live {
            fakes.mark(prefix);
        }
        Ok(Self {
            driver: harness.driver(),
            capabilities: Vec::new(),
            begun: false,
            scenario: scenario.to_owned(),
            rows,
            salesforce,
            hubspot,
            staff,
            apollo_ids,
            apollo_emails: BTreeMap::new(),
            harness: harness.clone(),
            elsewhere: Vec::new(),
            fakes,
            assignment_rules: false,
            drafts: Vec::new(),
            pushed: Vec::new(),
            focus: Vec::new(),
            claims: Vec::new(),
            when_from: None,
            line: 0,
            problem: None,
            unseen: false,
        })
    }

    /// cucumber wants a World out of nothing; there is none.
    fn alone() -> Result<Self, Problem> {
        Err(Problem::Harness(
            "a World is made by the runner alone".to_owned(),
        ))
    }

    /// Notes which line of the feature comes next.
    pub fn at_line(&mut self, line: usize) {
        self.line = line;
    }

    /// Notes that the scene is set: from here on, what is written belongs to the event.
    pub fn begin_when(&mut self) {
        if self.when_from.is_none() {
            self.when_from = Some(self.last_request());
        }
    }

    /// Keeps what a step came to. The first problem counts.
    pub fn keep(&mut self, done: Done) {
        if let Err(problem) = done {
            self.problem.get_or_insert(problem);
        }
    }

    /// Why the scenario can't go on, if it can't.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// What the system under test wrote beside its answers.
    pub fn heard(&mut self) -> Heard {
        self.driver.heard()
    }

    /// Closes org and portal. Whatever is written from here on is late. Gives the panics of the mock meanwhile.
    pub fn close(self) -> Vec<String> {
        let mut panics = Vec::new();
        for side in self.sides() {
            panics.extend(side.vendor.panics(&self.harness));
            if let Some(tenant) = side.vendor.tenant() {
                self.harness.closed(&tenant.id, &self.scenario);
            }
            side.vendor.close(&self.harness);
        }
        panics
    }

    /// Goes on only where both CRMs are mocks.
    fn only_on_mocks(&self, what: &str) -> Done {
        match self.harness.live() {
            Some(_) => Err(vendor::not_here(what)),
            None => Ok(()),
        }
    }

    fn side(&self, crm: Crm) -> &Side {
        match crm {
            Crm::Salesforce => &self.salesforce,
            Crm::Hubspot => &self.hubspot,
        }
    }

    fn side_mut(&mut self, crm: Crm) -> &mut Side {
        match crm {
            Crm::Salesforce => &mut self.salesforce,
            Crm::Hubspot => &mut self.hubspot,
        }
    }
}

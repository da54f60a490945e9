//! The mocks behind the two sides of a scenario: people put into an org or a portal, tokens issued and spoilt.

mod hubspot;
mod live;
mod salesforce;

use std::collections::BTreeMap;
use std::sync::Arc;

use mock_crm::Crms;
use mock_crm::clock::{Clock, Timestamp};
use mock_crm::hubspot::Portal;
use mock_crm::identity::{Directory, End, Session, TokenKind};
use mock_crm::salesforce::Org;
use mock_crm::serve::{Server, Vendor as _};
use mock_crm::tenant::{Hosted, Tenant};

pub(super) use live::Live;

use super::fakes::{FakePerson, Fakes};
use super::scenery::Scenery;
use super::{Done, Problem};
use crate::observe::{Principal, PrincipalKind};
use crate::rules::Crm;
use crate::suite::harness::Harness;
use crate::suite::org_seed::{OrgSeed, Wrong};
use crate::suite::people::Person;
use crate::sut::{Grant, HubspotApp, SalesforceApp};

/// 2026-01-01T09:00:00Z, when everything happens.
const NOW: Timestamp = Timestamp(1_767_258_000_000);

/// The people of a scenario, as both CRMs know them.
pub(super) type Staff = BTreeMap<Person, FakePerson>;

/// A user of one CRM.
#[derive(Clone, Debug)]
pub(super) struct CrmUser {
    /// The user id, and what is shown.
    pub(super) principal: Principal,
    /// What names the user as an owner.
    pub(super) owner_id: String,
    /// The e-mail address, which is the one in Apollo.
    pub(super) email: String,
}

/// An org or a portal.
#[derive(Debug)]
pub(super) enum Vendor {
    Salesforce(Arc<Org>),
    Hubspot(Arc<Portal>),
    /// No mock, but the real thing or whatever stands in its place.
    Live(Box<Live>),
}

/// Names for everybody, in an order of the scenario's own: the numbers in addresses and ids don't tell who is who.
pub(super) fn staff(fakes: &mut Fakes) -> Staff {
    fakes
        .shuffled(Person::ALL)
        .into_iter()
        .map(|person| (person, fakes.person(person.first_name())))
        .collect()
}

/// Whether a scenario's org and portal can be opened with these objects and fields of a team's own. What is wrong is told with
/// its path in the file.
pub(super) fn try_out(own: &OrgSeed) -> Result<(), Wrong> {
    let mut fakes = Fakes::new(0);
    let (staff, scenery) = (staff(&mut fakes), Scenery::default());
    let crms = Crms::new(Arc::new(Server::new(clock(), 0, None)));
    let org = salesforce::specification(&staff, &scenery, &own.salesforce);
    let org = crms.salesforce.open(org, Some(clock()));
    org.map_err(|error| Wrong {
        path: format!("salesforce.{}", error.path),
        problem: error.message,
        hint: error.hint,
    })?;
    let portal = hubspot::specification(&staff, &scenery, &own.hubspot);
    let portal = crms.hubspot.open(portal, Some(clock()));
    portal.map(|_| ()).map_err(|error| Wrong {
        path: format!("hubspot.{}", error.path),
        problem: error.problem,
        hint: Some(error.hint),
    })
}

impl Vendor {
    pub(super) fn open(
        harness: &Harness,
        crm: Crm,
        staff: &Staff,
        scenery: &Scenery,
    ) -> Result<(Self, BTreeMap<Person, CrmUser>), Problem> {
        match crm {
            Crm::Salesforce => salesforce::open(harness, staff, scenery),
            Crm::Hubspot => hubspot::open(harness, staff, scenery),
        }
    }

    /// The inside of a mock.
    pub(super) fn tenant(&self) -> Option<&Tenant> {
        match self {
            Self::Salesforce(org) => Some(org.tenant()),
            Self::Hubspot(portal) => Some(portal.tenant()),
            Self::Live(_) => None,
        }
    }

    /// Tokens for a user, as if that user had just authorized Apollo.
    pub(super) fn issue(&self, harness: &Harness, user: &CrmUser) -> Result<Grant, Problem> {
        match self {
            Self::Salesforce(org) => salesforce::issue(harness, org, user),
            Self::Hubspot(portal) => hubspot::issue(harness, portal, user),
            Self::Live(live) => live.issue(user),
        }
    }

    /// The user's access tokens are over; the refresh tokens still work.
    pub(super) fn expire(&self, harness: &Harness, user: &str) -> Done {
        self.end_tokens(harness, user, End::Expired)
    }

    /// The id of the user's latest access token, if one works.
    pub(super) fn access_token(&self, harness: &Harness, user: &str) -> Option<String> {
        match self {
            Self::Salesforce(org) => {
                access_token(harness.mock.salesforce.directory(), &org.tenant().id, user)
            }
            Self::Hubspot(portal) => {
                access_token(harness.mock.hubspot.directory(), &portal.tenant().id, user)
            }
            Self::Live(_) => None,
        }
    }

    /// All the user's tokens are taken away.
    pub(super) fn revoke(&self, harness: &Harness, user: &str) -> Done {
        self.end_tokens(harness, user, End::Revoked)
    }

    fn end_tokens(&self, harness: &Harness, user: &str, end: End) -> Done {
        match self {
            Self::Live(_) => {
                return Err(not_here(match end {
                    End::Expired => "a login whose token can be made to expire",
                    _ => "a login that can be revoked",
                }));
            }
            Self::Salesforce(org) => end_tokens(
                harness.mock.salesforce.directory(),
                &org.tenant().id,
                user,
                end,
            ),
            Self::Hubspot(portal) => end_tokens(
                harness.mock.hubspot.directory(),
                &portal.tenant().id,
                user,
                end,
            ),
        }
        Ok(())
    }

    /// The user may no longer log in.
    pub(super) fn deactivate(&self, user: &CrmUser) -> Result<(), Problem> {
        match self {
            Self::Salesforce(org) => salesforce::deactivate(org, user),
            Self::Hubspot(portal) => hubspot::deactivate(portal, &user.principal.id),
            Self::Live(_) => Err(not_here("a user who can be deactivated")),
        }
    }

    /// `None`: there is none in the target.
    pub(super) fn salesforce_app(
        &self,
        harness: &Harness,
    ) -> Result<Option<SalesforceApp>, Problem> {
        match self {
            Self::Salesforce(_) => Ok(Some(salesforce::app(harness))),
            Self::Live(live) => Ok(live.salesforce_app()),
            Self::Hubspot(_) => Err(Problem::Harness("a portal is no org".to_owned())),
        }
    }

    /// `None`: there is none in the target.
    pub(super) fn hubspot_app(&self, harness: &Harness) -> Result<Option<HubspotApp>, Problem> {
        match self {
            Self::Live(live) => Ok(live.hubspot_app()),
            Self::Salesforce(_) => Err(Problem::Harness("an org is no portal".to_owned())),
            Self::Hubspot(portal) => Ok(Some(hubspot::app(harness, portal))),
        }
    }

    /// Whether an owner id belongs to somebody of this org or portal who is none of the scenario's people.
    pub(super) fn owns(&self, id: &str) -> bool {
        match self {
            Self::Salesforce(org) => salesforce::owns(org, id),
            Self::Hubspot(portal) => hubspot::owns(portal, id),
            Self::Live(live) => live.owns(id),
        }
    }

    /// Whether an owner id is a queue's.
    pub(super) fn is_queue(&self, id: &str) -> bool {
        match self {
            Self::Salesforce(_) => id.starts_with("00G"),
            Self::Hubspot(portal) => hubspot::is_queue(portal, id),
            Self::Live(live) => live.is_queue(id),
        }
    }

    /// The queue of every org.
    pub(super) fn queue(&self) -> Result<String, Problem> {
        match self {
            Self::Salesforce(org) => salesforce::queue(org),
            Self::Hubspot(_) => Err(Problem::Harness("a portal has no such queue".to_owned())),
            Self::Live(_) => Err(not_here("a queue for leads")),
        }
    }

    /// Whether somebody has this id, apart from upper and lower case.
    pub(super) fn has_user_like(&self, id: &str) -> bool {
        match self {
            Self::Salesforce(org) => salesforce::has_user_like(org, id),
            Self::Hubspot(_) | Self::Live(_) => false,
        }
    }

    /// What an id means that none of the scenario's people has.
    pub(super) fn other_principal(&self, id: &str) -> Principal {
        let crm = match self {
            Self::Salesforce(_) => Crm::Salesforce,
            Self::Hubspot(_) => Crm::Hubspot,
            Self::Live(live) => return live.other_principal(id),
        };
        let kind = match (self.is_queue(id), self.owns(id)) {
            (true, _) => PrincipalKind::Queue,
            (false, true) => PrincipalKind::BuiltIn,
            (false, false) => PrincipalKind::Stranger,
        };
        Principal {
            name: format!("{id}, who is nobody of the scenario"),
            crm: Some(crm),
            id: id.to_owned(),
            kind,
        }
    }

    /// What panicked in the mock while it answered this org or portal.
    pub(super) fn panics(&self, harness: &Harness) -> Vec<String> {
        let Some(tenant) = self.tenant() else {
            return Vec::new();
        };
        let journal = tenant.journal.lock();
        let mine = |request: u64| {
            journal
                .exchanges()
                .any(|exchange| exchange.number == request)
        };
        let panics = harness
            .mock
            .server
            .panics()
            .into_iter()
            .filter(|panic| mine(panic.request));
        panics
            .map(|panic| format!("the mock panicked: {}", panic.message))
            .collect()
    }

    pub(super) fn close(&self, harness: &Harness) {
        match self {
            Self::Salesforce(org) => {
                harness.mock.salesforce.directory().close(&org.tenant().id);
            }
            Self::Hubspot(portal) => {
                harness.mock.hubspot.directory().close(&portal.tenant().id);
            }
            Self::Live(_) => {}
        }
    }
}

/// What only a mock has.
pub(super) fn not_here(what: &str) -> Problem {
    Problem::NotHere(format!("it needs {what}"))
}

/// A clock that stands, for the org or the portal alone.
fn clock() -> Arc<Clock> {
    Arc::new(Clock::fixed(NOW))
}

fn access_token<T: Hosted>(directory: &Directory<T>, tenant: &str, user: &str) -> Option<String> {
    let works = |token: &Session<T>| {
        &*token.grant.user == user && token.grant.kind == TokenKind::Access && token.check().is_ok()
    };
    let tokens = directory.tokens_of(tenant);
    let latest = tokens.into_iter().rev().find(works)?;
    Some(latest.grant.id.to_string())
}

fn end_tokens<T: Hosted>(directory: &Directory<T>, tenant: &str, user: &str, end: End) {
    for token in directory
        .tokens_of(tenant)
        .into_iter()
        .filter(|token| &*token.grant.user == user)
    {
        let over = end == End::Expired && token.grant.kind == TokenKind::Refresh;
        if !over {
            directory.end(&token, end);
        }
    }
}

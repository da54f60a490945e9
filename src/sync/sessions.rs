//! How logins are kept from one request to the next. Each by itself, in the reference client; the rest are ways to mix them up.

use crate::apollo::{Credential, Crm, Grant, Holder};
use std::collections::{HashMap, HashSet};

/// Where tokens, links and knowledge about logins are filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sessions {
    /// Which token a request carries.
    pub tokens: Tokens,
    /// What becomes of earlier logins when one is linked or unlinked.
    pub links: Links,
    /// How long something learnt about a login is believed.
    pub memory: Memory,
}

/// Which token a request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tokens {
    /// The one of the login that was chosen.
    OfTheLogin,
    /// The first that was used at the same token address, whoever's.
    FirstAtAddress,
    /// Where a refresh is due, the last token that the token address has issued, to whomever.
    RenewedAtAddress,
    /// In writes, that of whoever wrote first.
    OfTheFirstWriter,
}

/// What becomes of earlier logins when one is linked or unlinked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// The holder's earlier login in that CRM is forgotten, and nothing else changes.
    Replaced,
    /// Team sync keeps the login that it was connected with first.
    FirstTeamSyncKept,
    /// An unlinked login goes on being used.
    UnlinkedKept,
    /// All logins of a user, in whichever CRM, share the tokens of the latest.
    OneOfAUser,
    /// All personal logins of a CRM share the tokens of the latest.
    OneOfACrm,
}

/// How long something learnt about a login is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// As long as that login is connected.
    WhileLinked,
    /// As long as its holder is there, through every relink.
    OfTheHolder,
    /// That somebody has no login is never asked again.
    OfAbsence,
    /// Tokens stay with a user when Apollo is set up anew, for another org or portal.
    ThroughResets,
}

impl Sessions {
    /// Nothing is shared.
    pub(super) const fn reference() -> Self {
        Sessions {
            tokens: Tokens::OfTheLogin,
            links: Links::Replaced,
            memory: Memory::WhileLinked,
        }
    }
}

/// What is kept beside the logins themselves. The reference client never reads it.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// By token address or CRM.
    tokens: HashMap<String, String>,
    /// Every grant of this set-up, by CRM, in the order of linking.
    grants: Vec<(Crm, Holder, Grant)>,
    /// Those of the set-up before it.
    earlier: Vec<(Crm, Holder, Grant)>,
    absent: HashSet<String>,
}

impl Shelf {
    /// The token that is filed under `key`; the first that comes stays.
    pub(super) fn first(&mut self, key: &str, token: &str) -> String {
        let filed = self.tokens.entry(key.to_owned());
        filed.or_insert_with(|| token.to_owned()).clone()
    }

    /// The token under `key`, unless it is the one that has just turned out to be dead.
    pub(super) fn other(&self, key: &str, dead: &str) -> Option<String> {
        self.tokens.get(key).filter(|token| *token != dead).cloned()
    }

    pub(super) fn file(&mut self, key: &str, token: &str) {
        self.tokens.insert(key.to_owned(), token.to_owned());
    }

    pub(super) fn linked(&mut self, crm: Crm, holder: &Holder, grant: &Grant) {
        self.grants.push((crm, holder.clone(), grant.clone()));
    }

    /// The grant that this holder had before the last reset.
    pub(super) fn before_the_reset(&self, crm: Crm, holder: &Holder) -> Option<Grant> {
        let mut earlier = self.earlier.iter();
        let found = earlier.find(|(of, whose, _)| *of == crm && whose == holder);
        found.map(|(_, _, grant)| grant.clone())
    }

    pub(super) fn take_over(&mut self, former: Shelf) {
        self.earlier = former.grants;
    }

    /// Whether it was noted before that this holder has no login.
    pub(super) fn absent(&self, crm: Crm, holder: &Holder) -> bool {
        self.absent.contains(&format!("{crm} {holder}"))
    }

    pub(super) fn note_absent(&mut self, crm: Crm, holder: &Holder) {
        self.absent.insert(format!("{crm} {holder}"));
    }
}

/// Whether a credential is a user's own, in this CRM.
pub(super) fn personal_in(credential: &Credential, crm: Crm) -> bool {
    credential.crm == crm && credential.holder != Holder::TeamSync
}

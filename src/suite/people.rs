//! The people of every scenario: nine parts, nine different users of each CRM, with ids that can't be mistaken.

use std::fmt;

/// Somebody who is there in every scenario. Whether, and where, a login is linked is for the scenario to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Person {
    /// A rep: "you" of the documents, unless a scenario lets another act.
    Dana,
    /// A second user of either CRM that belongs to Dana.
    DanasSecondUser,
    /// A rep.
    Lee,
    /// A rep.
    Kim,
    /// A user of the CRMs alone, made for team sync; sees everything, changes owners, is not among the most permitted.
    IntegrationUser,
    /// The same, to take over.
    NewIntegrationUser,
    /// May do everything in the CRM; an ordinary member in Apollo.
    MostPermitted,
    /// The same, for a tie.
    OtherMostPermitted,
    /// May do least in the CRM.
    LeastPermitted,
    /// An admin in Apollo, an ordinary user in the CRM.
    ApolloAdmin,
    /// Whom the active assignment rule names.
    RuleUser,
}

/// What somebody may do in a CRM. Salesforce has three steps that a client can tell apart, HubSpot two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Permission {
    /// Their own records.
    Ordinary,
    /// Salesforce: sees all data. HubSpot: no more than ordinary.
    SeesEverything,
    /// Salesforce: changes all data. HubSpot: super admin.
    ChangesEverything,
}

impl Person {
    /// Everybody.
    pub const ALL: [Self; 11] = [
        Self::Dana,
        Self::DanasSecondUser,
        Self::Lee,
        Self::Kim,
        Self::IntegrationUser,
        Self::NewIntegrationUser,
        Self::MostPermitted,
        Self::OtherMostPermitted,
        Self::LeastPermitted,
        Self::ApolloAdmin,
        Self::RuleUser,
    ];

    /// What the person may do in both CRMs.
    pub fn permission(self) -> Permission {
        match self {
            Self::MostPermitted | Self::OtherMostPermitted => Permission::ChangesEverything,
            Self::IntegrationUser | Self::NewIntegrationUser => Permission::SeesEverything,
            _ => Permission::Ordinary,
        }
    }

    /// Whether the person works with Apollo. The others are users of the CRMs alone.
    pub fn uses_apollo(self) -> bool {
        !matches!(
            self,
            Self::DanasSecondUser | Self::IntegrationUser | Self::NewIntegrationUser
        )
    }

    /// Whether the login is made for an integration, and so belongs to nobody in person.
    pub fn made_for_integration(self) -> bool {
        matches!(self, Self::IntegrationUser | Self::NewIntegrationUser)
    }

    /// The given name where the features use one.
    pub fn first_name(self) -> Option<&'static str> {
        match self {
            Self::Dana => Some("Dana"),
            Self::Lee => Some("Lee"),
            Self::Kim => Some("Kim"),
            _ => None,
        }
    }
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Dana => "Dana",
            Self::DanasSecondUser => "Dana's second user",
            Self::Lee => "Lee",
            Self::Kim => "Kim",
            Self::IntegrationUser => "the integration user",
            Self::NewIntegrationUser => "the new integration user",
            Self::MostPermitted => "the most permitted user",
            Self::OtherMostPermitted => "the other most permitted user",
            Self::LeastPermitted => "the least permitted user",
            Self::ApolloAdmin => "the Apollo admin",
            Self::RuleUser => "the assignment rule's user",
        })
    }
}

//! Production is refused, unless the target file names it.

use super::client::LiveError;
use super::salesforce;
use crate::rules::Crm;

/// What an org or a portal says of itself.
pub(super) enum Kind {
    Test,
    Other(String),
}

/// Refuses whatever is no test org or portal, unless the target file names that very one.
pub(super) fn check_named(
    crm: Crm,
    id: &str,
    kind: Kind,
    named: Option<&str>,
) -> Result<(), LiveError> {
    let same = |named: &str| match crm {
        Crm::Salesforce => salesforce::same_id(named, id),
        Crm::Hubspot => named == id,
    };
    match (named, kind) {
        (Some(named), _) if !same(named) => Err(LiveError::Misfit {
            what: format!(
                "the target file names {crm} production {named}, and its tokens are of {id}"
            ),
            hint: "remove production, or name the one that is meant".to_owned(),
        }),
        (Some(_), _) | (None, Kind::Test) => Ok(()),
        (None, Kind::Other(what)) => Err(LiveError::Misfit {
            what: format!("{crm} {id} is {what}, so nothing is written there"),
            hint: format!(
                "use a sandbox or a test portal; if this one is meant all the same, say so in the target file: production: \"{id}\""
            ),
        }),
    }
}

impl Kind {
    /// By `Organization.IsSandbox`.
    pub(super) fn of_org(sandbox: Option<bool>) -> Self {
        match sandbox {
            Some(true) => Self::Test,
            Some(false) => Self::Other("no sandbox".to_owned()),
            None => Self::Other("an org that does not say whether it is a sandbox".to_owned()),
        }
    }

    /// By the `accountType` of the account information.
    pub(super) fn of_portal(account_type: Option<&str>) -> Self {
        match account_type {
            Some("DEVELOPER_TEST" | "SANDBOX") => Self::Test,
            Some(other) => Self::Other(format!("a portal of type {other}")),
            None => Self::Other("a portal of unknown type".to_owned()),
        }
    }
}

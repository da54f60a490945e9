//! The target file: where the org and the portal are, and who plays whom there.

mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use text::Seconds;
pub(super) use text::{PersonName, Text};

/// A target file, read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// PEM file of the only certificate authorities to trust, relative to the target file; left out: the machine's.
    #[serde(default)]
    pub(super) ca_file: Option<PathBuf>,
    /// A Salesforce sandbox; left out: scenarios about Salesforce are not run.
    #[serde(default)]
    pub(super) salesforce: Option<SalesforceTarget>,
    /// A HubSpot test portal; left out: scenarios about HubSpot are not run.
    #[serde(default)]
    pub(super) hubspot: Option<HubspotTarget>,
}

/// An org.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SalesforceTarget {
    pub(super) instance_url: Text,
    pub(super) login_url: Text,
    pub(super) client_id: Text,
    pub(super) client_secret: Text,
    pub(super) external_id_field: Text,
    /// The org's id, where it is no sandbox and is meant all the same.
    #[serde(default)]
    pub(super) production: Option<Text>,
    pub(super) observer: Login,
    pub(super) people: BTreeMap<PersonName, Entry>,
}

/// A portal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HubspotTarget {
    #[serde(default)]
    pub(super) url: Option<Text>,
    pub(super) portal: u64,
    pub(super) client_id: Text,
    pub(super) client_secret: Text,
    pub(super) unique_property: Text,
    /// The portal's id, where it is no test portal and is meant all the same.
    #[serde(default)]
    pub(super) production: Option<Text>,
    /// How long the search is waited for to show what was written.
    #[serde(default)]
    pub(super) search_patience_seconds: Seconds,
    pub(super) observer: Login,
    pub(super) people: BTreeMap<PersonName, Entry>,
}

/// Tokens of one user.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Login {
    #[serde(default)]
    pub(super) access_token: Option<Text>,
    #[serde(default)]
    pub(super) refresh_token: Option<Text>,
}

/// A user of a CRM: how it is found there, and the tokens that a person's login is linked with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    #[serde(default)]
    pub(super) user_id: Option<Text>,
    #[serde(default)]
    pub(super) username: Option<Text>,
    #[serde(default)]
    pub(super) email: Option<Text>,
    #[serde(default)]
    pub(super) access_token: Option<Text>,
    #[serde(default)]
    pub(super) refresh_token: Option<Text>,
}

/// A target file that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// It can't be read.
    #[error("could not read the target file {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no YAML, or no target: file, line and column, and what was expected.
    #[error("{0}\nhint: docs/live-crm.md shows a whole target file")]
    Yaml(String),
    /// Neither an org nor a portal.
    #[error(
        "{0}: there is neither salesforce nor hubspot in it\nhint: docs/live-crm.md shows a whole target file"
    )]
    Empty(String),
}

impl Target {
    /// Reads a file. `${NAME}` in its values is the environment variable of that name.
    ///
    /// # Errors
    /// Where it can't be read, or is no target file.
    pub fn read(path: &Path) -> Result<Self, TargetError> {
        let text = std::fs::read_to_string(path).map_err(|source| TargetError::File {
            path: path.to_owned(),
            source,
        })?;
        let mut target = Self::parse(&text, &path.display().to_string())?;
        let beside = path.parent().unwrap_or(Path::new(""));
        target.ca_file = target.ca_file.map(|file| beside.join(file));
        Ok(target)
    }

    /// Reads a text, which errors call `file`.
    ///
    /// # Errors
    /// Where it is no target file.
    pub fn parse(text: &str, file: &str) -> Result<Self, TargetError> {
        let target: Self = serde_saphyr::from_str(text).map_err(|error| {
            // Without the lines around it: they may hold tokens, and what is printed may be kept by a build server.
            let place = error.location().map_or_else(
                || file.to_owned(),
                |place| format!("{file}:{}:{}", place.line(), place.column()),
            );
            TargetError::Yaml(format!("{place}: {}", error.without_snippet()))
        })?;
        if target.salesforce.is_none() && target.hubspot.is_none() {
            return Err(TargetError::Empty(file.to_owned()));
        }
        Ok(target)
    }
}

impl HubspotTarget {
    pub(super) fn url(&self) -> &str {
        self.url
            .as_ref()
            .map_or("https://api.hubapi.com", Text::get)
    }

    pub(super) fn patience(&self) -> Duration {
        self.search_patience_seconds.get()
    }
}

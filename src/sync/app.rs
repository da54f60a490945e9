//! The CRMs that Apollo is registered with, and the HTTP client for them.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Duration;

/// Apollo's registration with Salesforce.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SalesforceApp {
    /// Where tokens are refreshed.
    pub login_url: String,
    /// Where the org answers, unless a grant names another place.
    pub instance_url: String,
    /// The connected app.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// The external id field that holds Apollo's id, on every object that is pushed.
    pub external_id_field: String,
}

/// Apollo's registration with HubSpot.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct HubspotApp {
    /// Where the API answers.
    pub url: String,
    /// The portal (hub) id.
    pub portal: u64,
    /// The app.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// The unique property that holds Apollo's id, on every object that is pushed.
    pub unique_property: String,
}

/// Which CRMs there are to push to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Apps {
    /// Salesforce, if it is connected.
    pub salesforce: Option<SalesforceApp>,
    /// HubSpot, if it is connected.
    pub hubspot: Option<HubspotApp>,
    /// PEM file of the only certificate authorities to trust; the machine's where there is none.
    pub ca_file: Option<PathBuf>,
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The file cannot be read.
    #[error("could not read the certificate authorities in {path}")]
    CaFile {
        /// As it was given.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The file holds no certificates, or the machine has none to trust.
    #[error("could not set up the HTTP client")]
    Client(#[source] reqwest::Error),
}

/// A CRM that answers slower than this counts as one that does not answer.
const PATIENCE: Duration = Duration::from_secs(30);

impl Apps {
    pub(super) fn http_client(&self) -> Result<reqwest::Client, SetupError> {
        // An error only says that a provider is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .user_agent(concat!(
                "crm-conformance-reference/",
                env!("CARGO_PKG_VERSION")
            ));
        let builder = match &self.ca_file {
            Some(path) => {
                let pem = std::fs::read(path).map_err(|source| SetupError::CaFile {
                    path: path.clone(),
                    source,
                })?;
                builder.tls_certs_only(
                    reqwest::Certificate::from_pem_bundle(&pem).map_err(SetupError::Client)?,
                )
            }
            // reqwest wants certificate authorities even for plain http, and a bare container has none.
            None if !self.any_https() => builder.tls_certs_only([]),
            None => builder,
        };
        builder.build().map_err(SetupError::Client)
    }

    fn any_https(&self) -> bool {
        let salesforce = self
            .salesforce
            .iter()
            .flat_map(|app| [&app.login_url, &app.instance_url]);
        let hubspot = self.hubspot.iter().map(|app| &app.url);
        salesforce
            .chain(hubspot)
            .any(|url| url.starts_with("https:"))
    }
}

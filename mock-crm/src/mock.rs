//! Both vendors in one process, listening: the way in for a Rust test, and what the binary runs.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use crate::clock::Clock;
use crate::control;
use crate::crms::Crms;
use crate::durable::{Durable, DurableError};
use crate::proxy::{self, Targets};
use crate::serve::{Host, Listener, Server, Vendor, serve_vendor};
use crate::tls::Tls;

/// A mock Salesforce and a mock HubSpot that listen. Dropped, they are gone, without blocking.
///
/// What can be asked of them ([`Crms::creates`], [`Crms::requests`], …) is asked of the [`Crms`] inside.
///
/// ```
/// use mock_crm::MockCrm;
/// use mock_crm::crms::CreateQuery;
/// use mock_crm::salesforce::{AppSpec, OrgSpec, UserSpec};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // An org in which Dana has installed an app.
/// let crm = MockCrm::start().await?;
/// let dana = UserSpec { name: "Dana Reyes".to_owned(), token: true, ..UserSpec::default() };
/// let spec = OrgSpec { apps: vec![AppSpec::default()], users: vec![dana], ..OrgSpec::default() };
/// let org = crm.salesforce.open(spec, None)?;
/// let token = &crm.salesforce.tokens_of(&org, "Dana Reyes").ok_or("no token")?.access.grant.text;
///
/// // Whatever is to be tested creates a contact over HTTP.
/// # rustls::crypto::ring::default_provider().install_default().ok();
/// # let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).build()?;
/// let url = format!("{}/services/data/v62.0/sobjects/Contact", crm.salesforce_url());
/// let contact = serde_json::json!({ "LastName": "Lee" });
/// http.post(url).bearer_auth(token).json(&contact).send().await?.error_for_status()?;
///
/// // The ledger says who created it, who owns it, and why.
/// let row = crm.creates(&CreateQuery::default()).creates.remove(0);
/// assert_eq!(row.created_by, org.user("Dana Reyes")?.id.as_ref());
/// assert_eq!((row.created_by_reason.as_str(), row.owner_reason.as_str()), ("token", "caller_default"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct MockCrm {
    crms: Crms,
    tls: Arc<Tls>,
    salesforce_listener: Listener,
    hubspot_listener: Listener,
    proxy_listener: Option<Listener>,
    control_listener: Option<Listener>,
}

impl std::ops::Deref for MockCrm {
    type Target = Crms;

    fn deref(&self) -> &Crms {
        &self.crms
    }
}

/// How to start a [`MockCrm`].
#[derive(Debug)]
pub struct Options {
    /// The clock of orgs and portals that bring none of their own.
    pub clock: Arc<Clock>,
    /// The seed of all ids and tokens.
    pub random_seed: u64,
    /// Where Salesforce listens; port 0 takes a free one.
    pub salesforce: SocketAddr,
    /// Where HubSpot listens.
    pub hubspot: SocketAddr,
    /// Where the CONNECT proxy listens, if there is to be one.
    pub proxy: Option<SocketAddr>,
    /// The control API, if there is to be one.
    pub control: Option<ControlOptions>,
    /// Where certificates come from.
    pub tls: Tls,
    /// The data directory, if what happens is to be kept.
    pub durable: Option<Durable>,
}

/// Where the control API listens, and for whom.
#[derive(Clone, Debug)]
pub struct ControlOptions {
    /// Port 0 takes a free one.
    pub address: SocketAddr,
    /// What a request has to carry as its bearer token.
    pub token: String,
}

/// Why a [`MockCrm`] does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// An address can't be listened on.
    #[error("could not listen on {address}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The data directory can't be replayed.
    #[error(transparent)]
    Durable(#[from] DurableError),
}

impl Default for Options {
    fn default() -> Self {
        let loopback = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            clock: Arc::new(Clock::Real),
            random_seed: 1,
            salesforce: loopback,
            hubspot: loopback,
            proxy: None,
            control: None,
            tls: Tls::in_memory(),
            durable: None,
        }
    }
}

impl MockCrm {
    /// Starts on free ports of the loopback interface, in real time, without orgs or portals.
    ///
    /// # Errors
    /// Where no port can be listened on.
    pub async fn start() -> Result<Self, StartError> {
        Self::start_with(Options::default()).await
    }

    /// Starts as told.
    ///
    /// # Errors
    /// Where an address can't be listened on, or the data directory can't be replayed.
    pub async fn start_with(options: Options) -> Result<Self, StartError> {
        let log = options.durable.as_ref().map(Durable::log);
        let seed = options
            .durable
            .as_ref()
            .map(|durable| durable.start().random_seed);
        let seed = seed.unwrap_or(options.random_seed);
        let server = Arc::new(Server::new(options.clock, seed, log));
        let crms = Crms::new(server.clone());
        if let Some(durable) = options.durable {
            crms.replay(&durable)?;
            durable.write();
        }
        let salesforce = Arc::new(Host::new(crms.salesforce.clone(), server.clone()));
        let hubspot = Arc::new(Host::new(crms.hubspot.clone(), server));
        let tls = Arc::new(options.tls);
        let salesforce_listener = listen(options.salesforce, salesforce.clone(), &tls).await?;
        let hubspot_listener = listen(options.hubspot, hubspot.clone(), &tls).await?;
        let targets = Targets {
            salesforce,
            salesforce_port: salesforce_listener.address.port(),
            hubspot,
            hubspot_port: hubspot_listener.address.port(),
            tls: tls.clone(),
        };
        let proxy_listener = match options.proxy {
            Some(address) => Some(listening(address, proxy::bind(address, targets).await)?),
            None => None,
        };
        let control_listener = match &options.control {
            Some(to) => {
                let bound = control::bind(to.address, crms.clone(), &to.token).await;
                Some(listening(to.address, bound)?)
            }
            None => None,
        };
        Ok(Self {
            control_listener,
            crms,
            tls,
            salesforce_listener,
            hubspot_listener,
            proxy_listener,
        })
    }

    /// The authority that clients of the `https` URLs have to trust.
    pub fn tls(&self) -> &Tls {
        &self.tls
    }

    /// `http://127.0.0.1:PORT` of the CONNECT proxy, where there is one.
    pub fn proxy_url(&self) -> Option<String> {
        let listener = self.proxy_listener.as_ref()?;
        Some(format!("http://{}", listener.address))
    }

    /// `http://127.0.0.1:PORT` of the control API, where there is one.
    pub fn control_url(&self) -> Option<String> {
        let listener = self.control_listener.as_ref()?;
        Some(format!("http://{}", listener.address))
    }

    /// `https://127.0.0.1:PORT` of Salesforce: the same port.
    pub fn salesforce_tls_url(&self) -> String {
        format!("https://{}", self.salesforce_listener.address)
    }

    /// `https://127.0.0.1:PORT` of HubSpot: the same port.
    pub fn hubspot_tls_url(&self) -> String {
        format!("https://{}", self.hubspot_listener.address)
    }

    /// `http://127.0.0.1:PORT` of Salesforce.
    pub fn salesforce_url(&self) -> String {
        format!("http://{}", self.salesforce_listener.address)
    }

    /// `http://127.0.0.1:PORT` of HubSpot.
    pub fn hubspot_url(&self) -> String {
        format!("http://{}", self.hubspot_listener.address)
    }
}

async fn listen<V: Vendor>(
    address: SocketAddr,
    host: Arc<Host<V>>,
    tls: &Arc<Tls>,
) -> Result<Listener, StartError> {
    let tls = tls.clone();
    let serve = move |stream| serve_vendor(stream, host.clone(), tls.clone());
    listening(address, Listener::bind(address, serve).await)
}

fn listening(
    address: SocketAddr,
    bound: std::io::Result<Listener>,
) -> Result<Listener, StartError> {
    bound.map_err(|source| StartError::Listen { address, source })
}

//! Both vendors in one process, listening: the way in for a Rust test, and what the binary runs.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use crate::clock::Clock;
use crate::hubspot::Hubspot;
use crate::salesforce::Salesforce;
use crate::serve::{Host, Listener, Server};
use crate::tenant::log::LogChannel;

/// A mock Salesforce and a mock HubSpot that listen. Dropped, they are gone, without blocking.
#[derive(Debug)]
pub struct MockCrm {
    /// The orgs.
    pub salesforce: Arc<Salesforce>,
    /// The portals.
    pub hubspot: Arc<Hubspot>,
    /// What both share: ledger numbering, faults, panics, stray requests.
    pub server: Arc<Server>,
    salesforce_listener: Listener,
    hubspot_listener: Listener,
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
    /// The way to the durable log, if one is kept.
    pub log: Option<LogChannel>,
}

impl Default for Options {
    fn default() -> Self {
        let loopback = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            clock: Arc::new(Clock::Real),
            random_seed: 1,
            salesforce: loopback,
            hubspot: loopback,
            log: None,
        }
    }
}

impl MockCrm {
    /// Starts on free ports of the loopback interface, in real time, without orgs or portals.
    ///
    /// # Errors
    /// Where no port can be listened on.
    pub async fn start() -> std::io::Result<Self> {
        Self::start_with(Options::default()).await
    }

    /// Starts as told.
    ///
    /// # Errors
    /// Where an address can't be listened on.
    pub async fn start_with(options: Options) -> std::io::Result<Self> {
        let server = Arc::new(Server::new(options.clock, options.random_seed, options.log));
        let salesforce = Arc::new(Salesforce::new(server.clone()));
        let hubspot = Arc::new(Hubspot::new(server.clone()));
        let salesforce_host = Arc::new(Host::new(salesforce.clone(), server.clone()));
        let hubspot_host = Arc::new(Host::new(hubspot.clone(), server.clone()));
        Ok(Self {
            salesforce_listener: Listener::bind(options.salesforce, salesforce_host).await?,
            hubspot_listener: Listener::bind(options.hubspot, hubspot_host).await?,
            salesforce,
            hubspot,
            server,
        })
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

//! What all scenarios of a run share: the mocks, and the client under test.

mod connect;
mod surroundings;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mock_crm::{MockCrm, Options};

use super::org_seed::OrgSeed;
use super::panics;
use super::world::late_write;
use crate::live::Live;
use crate::observe::WriteRequest;
use crate::sut::Driver;
pub use connect::Connect;
use connect::Systems;
use surroundings::Surroundings;

/// The mocks of a run, on threads of their own, and whom they are for.
#[derive(Debug)]
pub struct Harness {
    /// Both mocks.
    pub mock: MockCrm,
    /// Names the run to the system under test.
    pub run: String,
    /// What every org and portal has beside the scenario's own.
    pub(super) org_seed: Arc<OrgSeed>,
    /// What panics while the run goes on.
    pub(super) panics: panics::Run,
    systems: Systems,
    /// What is observed in the mocks' place, which then have nothing to do.
    live: Option<Arc<Live>>,
    /// Whether the system under test speaks https alone.
    https: AtomicBool,
    surroundings: Surroundings,
    /// Which scenario an org or portal belonged to.
    owners: Mutex<HashMap<String, String>>,
    // Last, so that the mocks are gone before the threads that they run on.
    runtime: Runtime,
}

/// How the mocks of a run are set up.
#[derive(Clone, Debug, Default)]
pub struct Mocks {
    /// Where Salesforce listens; left out: at a free port.
    pub salesforce: Option<SocketAddr>,
    /// Where HubSpot listens.
    pub hubspot: Option<SocketAddr>,
    /// What every org and portal has beside the scenario's own.
    pub org_seed: Arc<OrgSeed>,
}

/// The threads of the mocks.
#[derive(Debug)]
struct Runtime(Mutex<Option<tokio::runtime::Runtime>>);

impl Runtime {
    fn take(&self) -> Option<tokio::runtime::Runtime> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        // Without waiting for anybody.
        if let Some(runtime) = self.take() {
            runtime.shutdown_background();
        }
    }
}

impl Harness {
    /// Starts the mocks, also where live CRMs are observed.
    ///
    /// # Errors
    /// Where the mocks can't listen.
    pub fn start(
        connect: Connect,
        seed: u64,
        mocks: Mocks,
        live: Option<Arc<Live>>,
    ) -> std::io::Result<Arc<Self>> {
        let panics = panics::Run::begin();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name(panics.mock_threads())
            .enable_all()
            .build()?;
        let surroundings = Surroundings::of(&connect)?;
        let anywhere = Options::default();
        let options = Options {
            random_seed: seed,
            salesforce: mocks.salesforce.unwrap_or(anywhere.salesforce),
            hubspot: mocks.hubspot.unwrap_or(anywhere.hubspot),
            proxy: surroundings.proxy(),
            tls: surroundings.tls()?,
            ..anywhere
        };
        let mock = runtime
            .block_on(MockCrm::start_with(options))
            .map_err(std::io::Error::other)?;
        let systems = connect.systems(match &live {
            Some(live) => surroundings::outside(live.ca_file()),
            None => surroundings.environment(&mock),
        });
        Ok(Arc::new(Self {
            mock,
            run: live
                .as_ref()
                .map_or_else(|| format!("r{seed:x}"), |live| live.run().to_string()),
            live,
            org_seed: mocks.org_seed,
            panics,
            systems,
            https: AtomicBool::new(false),
            surroundings,
            owners: Mutex::default(),
            runtime: Runtime(Mutex::new(Some(runtime))),
        }))
    }

    /// Ends the system under test where it was started here, then the mocks, and waits until they are at rest: after that,
    /// nothing arrives and nothing panics there any more.
    pub(super) fn end(&self, patience: Duration) {
        self.systems.end();
        self.surroundings.end();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(patience);
        }
    }

    /// The live CRMs that are observed, if any.
    pub(super) fn live(&self) -> Option<&Arc<Live>> {
        self.live.as_ref()
    }

    /// A system under test for one scenario.
    pub fn driver(&self) -> Driver {
        self.systems.driver()
    }

    /// How many of them there can be at a time.
    pub(super) fn most_systems(&self) -> usize {
        self.systems.most()
    }

    /// Why there is none, if the command line names something that there is not.
    pub(super) fn no_command(&self) -> Option<String> {
        self.systems.no_command()
    }

    /// What somebody should know of the system under test, beside how its scenarios ended.
    pub(super) fn warnings(&self) -> Vec<String> {
        self.systems.warnings()
    }

    /// Keeps what the system under test has said of itself.
    pub(super) fn introduced(&self, capabilities: &[String]) {
        let https = capabilities.iter().any(|one| one == "https");
        self.https.store(https, Ordering::Relaxed);
    }

    /// Where the system under test reaches Salesforce.
    pub(super) fn salesforce_url(&self) -> String {
        if self.https.load(Ordering::Relaxed) {
            self.mock.salesforce_tls_url()
        } else {
            self.mock.salesforce_url()
        }
    }

    /// Where it reaches HubSpot.
    pub(super) fn hubspot_url(&self) -> String {
        if self.https.load(Ordering::Relaxed) {
            self.mock.hubspot_tls_url()
        } else {
            self.mock.hubspot_url()
        }
    }

    /// The only authority it has to trust: that of the target file, or the mocks' where it speaks https alone.
    pub(super) fn ca_file(&self) -> Option<PathBuf> {
        if let Some(live) = &self.live {
            return live.ca_file().map(Path::to_owned);
        }
        let https = self.https.load(Ordering::Relaxed);
        https.then(|| self.mock.tls().authority_file()).flatten()
    }

    /// Notes which scenario an org or portal was for.
    pub(super) fn closed(&self, tenant: &str, scenario: &str) {
        let mut owners = self.owners.lock().unwrap_or_else(PoisonError::into_inner);
        owners.insert(tenant.to_owned(), scenario.to_owned());
    }

    /// Writes to orgs and portals that were closed already, with the location of the scenario they belonged to.
    pub(super) fn late_writes(&self) -> Vec<(String, WriteRequest)> {
        let owners = self.owners.lock().unwrap_or_else(PoisonError::into_inner);
        let strays = self.mock.server.strays.lock();
        let late = strays.exchanges().filter_map(|exchange| {
            let scenario = owners.get(exchange.org.as_deref()?)?;
            Some((scenario.clone(), late_write(exchange)?))
        });
        late.collect()
    }
}

//! What all scenarios of a run share: the mocks, and the client under test.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use mock_crm::{MockCrm, Options};

use super::panics;
use super::world::late_write;
use crate::observe::WriteRequest;
use crate::sut::{Driver, InProcess, Reference};
use crate::sync::{Policy, Sleeper};

/// The mocks of a run, on threads of their own, and whom they are for.
#[derive(Debug)]
pub struct Harness {
    /// Both mocks.
    pub mock: MockCrm,
    /// Names the run to the system under test.
    pub run: String,
    /// What panics while the run goes on.
    pub(super) panics: panics::Run,
    connect: Connect,
    /// Which scenario an org or portal belonged to.
    owners: Mutex<HashMap<String, String>>,
    // Last, so that the mocks are gone before the threads that they run on.
    runtime: Runtime,
}

/// How to get at a system under test that knows nothing yet: one for each scenario.
#[derive(Clone)]
pub struct Connect(Arc<dyn Fn() -> Driver + Send + Sync>);

impl Connect {
    /// By any transport.
    pub fn new(connect: impl Fn() -> Driver + Send + Sync + 'static) -> Self {
        Self(Arc::new(connect))
    }

    /// The reference client in this process, or, by its policy, a wrong variation of it.
    pub fn reference(policy: Policy) -> Self {
        Self::new(move || Driver::in_process(Reference::new(policy, Arc::new(Impatient))))
    }

    /// A transport with the reference client in it.
    pub fn around_reference(wrap: impl Fn(InProcess) -> Driver + Send + Sync + 'static) -> Self {
        Self::new(move || {
            let reference = Reference::new(Policy::reference(), Arc::new(Impatient));
            wrap(InProcess(reference))
        })
    }
}

impl fmt::Debug for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connect")
    }
}

/// Doesn't wait: the mocks' clocks stand, so waiting would change nothing.
#[derive(Debug)]
struct Impatient;

impl Sleeper for Impatient {
    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::task::yield_now())
    }
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
    /// Starts the mocks.
    ///
    /// # Errors
    /// Where the mocks can't listen.
    pub fn start(connect: Connect, seed: u64) -> std::io::Result<Arc<Self>> {
        let panics = panics::Run::begin();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name(panics.mock_threads())
            .enable_all()
            .build()?;
        let options = Options {
            random_seed: seed,
            ..Options::default()
        };
        let mock = runtime
            .block_on(MockCrm::start_with(options))
            .map_err(std::io::Error::other)?;
        Ok(Arc::new(Self {
            mock,
            run: format!("r{seed:x}"),
            panics,
            connect,
            owners: Mutex::default(),
            runtime: Runtime(Mutex::new(Some(runtime))),
        }))
    }

    /// Ends the mocks, and waits until they are at rest: after that, nothing arrives and nothing panics there any more.
    pub(super) fn end(&self, patience: Duration) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(patience);
        }
    }

    /// A new system under test, which knows nothing yet.
    pub fn driver(&self) -> Driver {
        (self.connect.0)()
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

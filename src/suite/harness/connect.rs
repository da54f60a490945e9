//! How to get at a system under test.

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;

use crate::sut::{Address, Driver, InProcess, Launch, Pool, Reference};
use crate::sync::{NoSleeper, Policy, TokioSleeper};

/// How to get at a system under test.
#[derive(Clone, Debug)]
pub struct Connect {
    kind: Kind,
    validates: bool,
}

#[derive(Clone, Debug)]
enum Kind {
    /// A new one, that knows nothing yet, for each scenario.
    Each(Each),
    /// Processes that go from scenario to scenario.
    Command { command: String, proxy: bool },
    /// Drivers that run already, and go from scenario to scenario.
    Addresses(Vec<Address>),
}

#[derive(Clone)]
pub(super) struct Each(Arc<dyn Fn() -> Driver + Send + Sync>);

impl Connect {
    /// By any transport, a new one for each scenario.
    pub fn new(connect: impl Fn() -> Driver + Send + Sync + 'static) -> Self {
        Self::by(Kind::Each(Each(Arc::new(connect))))
    }

    /// The reference client in this process, or, by its policy, a wrong variation of it.
    pub fn reference(policy: Policy) -> Self {
        Self::new(move || Driver::in_process(Reference::new(policy, Arc::new(NoSleeper))))
    }

    /// The same, for CRMs whose clocks go on: where they ask for patience, it waits.
    pub fn patient_reference(policy: Policy) -> Self {
        Self::new(move || Driver::in_process(Reference::new(policy, Arc::new(TokioSleeper))))
    }

    /// A transport with the reference client in it.
    pub fn around_reference(wrap: impl Fn(InProcess) -> Driver + Send + Sync + 'static) -> Self {
        Self::new(move || {
            let reference = Reference::new(Policy::reference(), Arc::new(NoSleeper));
            wrap(InProcess(reference))
        })
    }

    /// Processes that this shell command starts, as many as there are scenarios at a time.
    pub fn command(command: impl Into<String>) -> Self {
        Self::by(Kind::Command {
            command: command.into(),
            proxy: false,
        })
    }

    fn by(kind: Kind) -> Self {
        Self {
            kind,
            validates: true,
        }
    }

    /// Messages of a system outside of this process are not held against the schema.
    #[must_use]
    pub fn unvalidated(mut self) -> Self {
        self.validates = false;
        self
    }

    /// Drivers that answer by HTTP, as many scenarios at a time as there are addresses.
    pub fn addresses(addresses: Vec<Address>) -> Self {
        Self::by(Kind::Addresses(addresses))
    }

    /// Leads processes through a proxy, for libraries that have the hosts of the CRMs built in.
    #[must_use]
    pub fn through_proxy(mut self) -> Self {
        if let Kind::Command { proxy, .. } = &mut self.kind {
            *proxy = true;
        }
        self
    }

    /// Whether there is anything outside of this process.
    pub(super) fn outside(&self) -> bool {
        !matches!(self.kind, Kind::Each(_))
    }

    pub(super) fn wants_proxy(&self) -> bool {
        matches!(self.kind, Kind::Command { proxy: true, .. })
    }

    /// The systems of a run; processes get this environment.
    pub(super) fn systems(self, environment: Vec<(String, OsString)>) -> Systems {
        let validates = self.validates;
        match self.kind {
            Kind::Each(each) => Systems::Each(each),
            Kind::Command { command, .. } => {
                let launch = Launch {
                    command,
                    environment,
                };
                Systems::Pool(Pool::of_processes(launch, validates))
            }
            Kind::Addresses(addresses) => Systems::Pool(Pool::of_addresses(addresses, validates)),
        }
    }
}

/// The systems under test of one run.
#[derive(Debug)]
pub(super) enum Systems {
    Each(Each),
    Pool(Pool),
}

impl Systems {
    pub(super) fn driver(&self) -> Driver {
        match self {
            Self::Each(Each(connect)) => connect(),
            Self::Pool(pool) => pool.driver(),
        }
    }

    /// How many there can be at a time.
    pub(super) fn most(&self) -> usize {
        match self {
            Self::Each(_) => usize::MAX,
            Self::Pool(pool) => pool.most(),
        }
    }

    /// Why there is none, if the command line names something that there is not.
    pub(super) fn no_command(&self) -> Option<String> {
        match self {
            Self::Each(_) => None,
            Self::Pool(pool) => pool.no_command(),
        }
    }

    pub(super) fn warnings(&self) -> Vec<String> {
        match self {
            Self::Each(_) => Vec::new(),
            Self::Pool(pool) => pool.warnings(),
        }
    }

    /// Ends what was started for the run.
    pub(super) fn end(&self) {
        if let Self::Pool(pool) = self {
            pool.end();
        }
    }
}

impl fmt::Debug for Each {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Each")
    }
}

//! What stays from one scenario to the next: who sits there, and what the product can do.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Console, Halt};
use crate::sut::AddUser;

/// A CRM that takes longer to say whose token it is goes without the name.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is tested by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Product {
    /// As the person calls it.
    pub name: String,
    /// Its version, as the person says it.
    pub version: String,
    /// The protocol's words for what it can do.
    pub capabilities: Vec<String>,
}

/// Where a person sits through a run.
pub struct Desk {
    pub(super) console: Arc<Console>,
    pub(super) product: Product,
    /// The password of every CRM user, where all have the same.
    pub(super) password: Option<String>,
    pub(super) http: reqwest::Client,
    /// Asks the run to end, once the person goes on another time.
    leave: Box<dyn Fn() + Send + Sync>,
    /// Whether the answers came to an end, and were not stopped.
    ran_out: AtomicBool,
    /// Scenarios that are done, and all of them.
    done: AtomicUsize,
    all: usize,
    /// Whom the person has put into the product already.
    pub(super) team: Mutex<Vec<AddUser>>,
    /// A capability that turned out to be none.
    lacks: Mutex<Option<String>>,
}

impl Desk {
    /// `leave` asks the run to end; `all` is how many scenarios there are, and `done` how many are done already.
    ///
    /// # Errors
    /// Where there is no HTTP client.
    pub fn new(
        console: Arc<Console>,
        product: Product,
        (done, all): (usize, usize),
        leave: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, reqwest::Error> {
        // An error only says that a provider is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .no_proxy()
            .timeout(PATIENCE)
            .tls_certs_only([])
            .build()?;
        Ok(Self {
            console,
            product,
            password: None,
            http,
            leave: Box::new(leave),
            ran_out: AtomicBool::new(false),
            done: AtomicUsize::new(done),
            all,
            team: Mutex::default(),
            lacks: Mutex::default(),
        })
    }

    /// Every CRM user has this password.
    #[must_use]
    pub fn with_password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// Shows a text.
    pub fn say(&self, text: &str) {
        self.console.say(text);
    }

    /// One more scenario is done. How many are, now.
    pub fn one_done(&self) -> usize {
        self.done.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Whether the answers came to an end.
    pub fn ran_out(&self) -> bool {
        self.ran_out.load(Ordering::Relaxed)
    }

    /// What the checklist says that it can do, and the person has found that it can't.
    pub fn lacks(&self) -> Option<String> {
        let lacks = self.lacks.lock().unwrap_or_else(PoisonError::into_inner);
        lacks.clone()
    }

    /// `Scenario 3 of 12`
    pub(super) fn title(&self) -> String {
        let number = self.done.load(Ordering::Relaxed) + 1;
        format!("Scenario {number} of {}", self.all)
    }

    /// A question; the run ends where there is no answer to it.
    pub(super) async fn ask(&self, question: &str) -> Result<String, Halt> {
        match self.console.ask(question).await {
            Some(answer) if answer == "q" => Err(self.left()),
            Some(answer) => Ok(answer),
            None => {
                self.ran_out.store(true, Ordering::Relaxed);
                Err(self.left())
            }
        }
    }

    /// The scenario begins again, without what the product can't do.
    pub(super) fn take_off(&self, capability: &str) -> Halt {
        let mut lacks = self.lacks.lock().unwrap_or_else(PoisonError::into_inner);
        *lacks = Some(capability.to_owned());
        self.left()
    }

    fn left(&self) -> Halt {
        (self.leave)();
        Halt::Left
    }

    /// Who is new in the product, compared with the scenario before.
    pub(super) fn newcomers(&self, people: &[AddUser]) -> Vec<AddUser> {
        let same = |one: &AddUser, other: &AddUser| {
            (&one.name, &one.email, one.role) == (&other.name, &other.email, other.role)
        };
        let mut team = self.team.lock().unwrap_or_else(PoisonError::into_inner);
        let mut new = people.to_vec();
        new.retain(|person| !team.iter().any(|known| same(known, person)));
        team.extend(new.iter().cloned());
        new
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk")
            .field("product", &self.product)
            .finish_non_exhaustive()
    }
}

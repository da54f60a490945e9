//! A scenario played through by the reference client, before a person is asked to: what would have to be done, and whether
//! it comes to anything.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use serde_json::{Value, json};

use crate::report::{Ended, ScenarioReport};
use crate::suite::feature::Scenario;
use crate::suite::run::{self, Connect, Options};
use crate::sut::{Driver, InProcess, Transport, TransportError, manual};

/// What a scenario comes to with the reference client in place of the product.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// How the reference client did.
    pub report: ScenarioReport,
    /// How many instructions a person would get.
    pub instructions: usize,
}

impl Rehearsal {
    /// Whether nobody need do anything for the report: the product can't do what is needed, or the scenario itself is wrong.
    pub fn settled(&self) -> bool {
        matches!(
            self.report.ended,
            Ended::Unsupported { .. } | Ended::FeatureError { .. }
        )
    }
}

/// Plays a scenario through, with a client that declares these capabilities alone.
///
/// # Errors
/// Where the mocks or a thread can't be started, or the scenario gives no report.
pub fn rehearse(
    scenario: &Scenario,
    options: &Options,
    capabilities: &[String],
) -> io::Result<Rehearsal> {
    let methods: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = methods.clone();
    let capabilities: Arc<[String]> = capabilities.into();
    let connect = Connect::around_reference(move |inner| {
        Driver::new(Noting {
            inner,
            capabilities: capabilities.clone(),
            methods: noted.clone(),
        })
    });
    let options = Options {
        connect,
        concurrency: 1,
        settings: options.settings,
        ..Options::new(options.seed)
    };
    let report = run::run(vec![scenario.clone()], &options, |_| {})?;
    let methods = methods.lock().unwrap_or_else(PoisonError::into_inner);
    let instructions = manual::instructions(&methods);
    let report = report.scenarios.into_iter().next();
    let report = report.ok_or_else(|| {
        io::Error::other(format!("{} can't be played through", scenario.location()))
    })?;
    Ok(Rehearsal {
        report,
        instructions,
    })
}

/// The reference client with a part of its capabilities; what is asked of it is noted.
#[derive(Debug)]
struct Noting {
    inner: InProcess,
    capabilities: Arc<[String]>,
    methods: Arc<Mutex<Vec<String>>>,
}

#[async_trait]
impl Transport for Noting {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        let request: Value = serde_json::from_str(&line).unwrap_or_default();
        let method = request["method"].as_str().unwrap_or_default().to_owned();
        let hello = method == "hello";
        self.methods
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(method);
        let answer = self.inner.exchange(line).await?;
        Ok(if hello {
            self.only_these(&answer)
        } else {
            answer
        })
    }
}

impl Noting {
    fn only_these(&self, hello: &str) -> String {
        let mut answer: Value = serde_json::from_str(hello).unwrap_or_default();
        answer["result"]["capabilities"] = json!(&*self.capabilities);
        answer.to_string()
    }
}

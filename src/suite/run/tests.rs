//! One scenario, or a few, with a system under test, a connection or a mock that misbehaves in one way.

mod endings;
mod hangs;
mod messages;
mod opaque;
mod panicking;

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;

use super::*;
use crate::observe::Judgement;
use crate::suite::feature::{Source, parse};
use crate::sut::{Driver, InProcess, Reference, Transport, TransportError};
use crate::sync::TokioSleeper;

const FEATURE: &str = "Feature: F
  Scenario: S
    Given Dana has linked her HubSpot login
    And Dana has saved a contact by hand
    When Dana pushes the contact to HubSpot on its own
    Then HubSpot records Dana as Owner
";

/// The reference client, with something done before one method.
struct Spoilt {
    inside: InProcess,
    method: &'static str,
    before: Arc<dyn Fn() -> Mischief + Send + Sync>,
}

impl fmt::Debug for Spoilt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "spoilt before {}", self.method)
    }
}

enum Mischief {
    None,
    Hang,
    Wait(Duration),
    Block(Duration),
    Nonsense,
}

#[async_trait]
impl Transport for Spoilt {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        if line.contains(&format!("\"method\":\"{}\"", self.method)) {
            match (self.before)() {
                Mischief::None => {}
                Mischief::Hang => std::future::pending().await,
                Mischief::Wait(time) => tokio::time::sleep(time).await,
                Mischief::Block(time) => std::thread::sleep(time),
                Mischief::Nonsense => return Ok("nonsense".into()),
            }
        }
        self.inside.exchange(line).await
    }
}

fn spoilt(method: &'static str, before: impl Fn() -> Mischief + Send + Sync + 'static) -> Options {
    let before: Arc<dyn Fn() -> Mischief + Send + Sync> = Arc::new(before);
    let mut options = Options::new(1);
    options.connect = Connect::new(move || {
        let reference = Reference::new(Policy::reference(), Arc::new(TokioSleeper));
        Driver::new(Spoilt {
            inside: InProcess(reference),
            method,
            before: before.clone(),
        })
    });
    options.concurrency = 1;
    options
}

fn one() -> Vec<Scenario> {
    several(1)
}

/// `S0`, `S1` and so on.
fn several(count: usize) -> Vec<Scenario> {
    let text = (0..count).fold("Feature: F\n".to_owned(), |text, number| {
        text + &FEATURE
            .replace("Feature: F\n", "")
            .replace("Scenario: S", &format!("Scenario: S{number}"))
    });
    let path = "x.feature".into();
    parse(&Source { path, text }).unwrap()
}

fn run_one(options: &Options) -> (RunReport, Ended) {
    let report = run(one(), options, |_| {}).unwrap();
    let ended = report.scenarios[0].ended.clone();
    (report, ended)
}

#[test]
fn a_scenario_that_goes_well_is_judged() {
    let (report, ended) = run_one(&spoilt("push", || Mischief::None));

    assert_eq!((ended, report.exit().code()), (Ended::Judged, 0));
    assert_eq!(report.scenarios[0].worst(), Some(Judgement::Passed));
    assert_eq!((report.complete(), report.stopped), (true, None));
}

#[test]
fn a_system_that_talks_nonsense_is_at_fault() {
    let (report, ended) = run_one(&spoilt("push", || Mischief::Nonsense));

    assert!(
        matches!(&ended, Ended::SystemFailed { what } if what.contains("nonsense")),
        "{ended:?}"
    );
    assert_eq!(report.exit().code(), 1);
}

#[test]
fn the_same_seed_gives_the_same_names_whatever_else_runs() {
    let options = Options::new(7);
    let owner = || {
        let (report, _) = run_one(&options);
        report.scenarios[0].verdicts[0].recorded.name.clone()
    };

    assert_eq!(owner(), owner());
    let (other, _) = run_one(&Options::new(8));
    assert_ne!(owner(), other.scenarios[0].verdicts[0].recorded.name);
}

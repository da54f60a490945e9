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

/// The reference client, with something done before each push.
#[derive(Debug)]
struct Spoilt {
    inside: InProcess,
    before_push: fn() -> Mischief,
}

enum Mischief {
    None,
    Hang,
    Block,
    Panic,
    PanicInATask,
    Nonsense,
}

#[async_trait]
impl Transport for Spoilt {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        if line.contains("\"method\":\"push\"") {
            match (self.before_push)() {
                Mischief::None => {}
                Mischief::Hang => std::future::pending().await,
                Mischief::Block => std::thread::sleep(Duration::from_secs(3)),
                Mischief::Panic => panic!("in a step"),
                Mischief::PanicInATask => {
                    tokio::spawn(async { panic!("in a task") });
                }
                Mischief::Nonsense => return Ok("nonsense".into()),
            }
        }
        self.inside.exchange(line).await
    }
}

fn spoilt(before_push: fn() -> Mischief) -> Options {
    let mut options = Options::new(1);
    options.connect = Connect::new(move || {
        let reference = Reference::new(Policy::reference(), Arc::new(TokioSleeper));
        Driver::new(Spoilt {
            inside: InProcess(reference),
            before_push,
        })
    });
    options.step_deadline = Duration::from_millis(300);
    options
}

fn run_one(options: &Options) -> (RunReport, Ended) {
    let source = Source {
        path: "x.feature".into(),
        text: FEATURE.into(),
    };
    let report = run(parse(&source).unwrap(), options, |_| {}).unwrap();
    let ended = report.scenarios[0].ended.clone();
    (report, ended)
}

#[test]
fn a_scenario_that_goes_well_is_judged() {
    let (report, ended) = run_one(&spoilt(|| Mischief::None));

    assert_eq!((ended, report.exit().code()), (Ended::Judged, 0));
    assert_eq!(report.scenarios[0].worst(), Some(Judgement::Passed));
}

#[test]
fn a_system_that_hangs_is_not_waited_for() {
    let (report, ended) = run_one(&spoilt(|| Mischief::Hang));

    let what = "x.feature:5: this step took longer than 0.3 s".to_owned();
    assert_eq!(
        (ended, report.exit().code()),
        (Ended::SystemFailed { what }, 1)
    );
}

#[test]
fn a_scenario_that_never_lets_others_go_on_is_given_up() {
    let mut options = spoilt(|| Mischief::Block);
    options.scenario_deadline = Duration::ZERO;
    options.grace = Duration::from_millis(100);

    let (report, ended) = run_one(&options);

    assert!(matches!(ended, Ended::SystemFailed { .. }), "{ended:?}");
    assert_eq!(report.exit().code(), 1);
}

#[test]
fn a_panic_in_a_step_breaks_the_scenario_and_not_the_run() {
    let (report, ended) = run_one(&spoilt(|| Mischief::Panic));

    assert!(
        matches!(&ended, Ended::HarnessError { what } if what.contains("in a step, at ")),
        "{ended:?}"
    );
    assert_eq!(report.exit().code(), 3);
}

#[test]
fn a_panic_in_a_task_is_not_passed_over() {
    let (report, ended) = run_one(&spoilt(|| Mischief::PanicInATask));

    assert!(
        matches!(&ended, Ended::HarnessError { what } if what.contains("in a task, at ")),
        "{ended:?}"
    );
    assert_eq!(report.exit().code(), 3);
}

#[test]
fn a_system_that_talks_nonsense_is_at_fault() {
    let (report, ended) = run_one(&spoilt(|| Mischief::Nonsense));

    assert!(
        matches!(&ended, Ended::SystemFailed { what } if what.contains("nonsense")),
        "{ended:?}"
    );
    assert_eq!(report.exit().code(), 1);
}

#[test]
fn scenarios_are_reported_in_the_order_of_the_features() {
    let source = Source {
        path: "x.feature".into(),
        text: (0..6).fold("Feature: F\n".to_owned(), |text, number| {
            text + &FEATURE
                .replace("Feature: F\n", "")
                .replace("Scenario: S", &format!("Scenario: S{number}"))
        }),
    };
    let mut options = Options::new(1);
    options.concurrency = 3;

    let report = run(parse(&source).unwrap(), &options, |_| {}).unwrap();

    let names: Vec<&str> = report
        .scenarios
        .iter()
        .map(|scenario| scenario.name.as_str())
        .collect();
    assert_eq!(names, ["S0", "S1", "S2", "S3", "S4", "S5"]);
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

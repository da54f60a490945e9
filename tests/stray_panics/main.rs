//! A panic on a thread that nobody knows: no run that is going on meanwhile is green. In a process of its own, since any other run
//! in it would be told of the panic, too.

use std::sync::Arc;
use std::thread;

use async_trait::async_trait;
use crm_conformance::report::Ended;
use crm_conformance::suite;
use crm_conformance::suite::feature::Selection;
use crm_conformance::suite::run::{self, Connect, Options};
use crm_conformance::sut::{Driver, InProcess, Reference, Transport, TransportError};
use crm_conformance::sync::{Policy, TokioSleeper};

/// The reference client; with each push, it starts a thread that panics.
#[derive(Debug)]
struct Careless(InProcess);

#[async_trait]
impl Transport for Careless {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        if line.contains("\"method\":\"push\"") {
            let panicking = thread::spawn(|| panic!("on a thread that nobody knows"));
            assert!(panicking.join().is_err());
        }
        self.0.exchange(line).await
    }
}

#[test]
fn a_panic_on_a_thread_that_nobody_knows_fails_the_scenario_that_saw_it() {
    let selection = Selection::new(Some("@H1"), None).expect("a tag expression");
    let scenarios = suite::scenarios(&[]).expect("the built-in features are in order");
    let mut scenarios = selection.apply(scenarios).expect("H1 has a scenario");
    scenarios.truncate(1);
    let mut options = Options::new(1);
    options.connect = Connect::new(|| {
        let reference = Reference::new(Policy::reference(), Arc::new(TokioSleeper));
        Driver::new(Careless(InProcess(reference)))
    });

    let report = run::run(scenarios, &options, |_| {}).expect("the mocks can be started");

    let said = "on a thread that nobody knows, at tests/stray_panics/main.rs:";
    assert_eq!(report.exit().code(), 3);
    assert!(
        matches!(&report.scenarios[0].ended, Ended::HarnessError { what } if what.contains(said)),
        "{:?}",
        report.scenarios[0].ended
    );
    assert!(report.harness_errors[0].contains(said), "{report:?}");
}

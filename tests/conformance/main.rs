//! The built-in features against the reference client: one test per scenario, with the arguments of `cargo test`.

mod arguments;

use std::process::ExitCode;

use arguments::Arguments;
use crm_conformance::observe::Judgement;
use crm_conformance::report::{RunReport, Selection, terminal};
use crm_conformance::suite;
use crm_conformance::suite::feature::Scenario;
use crm_conformance::suite::run::{self, Options};

fn main() -> ExitCode {
    let arguments = Arguments::read(std::env::args().skip(1));
    let scenarios = match suite::scenarios(&[]) {
        Ok(scenarios) => scenarios,
        Err(found) => {
            found
                .iter()
                .for_each(|diagnostic| eprintln!("{diagnostic}"));
            return ExitCode::FAILURE;
        }
    };
    let all = scenarios.len();
    let chosen: Vec<Scenario> = scenarios
        .into_iter()
        .filter(|scenario| arguments.wants(&test_name(scenario)))
        .collect();
    if arguments.list {
        return list(&chosen, &arguments);
    }
    // A filter of the whole workspace may fit no scenario: that is for the other test binaries, then.
    if chosen.is_empty() {
        println!(
            "\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; {all} filtered out\n"
        );
        return ExitCode::SUCCESS;
    }
    test(chosen, all, &arguments)
}

fn test_name(scenario: &Scenario) -> String {
    format!("{}: {}", scenario.feature, scenario.name)
}

fn list(scenarios: &[Scenario], arguments: &Arguments) -> ExitCode {
    // Nothing is ever ignored, so there is nothing to list for whoever asks for ignored tests alone.
    let listed: &[Scenario] = if arguments.ignored { &[] } else { scenarios };
    for scenario in listed {
        println!("{}: test", test_name(scenario));
    }
    if !arguments.terse {
        println!("\n{} tests, 0 benchmarks", listed.len());
    }
    ExitCode::SUCCESS
}

fn test(scenarios: Vec<Scenario>, all: usize, arguments: &Arguments) -> ExitCode {
    let count = scenarios.len();
    println!("\nrunning {count} tests");
    let mut options = Options::new(rand::random());
    options.selection = Selection {
        built_in: true,
        filtered: count < all,
        ..Selection::default()
    };
    if let Some(threads) = arguments.threads {
        options.concurrency = threads;
    }
    let report = match run::run(scenarios, &options, |_| {}) {
        Ok(report) => report,
        Err(error) => {
            eprintln!("could not start the mocks: {error}");
            return ExitCode::FAILURE;
        }
    };
    finish(&report, all, arguments)
}

fn finish(report: &RunReport, all: usize, arguments: &Arguments) -> ExitCode {
    let (mut passed, mut failed, mut ignored) = (0, 0, 0);
    for scenario in &report.scenarios {
        let (count, word) = match scenario.worst() {
            Some(Judgement::Passed | Judgement::Warning) => (&mut passed, "ok"),
            // Nothing was tried, so nothing passed.
            Some(Judgement::Unsupported) => (&mut ignored, "ignored, not declared by the client"),
            None | Some(Judgement::NotObservable | Judgement::Failed | Judgement::Error) => {
                (&mut failed, "FAILED")
            }
        };
        *count += 1;
        println!("test {}: {} ... {word}", scenario.feature, scenario.name);
    }
    let code = report.exit().code();
    if arguments.nocapture || code != 0 {
        let written = terminal::write(report, terminal::PLAIN_WIDTH, anstream::stdout());
        written.unwrap_or_else(|error| eprintln!("could not write the report: {error}"));
    }
    let result = if code == 0 { "ok" } else { "FAILED" };
    let left_out = all - report.scenarios.len();
    println!(
        "\ntest result: {result}. {passed} passed; {failed} failed; {ignored} ignored; 0 measured; {left_out} filtered out\n"
    );
    ExitCode::from(code)
}

//! What every answer that was given to the other checks shows.

use serde_json::json;

use super::bench::Bench;
use super::finding::{Finding, Found, Problem, skip};

/// These judge what the others have heard, so they come last.
pub(super) const NAMES: [&str; 5] = ["answers", "errors", "ids", "one-answer", "noise"];

pub(super) fn answers_fit(bench: &mut Bench) -> Found {
    bench.greeted()?;
    first(&bench.notes.borrow().answers)
}

pub(super) fn errors_fit(bench: &mut Bench) -> Found {
    bench.greeted()?;
    let notes = bench.notes.borrow();
    match notes.errors_seen {
        0 => skip("it answered no request with an error"),
        _ => first(&notes.errors),
    }
}

pub(super) fn repeats_ids(bench: &mut Bench) -> Found {
    bench.reset()?;
    let talk = bench.talk()?;
    for id in [
        json!("q-1"),
        json!("7"),
        json!(9_007_199_254_740_991_u64),
        json!("\u{1d518} \n\""),
    ] {
        let params = json!({ "user": "u-ids", "name": "Dana", "email": "dana@check.example", "role": "admin" });
        talk.ask_as(id, "user.add", params)?;
    }
    talk.listen();
    first(&bench.notes.borrow().ids)
}

pub(super) fn answers_once(bench: &mut Bench) -> Found {
    bench.greeted()?;
    first(&bench.notes.borrow().more)
}

pub(super) fn no_noise(bench: &mut Bench) -> Found {
    let notes = bench.notes.borrow();
    let Some(line) = notes.noise.first() else {
        drop(notes);
        return bench.greeted();
    };
    let count = notes.noise.len();
    let problem = Problem::new(format!(
        "{count} lines on standard output are no answers; they are ignored"
    ));
    let hint = "write logs to standard error: console.error in Node, logging's default in Python, eprintln! in Rust";
    Err(Finding::Warned(problem.shown_by(line).hint(hint)))
}

/// The first problem, and how many more there are.
fn first(problems: &[Problem]) -> Found {
    let Some(problem) = problems.first() else {
        return Ok(());
    };
    let mut problem = problem.clone();
    if problems.len() > 1 {
        problem
            .what
            .push_str(&format!(" (and {} more)", problems.len() - 1));
    }
    Err(problem.into())
}

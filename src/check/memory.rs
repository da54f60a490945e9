//! What a driver may keep from one scenario to the next: nothing.

use serde_json::json;

use super::bench::Bench;
use super::finding::{Finding, Found, Problem, skip};
use super::scene::{add_user, done, record_id};
use super::talk::shown;

/// What to do where something is kept.
const HINT: &str =
    "make everything anew in reset: users, logins, records, the error log, caches, HTTP sessions";

/// Resets in a row.
const MANY: usize = 20;

pub(super) fn push_of_nothing(bench: &mut Bench) -> Found {
    let Some(crm) = bench.crms_declared().into_iter().next() else {
        return skip("it declares no CRM");
    };
    let place = bench.reset_with_dana()?;
    bench.link_dana(&place)?;
    bench.save_by_dana()?;
    let reply = bench.push(crm, &[])?;
    if let Some(write) = place.writes().first() {
        let what = format!("a push of no record, while there is one, writes: {write}");
        let hint = "push the records that are named, and no others";
        return Err(Problem::new(what)
            .shown_by(shown(&reply.line))
            .hint(hint)
            .into());
    }
    match &reply.outcome {
        Ok(result) if result["results"].as_array().is_some_and(Vec::is_empty) => Ok(()),
        _ => {
            let what = "a push of no record is not answered with no results";
            let hint = "answer {\"results\": []}";
            Err(Problem::new(what)
                .shown_by(shown(&reply.line))
                .hint(hint)
                .into())
        }
    }
}

pub(super) fn forgets_records(bench: &mut Bench) -> Found {
    bench.reset_with_dana()?;
    let record = bench.save_by_dana()?;
    bench.reset_with_dana()?;
    let read = bench
        .talk()?
        .ask("record.read", json!({ "record": record }))?;
    match &read.outcome {
        Err(_) => Ok(()),
        Ok(_) => {
            let what = "a record that was saved before reset can still be read after it";
            Err(Problem::new(what)
                .shown_by(shown(&read.line))
                .hint(HINT)
                .into())
        }
    }
}

/// A driver that knows its users refuses one whom nobody has added. It has to refuse one of the scenario before as well.
pub(super) fn forgets_users(bench: &mut Bench) -> Found {
    const FORMER: &str = "u-former";
    bench.reset_with_dana()?;
    add_user(bench.talk()?, FORMER)?;
    bench.save(FORMER)?;
    bench.reset_with_dana()?;
    let stranger = bench.save("u-stranger")?;
    if record_id(&stranger).is_some() {
        let problem = Problem::new("it saves a record for a user whom nobody has added");
        let hint =
            "refuse it with code -32602: an id that nobody knows is a mistake that should show";
        return Err(Finding::Warned(
            problem.shown_by(shown(&stranger.line)).hint(hint),
        ));
    }
    let former = bench.save(FORMER)?;
    match record_id(&former) {
        None => Ok(()),
        Some(_) => {
            let what = "a user who was added before reset can still save a record after it";
            Err(Problem::new(what)
                .shown_by(shown(&former.line))
                .hint(HINT)
                .into())
        }
    }
}

/// With nothing linked since, nothing may be written: neither to the new org nor, with an old token, to the old one.
pub(super) fn forgets_logins(bench: &mut Bench) -> Found {
    let crms = bench.crms_declared();
    if crms.is_empty() {
        return skip("it declares no CRM");
    }
    // The same id in both: what was kept by it is found by it.
    let dana = "u-kept".to_owned();
    let before = bench.reset_with(dana.clone())?;
    bench.link_dana(&before)?;
    for crm in &crms {
        let params = json!({ "crm": crm, "grant": before.grant(*crm) });
        done(
            bench.talk()?.ask("team_sync.connect", params)?,
            "team_sync.connect",
        )?;
        let record = bench.save_by_dana()?;
        bench.push(*crm, &[&record])?;
    }
    let written_before = before.writes().len();
    let after = bench.reset_with(dana);
    let Ok(after) = after else {
        return skip("the user of before can't be added again: see 'forgets-users'");
    };
    for crm in crms {
        let record = bench.save_by_dana()?;
        let reply = bench.push(crm, &[&record])?;
        let old = before.writes().into_iter().skip(written_before);
        if let Some(write) = old.chain(after.writes()).next() {
            let what = format!(
                "with no login linked since reset, a push to {crm} writes with an old one: {write}"
            );
            return Err(Problem::new(what)
                .shown_by(shown(&reply.line))
                .hint(HINT)
                .into());
        }
    }
    Ok(())
}

pub(super) fn forgets_errors(bench: &mut Bench) -> Found {
    let Some(crm) = bench.crms_declared().into_iter().next() else {
        return skip("it declares no CRM");
    };
    if !bench.declares("error_log") {
        return skip("it declares no error_log");
    }
    bench.reset_with_dana()?;
    let record = bench.save_by_dana()?;
    // Nobody has linked a login, so it comes to nothing and is logged.
    bench.push(crm, &[&record])?;
    bench.reset()?;
    let log = bench.talk()?.ask("error_log", json!({}))?;
    match &log.outcome {
        Ok(result) if result["entries"].as_array().is_some_and(Vec::is_empty) => Ok(()),
        Ok(_) => {
            let what = "the error log is not empty after reset";
            Err(Problem::new(what)
                .shown_by(shown(&log.line))
                .hint(HINT)
                .into())
        }
        Err(_) => skip("it has no error log: see 'declared'"),
    }
}

pub(super) fn many_resets(bench: &mut Bench) -> Found {
    for number in 1..=MANY {
        let reset = bench.reset();
        reset.map_err(|finding| {
            finding.with(|problem| {
                let what = format!("reset number {number} in a row: {}", problem.what);
                Problem { what, ..problem }
            })
        })?;
    }
    Ok(())
}

//! Several requests at once, and several drivers at once.

use serde_json::{Value, json};

use super::bench::{self, Bench};
use super::finding::{Found, Problem};
use super::scene::{add_user, done, record_id};
use super::talk::shown;

pub(super) fn in_order(bench: &mut Bench) -> Found {
    bench.process_alone()?;
    bench.reset()?;
    let talk = bench.talk()?;
    let ids: Vec<Value> = (0..3).map(|_| json!(talk.id())).collect();
    for id in &ids {
        let params = json!({ "user": format!("u-{id}"), "name": "Dana", "email": "dana@check.example", "role": "member" });
        talk.send(id, "user.add", params);
    }
    for id in &ids {
        let line = talk.answer_in_turn("user.add")?;
        let message: Value = serde_json::from_str(&line).unwrap_or_default();
        if message["id"] != *id && ids.contains(&message["id"]) {
            let what = format!(
                "of three requests at once, {} is answered before {id}",
                message["id"]
            );
            let hint = "answer each request before the next one is begun";
            return Err(Problem::new(what).shown_by(shown(&line)).hint(hint).into());
        }
    }
    Ok(())
}

/// A run starts as many processes as there are scenarios at a time.
pub(super) fn side_by_side(bench: &mut Bench) -> Found {
    bench.process_alone()?;
    bench.reset_with_dana()?;
    let saved = bench.save_as_dana().ok();
    let mut other = bench.start()?;
    let beside = |problem: Problem| {
        let what = format!("a second process beside the first: {}", problem.what);
        Problem { what, ..problem }.hint(
            "a run starts several processes: no fixed port, lock or file may be shared by them",
        )
    };
    bench::hello(&mut other).map_err(|finding| finding.with(beside))?;
    let place = bench.place()?;
    let params = bench.reset_params(&place);
    let reset = other
        .ask("reset", params)
        .and_then(|reply| done(reply, "reset"));
    reset.map_err(|finding| finding.with(beside))?;
    add_user(&mut other, "u-other").map_err(|finding| finding.with(beside))?;
    let Some(record) = saved.as_ref().and_then(record_id) else {
        return Ok(());
    };
    let read = bench
        .talk()?
        .ask("record.read", json!({ "record": record }))?;
    match read.outcome {
        Ok(_) => Ok(()),
        Err(_) => {
            let what = "the reset of one process makes another forget its record";
            let hint =
                "keep what a scenario has in the process, or in a database of the process alone";
            Err(Problem::new(what)
                .shown_by(shown(&read.line))
                .hint(hint)
                .into())
        }
    }
}

//! How a process ends, and starts again.

use std::time::Duration;

use super::bench::{self, Bench, process};
use super::finding::{Found, Problem};
use super::scene::done;

/// How long a process may take to end.
const TO_END: Duration = Duration::from_secs(5);

pub(super) fn starts_again(bench: &mut Bench) -> Found {
    bench.process_alone()?;
    let place = bench.reset_with_dana()?;
    bench.link_dana(&place)?;
    // Whether it can save is for another check.
    let _ = bench.save_as_dana();
    bench.talk()?;
    if let Some(mut talk) = bench.take() {
        process(&mut talk)?.kill();
    }
    let mut talk = bench.start()?;
    let again = |problem: Problem| {
        let what = format!("after it was killed, and started again: {}", problem.what);
        Problem { what, ..problem }.hint(
            "leave nothing behind that stops the next start: a lock, a port, a half-written file",
        )
    };
    bench::hello(&mut talk).map_err(|finding| finding.with(again))?;
    let place = bench.place()?;
    let params = bench.reset_params(&place);
    let reset = talk
        .ask("reset", params)
        .and_then(|reply| done(reply, "reset"));
    reset.map_err(|finding| finding.with(again))?;
    bench.keep(talk);
    Ok(())
}

pub(super) fn ends(bench: &mut Bench) -> Found {
    bench.process_alone()?;
    bench.reset()?;
    let Some(mut talk) = bench.take() else {
        return Ok(());
    };
    talk.listen();
    let process = process(&mut talk)?;
    process.close_input();
    if process.ended(TO_END).is_none() {
        let what = format!(
            "it still runs {} s after its standard input has ended",
            TO_END.as_secs()
        );
        let hint = "leave the loop at the end of standard input; stop servers and threads that keep the process alive";
        return Err(Problem::new(what).hint(hint).into());
    }
    if process.left_behind() {
        let what =
            "it ends when its standard input does, and something that it has started still runs";
        let hint = "end whatever was started before leaving";
        return Err(Problem::new(what).hint(hint).into());
    }
    Ok(())
}

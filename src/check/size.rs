//! Long messages, and letters that break what was written for ASCII.

use serde_json::json;

use super::bench::Bench;
use super::finding::{Found, Problem, skip};
use super::scene::{add_user, record_id};
use super::talk::shown;

/// So many letters a field has.
const LONG: usize = 1 << 20;

/// Beyond the first plane, from right to left, a combining accent, a line break, quotation marks.
const LETTERS: &str =
    "u-\u{1d518}\u{1f469}\u{200d}\u{1f680}-\u{202b}\u{5d0}\u{5d1}\u{202c}-e\u{301}-\n-\"'\\";

pub(super) fn long_message(bench: &mut Bench) -> Found {
    bench.reset()?;
    let params = json!({ "user": "u-long", "name": "é".repeat(LONG / 2), "email": "dana@check.example", "role": "member" });
    let hint = "read whole lines however long they are; asyncio's readers, for one, stop at 64 KiB unless told otherwise";
    let reply = bench.talk()?.ask("user.add", params);
    let too_long = |problem: Problem| problem.hint(hint);
    let reply = reply.map_err(|finding| finding.with(too_long))?;
    match &reply.outcome {
        Ok(_) => Ok(()),
        Err(refusal) => {
            let what = format!("a name of 1 MiB is refused: {}", refusal.message);
            Err(Problem::new(what)
                .shown_by(shown(&reply.line))
                .hint(hint)
                .into())
        }
    }
}

pub(super) fn any_letter(bench: &mut Bench) -> Found {
    bench.reset()?;
    let params = json!({ "user": "u-nul", "name": "Da\0na", "email": "dana@check.example", "role": "member" });
    bench.talk()?.ask("user.add", params)?;
    add_user(bench.talk()?, LETTERS)?;
    let reply = bench.save(LETTERS)?;
    if record_id(&reply).is_none() {
        return skip("it saves no record: see 'declared'");
    }
    let owner = reply
        .outcome
        .as_ref()
        .ok()
        .and_then(|result| result["owner"].as_str());
    if owner == Some(LETTERS) {
        return Ok(());
    }
    let what = format!(
        "the user {LETTERS:?} saves a record, and its owner is {:?}",
        owner.unwrap_or_default()
    );
    let hint = "read and write UTF-8, and keep ids as they are: PYTHONIOENCODING or sys.stdin.reconfigure in Python";
    Err(Problem::new(what)
        .shown_by(shown(&reply.line))
        .hint(hint)
        .into())
}

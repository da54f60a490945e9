//! What a driver answers where it can't do what it is asked.

use serde_json::{Value, json};

use super::bench::Bench;
use super::finding::{Found, Problem, skip};
use super::talk::{Reply, shown};
use crate::sut::code;

/// No method of any version.
const NO_METHOD: &str = "record.frobnicate";

/// A record that no driver has ever given out.
const NO_RECORD: &str = "no-such-record-7f3a";

pub(super) fn unknown_method(bench: &mut Bench) -> Found {
    let reply = bench.talk()?.ask(NO_METHOD, json!({}))?;
    let hint = "answer {\"code\": -32601, \"message\": …} to a method that is not in your table";
    let problem = |what: String| {
        let problem = Problem::new(what).shown_by(shown(&reply.line));
        Err(problem.hint(hint).into())
    };
    match &reply.outcome {
        Err(refusal) if refusal.code == code::UNKNOWN_METHOD => Ok(()),
        Err(refusal) => problem(format!(
            "{NO_METHOD}, which no driver has, is answered with code {} and not with -32601",
            refusal.code
        )),
        Ok(_) => problem(format!(
            "{NO_METHOD}, which no driver has, is answered with a result"
        )),
    }
}

/// A loop that takes every look-up that fails for a method that it does not have hides what went wrong.
pub(super) fn failure_inside(bench: &mut Bench) -> Found {
    bench.reset_with_dana()?;
    let mut tried = 0;
    for (method, params) in probes(bench) {
        tried += 1;
        let reply = bench.talk()?.ask(method, params)?;
        judge(method, &reply)?;
    }
    match tried {
        0 => skip("it declares nothing that could fail"),
        _ => Ok(()),
    }
}

/// Calls that speak of a record that nobody knows.
fn probes(bench: &Bench) -> Vec<(&'static str, Value)> {
    let records = bench.declared("record:");
    let mut probes = Vec::new();
    if !records.is_empty() {
        probes.push(("record.read", json!({ "record": NO_RECORD })));
    }
    if bench.declares("update") {
        let params =
            json!({ "record": NO_RECORD, "user": bench.dana, "fields": {}, "owner": null });
        probes.push(("record.update", params));
    }
    let crm = bench.crms_declared().into_iter().next();
    if let (Some(crm), Some(mode)) = (crm, bench.declared("mode:").first()) {
        probes.push((
            "push",
            bench.push_params(crm, mode, &[NO_RECORD], "contact"),
        ));
    }
    probes
}

fn judge(method: &str, reply: &Reply) -> Found {
    let problem = |what: String, hint: &str| {
        let problem = Problem::new(what).shown_by(shown(&reply.line));
        Err(problem.hint(hint).into())
    };
    match &reply.outcome {
        Err(refusal) if refusal.code == code::UNKNOWN_METHOD => problem(
            format!(
                "{method} of a record that nobody knows is answered as if there were no method {method}"
            ),
            "look the method up first, and catch only what your own code raises after that: code 1 with data.trace",
        ),
        Ok(_) if method != "push" => problem(
            format!("{method} of a record that nobody knows is answered with a result"),
            "answer an error: -32602, or code 1 with data.trace",
        ),
        _ => Ok(()),
    }
}

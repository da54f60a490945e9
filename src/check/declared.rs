//! What a driver declares, tried once each.

use std::time::Duration;

use serde_json::{Value, json};

use super::bench::Bench;
use super::finding::{Finding, Found, Problem, skip};
use super::scene::done;
use super::talk::{Reply, shown};
use crate::sut::{Crm, code};

/// How long a write may come late and still be seen to.
const LATE: Duration = Duration::from_millis(1500);

/// What to do about a capability that is not there.
const HINT: &str = "declare what works and nothing else: what is not declared is reported as unsupported, and fails nothing";

/// Every driver has these, whatever it declares.
pub(super) fn takes_logins(bench: &mut Bench) -> Found {
    let crm = bench
        .crms_declared()
        .into_iter()
        .next()
        .unwrap_or(Crm::Salesforce);
    let place = bench.reset_with_dana()?;
    let grant = place.grant(crm);
    for (method, params) in [
        (
            "credential.link",
            json!({ "user": bench.dana, "crm": crm, "grant": grant }),
        ),
        (
            "credential.unlink",
            json!({ "user": bench.dana, "crm": crm }),
        ),
        ("team_sync.connect", json!({ "crm": crm, "grant": grant })),
        ("team_sync.disconnect", json!({ "crm": crm })),
    ] {
        done(bench.talk()?.ask(method, params)?, method)?;
    }
    Ok(())
}

pub(super) fn can_do(bench: &mut Bench) -> Found {
    let place = bench.reset_with_dana()?;
    bench.link_dana(&place)?;
    can_save(bench)?;
    can_push(bench)?;
    can_log(bench)?;
    if bench.declares("update") {
        let record = bench.save_by_dana()?;
        let params = json!({ "record": record, "user": bench.dana, "fields": { "phone": "+1 555 0100" }, "owner": null });
        works(bench, "update", "record.update", params)?;
    }
    if bench.declares("error_log") {
        works(bench, "error_log", "error_log", json!({}))?;
    }
    Ok(())
}

fn can_save(bench: &mut Bench) -> Found {
    let kinds = bench.declared("record:");
    let kinds: Vec<&String> = kinds.iter().filter(|kind| *kind != "lead").collect();
    let sources = bench.declared("source:");
    for kind in &kinds {
        for source in &sources {
            let params = bench.new_record(kind, source, &bench.dana);
            works(
                bench,
                &format!("record:{kind} from source:{source}"),
                "record.create",
                params,
            )?;
        }
    }
    Ok(())
}

fn can_push(bench: &mut Bench) -> Found {
    let kinds = bench.declared("record:");
    for crm in bench.crms_declared() {
        for mode in bench.declared("mode:") {
            // Leads are Salesforce's alone.
            let lead = kinds.iter().any(|kind| kind == "lead") && crm == Crm::Salesforce;
            for pushed_as in ["contact", "lead"]
                .into_iter()
                .filter(|one| *one != "lead" || lead)
            {
                let record = bench.save_by_dana()?;
                let params = bench.push_params(crm, &mode, &[&record], pushed_as);
                let what = format!("mode:{mode} to {crm} as a {pushed_as}");
                works(bench, &what, "push", params)?;
            }
        }
    }
    Ok(())
}

fn can_log(bench: &mut Bench) -> Found {
    for crm in bench.crms_declared() {
        for kind in bench.declared("activity:") {
            let record = bench.save_by_dana()?;
            bench.push(crm, &[&record])?;
            let fields =
                json!({ "subject": format!("Check {kind}"), "at": "2026-01-01T09:00:00Z" });
            let params = json!({ "type": kind, "user": bench.dana, "about": record, "crm": crm, "fields": fields });
            works(
                bench,
                &format!("activity:{kind} in {crm}"),
                "activity.log",
                params,
            )?;
        }
    }
    Ok(())
}

fn works(bench: &mut Bench, capability: &str, method: &str, params: Value) -> Found {
    let reply = bench.talk()?.ask(method, params)?;
    let refusal = match &reply.outcome {
        Ok(_) => return Ok(()),
        Err(refusal) => refusal,
    };
    let how = match refusal.code {
        code::UNSUPPORTED => "as unsupported".to_owned(),
        code::UNKNOWN_METHOD => "as a method that it does not know".to_owned(),
        _ => format!("with a failure: {}", refusal.message),
    };
    let what = format!("it declares {capability}, and answers {method} {how}");
    Err(Problem::new(what)
        .shown_by(shown(&reply.line))
        .hint(HINT)
        .into())
}

/// What it says that it pushed is in the CRM when it says so, and not a while later.
pub(super) fn done_when_answered(bench: &mut Bench) -> Found {
    let crms = bench.crms_declared();
    if crms.is_empty() {
        return skip("it declares no CRM");
    }
    let place = bench.reset_with_dana()?;
    bench.link_dana(&place)?;
    for crm in crms {
        let record = bench.save_by_dana()?;
        let reply = bench.push(crm, &[&record])?;
        let created = place.created(crm);
        let outcome = outcome(&reply);
        if outcome.as_deref() == Some("pushed") && created == 0 {
            std::thread::sleep(LATE);
            return Err(too_early(&reply, crm, place.created(crm)).into());
        }
        if outcome.as_deref() == Some("refused") {
            return Err(refused(&reply, crm, &place.writes_to(crm)));
        }
        if outcome.is_none() {
            return skip("its push can't be read: see 'declared' and 'answers'");
        }
    }
    Ok(())
}

fn outcome(reply: &Reply) -> Option<String> {
    let result = reply.outcome.as_ref().ok()?;
    result["results"][0]["outcome"].as_str().map(str::to_owned)
}

fn too_early(reply: &Reply, crm: Crm, later: usize) -> Problem {
    let what = match later {
        0 => format!("it answers that a record was pushed to {crm}, and nothing was created there"),
        _ => format!("it answers that a record was pushed to {crm} before it was created there"),
    };
    let hint = "answer push once the CRM has answered: await it, or wait for the job";
    Problem::new(what).shown_by(shown(&reply.line)).hint(hint)
}

fn refused(reply: &Reply, crm: Crm, writes: &[String]) -> Finding {
    let what = format!("a contact of a user whose {crm} login works is not pushed");
    let tried = match writes {
        [] => "it sent no request that writes".to_owned(),
        [first, ..] => format!("it tried {first}"),
    };
    let problem = Problem::new(what).shown_by(shown(&reply.line));
    Finding::Warned(problem.hint(format!(
        "{tried}; the login is a token of an administrator, just issued"
    )))
}

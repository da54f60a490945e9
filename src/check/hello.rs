//! Who is there, and what it says that it can do.

use super::bench::{self, Bench};
use super::finding::{Finding, Found, Problem};
use super::talk::shown;
use crate::sut::HelloAnswer;
use crate::sut::capability;

pub(super) fn says_hello(bench: &mut Bench) -> Found {
    let mut talk = bench.start()?;
    let reply = bench::hello(&mut talk)?;
    let hint = "hello is answered with protocol, name, version and capabilities";
    let problem = |what: String| Problem::new(what).shown_by(shown(&reply.line)).hint(hint);
    let result = match &reply.outcome {
        Ok(result) => result,
        Err(refusal) => {
            return Err(problem(format!("hello is refused: {}", refusal.message)).into());
        }
    };
    let hello: HelloAnswer = serde_json::from_value(result.clone())
        .map_err(|error| problem(format!("the answer to hello can't be read: {error}")))?;
    bench.introduced(hello.clone());
    bench.keep(talk);
    match hello.protocol {
        crate::sut::PROTOCOL => Ok(()),
        other => Err(problem(format!(
            "it chooses version {other} of the protocol, which was not offered"
        ))
        .into()),
    }
}

pub(super) fn declares_words(bench: &mut Bench) -> Found {
    bench.talk()?;
    let hello = bench.introduction();
    let declared = hello.map(|hello| hello.capabilities).unwrap_or_default();
    if let Some(unknown) = declared.iter().find(|word| !capability::known(word)) {
        let problem = Problem::new(format!("{unknown:?} is no capability of the protocol"));
        let near = capability::nearest(unknown).map_or_else(
            || "`crm-conformance driver schema` lists them".to_owned(),
            |near| format!("was {near:?} meant?"),
        );
        return Err(problem.hint(near).into());
    }
    for (prefix, what) in [
        ("crm:", "no CRM"),
        ("record:", "no kind of record"),
        ("source:", "no source of records"),
        ("mode:", "no mode of pushing"),
    ] {
        if !declared.iter().any(|word| word.starts_with(prefix)) {
            let problem = Problem::new(format!(
                "it declares {what} ({prefix}…), so that a run has nothing to judge"
            ));
            let hint = format!("one of: {}", capability::of(prefix).join(", "));
            return Err(Finding::Warned(problem.hint(hint)));
        }
    }
    Ok(())
}

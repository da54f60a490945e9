//! What checks do with a driver: a scenario in which Dana saves records and pushes them.

use serde_json::{Value, json};

use super::bench::Bench;
use super::crms::Place;
use super::finding::{Finding, Problem, skip};
use super::talk::{Reply, Talk};
use crate::sut::Crm;

impl Bench {
    /// A new scenario, with an org and a portal of its own.
    pub(super) fn reset(&mut self) -> Result<Place, Finding> {
        let place = self.place()?;
        let params = self.reset_params(&place);
        done(self.talk()?.ask("reset", params)?, "reset")?;
        Ok(place)
    }

    /// A new scenario with Dana in it, whose id is another one each time, as in a run.
    pub(super) fn reset_with_dana(&mut self) -> Result<Place, Finding> {
        let dana = format!("u-dana-{}", self.number());
        self.reset_with(dana)
    }

    /// The same, and this is her id.
    pub(super) fn reset_with(&mut self, dana: String) -> Result<Place, Finding> {
        let place = self.reset()?;
        add_user(self.talk()?, &dana)?;
        self.dana = dana;
        Ok(place)
    }

    /// A new org and portal.
    pub(super) fn place(&mut self) -> Result<Place, Finding> {
        let opened = self.crms.open(self.declares("https"));
        opened.or_else(|broken| skip(self.breaks(broken)))
    }

    pub(super) fn reset_params(&self, place: &Place) -> Value {
        let ca_file = if self.declares("https") {
            self.crms.ca_file()
        } else {
            None
        };
        json!({
            "scenario": format!("c{}", self.number()),
            "salesforce": place.salesforce,
            "hubspot": place.hubspot,
            "ca_file": ca_file,
            "settings": { "assignment_rules": false },
        })
    }

    /// Drawn anew each time, so that nothing can be found again by its name.
    fn number(&self) -> u64 {
        let mut notes = self.notes.borrow_mut();
        notes.named += 1;
        notes.named
    }

    /// Every CRM that is declared.
    pub(super) fn crms_declared(&self) -> Vec<Crm> {
        let all = [
            ("crm:salesforce", Crm::Salesforce),
            ("crm:hubspot", Crm::Hubspot),
        ];
        let declared = all.into_iter().filter(|(word, _)| self.declares(word));
        declared.map(|(_, crm)| crm).collect()
    }

    /// Dana links her login of every CRM that is declared.
    pub(super) fn link_dana(&mut self, place: &Place) -> Result<(), Finding> {
        for crm in self.crms_declared() {
            let params = json!({ "user": self.dana, "crm": crm, "grant": place.grant(crm) });
            done(
                self.talk()?.ask("credential.link", params)?,
                "credential.link",
            )?;
        }
        Ok(())
    }

    /// A record that some user saves, of the first kind and source declared; the whole answer.
    pub(super) fn save(&mut self, user: &str) -> Result<Reply, Finding> {
        let kind = self
            .declared("record:")
            .into_iter()
            .find(|kind| kind != "lead");
        let source = self.declared("source:").into_iter().next();
        let (Some(kind), Some(source)) = (kind, source) else {
            return skip("it declares no kind of record that can be saved, or no source");
        };
        let params = self.new_record(&kind, &source, user);
        self.talk()?.ask("record.create", params)
    }

    /// The same, that Dana saves.
    pub(super) fn save_as_dana(&mut self) -> Result<Reply, Finding> {
        let dana = self.dana.clone();
        self.save(&dana)
    }

    /// Dana's record: its id.
    pub(super) fn save_by_dana(&mut self) -> Result<String, Finding> {
        let reply = self.save_as_dana()?;
        record_id(&reply).map_or_else(
            || skip("it saves no record: see 'declared'"),
            |id| Ok(id.to_owned()),
        )
    }

    /// What `record.create` takes.
    pub(super) fn new_record(&self, kind: &str, source: &str, user: &str) -> Value {
        let number = self.number();
        let fields = match kind {
            "account" => {
                json!({ "name": format!("Check {number}"), "domain": format!("check{number}.example") })
            }
            _ => json!({
                "first_name": "Ann",
                "last_name": format!("Lee{number}"),
                "email": format!("ann{number}@check.example"),
                "company": format!("Check {number}"),
            }),
        };
        json!({ "kind": kind, "source": source, "user": user, "account": null, "fields": fields })
    }

    /// Dana pushes, in the first mode that is declared.
    pub(super) fn push(&mut self, crm: Crm, records: &[&str]) -> Result<Reply, Finding> {
        let Some(mode) = self.declared("mode:").into_iter().next() else {
            return skip("it declares no mode of pushing");
        };
        let params = self.push_params(crm, &mode, records, "contact");
        self.talk()?.ask("push", params)
    }

    /// What `push` takes, where Dana acts.
    pub(super) fn push_params(
        &self,
        crm: Crm,
        mode: &str,
        records: &[&str],
        pushed_as: &str,
    ) -> Value {
        json!({ "records": records, "crm": crm, "mode": mode, "user": self.dana, "as": pushed_as })
    }
}

/// Adds a user whose name says nothing.
pub(super) fn add_user(talk: &mut Talk, user: &str) -> Result<(), Finding> {
    let params = json!({ "user": user, "name": "Dana Reyes", "email": "dana@check.example", "role": "member" });
    done(talk.ask("user.add", params)?, "user.add")
}

/// A call that every driver can answer was answered with a result.
pub(super) fn done(reply: Reply, method: &str) -> Result<(), Finding> {
    match &reply.outcome {
        Ok(_) => Ok(()),
        Err(refusal) => {
            let what = format!(
                "{method} is refused: {} (code {})",
                refusal.message, refusal.code
            );
            let hint = "every driver has hello, reset, user.add, credential.link and .unlink, team_sync.connect and .disconnect";
            Err(Problem::new(what)
                .shown_by(super::talk::shown(&reply.line))
                .hint(hint)
                .into())
        }
    }
}

/// The id of a record that was saved.
pub(super) fn record_id(reply: &Reply) -> Option<&str> {
    reply.outcome.as_ref().ok()?["record"].as_str()
}

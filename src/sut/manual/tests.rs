//! What a person reads, and what the protocol is told of what the person presses.

mod instructed;

use std::io::{Cursor, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{Checklist, Console, Desk, Manual, Product, instructions};
use crate::sut::Transport;

/// Everything that was shown.
#[derive(Clone, Default)]
struct Shown(Arc<Mutex<Vec<u8>>>);

impl Write for Shown {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Shown {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// What was shown since the last time.
    fn take(&self) -> String {
        String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap()
    }
}

/// A person who answers with these lines, and then no more.
struct Scene {
    manual: Manual,
    desk: Arc<Desk>,
    shown: Shown,
    left: Arc<AtomicBool>,
}

impl Scene {
    fn new(answers: &str) -> Self {
        let shown = Shown::default();
        let console = console(answers, &shown);
        let all = Checklist::groups().iter().flat_map(|group| group.points);
        let product = Product {
            name: "Acme Sync".to_owned(),
            version: "4.2".to_owned(),
            capabilities: all.map(|point| point.capability.to_owned()).collect(),
        };
        let left = Arc::new(AtomicBool::new(false));
        let leaving = left.clone();
        let leave = move || leaving.store(true, Ordering::Relaxed);
        let desk = Desk::new(Arc::new(console), product, (2, 12), leave).unwrap();
        let desk = Arc::new(desk.with_password("password1"));
        Self {
            manual: Manual::new(desk.clone()),
            desk,
            shown,
            left,
        }
    }

    /// The result or error of a message; `None` where the person has left.
    async fn say(&mut self, method: &str, params: Value) -> Option<Value> {
        let request = json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params });
        let answer = self.manual.exchange(request.to_string()).await.ok()?;
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["id"], 7);
        Some(
            answer
                .get("result")
                .or(answer.get("error"))
                .unwrap()
                .clone(),
        )
    }

    /// With Dana and Lee in the team.
    async fn begun(answers: &str) -> Self {
        let mut scene = Self::new(answers);
        let crms = json!({
            "scenario": "s9c",
            "salesforce": { "login_url": "http://sf", "instance_url": "http://sf", "client_id": "c", "client_secret": "x", "external_id_field": "Apollo_Id__c" },
            "hubspot": { "url": "http://hs", "portal": 62515, "client_id": "c", "client_secret": "x", "unique_property": "apollo_id" },
        });
        assert_eq!(scene.say("reset", crms).await, Some(json!({})));
        let dana = json!({ "user": "u1", "name": "Dana Reyes", "email": "dana@x.example", "role": "member" });
        let lee =
            json!({ "user": "u2", "name": "Lee Park", "email": "lee@x.example", "role": "admin" });
        assert_eq!(scene.say("user.add", dana).await, Some(json!({})));
        assert_eq!(scene.say("user.add", lee).await, Some(json!({})));
        assert_eq!(
            scene.shown.take(),
            "",
            "the team is told with the first step"
        );
        scene
    }

    /// With a contact that Dana has saved; the answers begin after that.
    async fn saved(answers: &str) -> Self {
        let mut scene = Self::begun(&format!("\n\n1\n{answers}")).await;
        scene.say("record.create", ann("manual")).await.unwrap();
        scene.shown.take();
        scene
    }

    fn has_left(&self) -> bool {
        self.left.load(Ordering::Relaxed)
    }
}

fn console(answers: &str, shown: &Shown) -> Console {
    Console::new(Cursor::new(answers.to_owned()), shown.clone(), true).unwrap()
}

fn ann(source: &str) -> Value {
    json!({ "kind": "contact", "source": source, "user": "u1", "account": null,
            "fields": { "first_name": "Ann", "last_name": "Lee", "email": "ann@x.example", "company": "Acme, Inc." } })
}

fn push(mode: &str, records: &[&str]) -> Value {
    json!({ "records": records, "crm": "salesforce", "mode": mode, "user": "u1", "as": "contact" })
}

#[tokio::test]
async fn who_is_there_is_answered_from_the_checklist_and_nobody_is_asked() {
    let mut scene = Scene::new("");

    let hello = scene
        .say("hello", json!({ "protocols": [1], "run": "r7" }))
        .await
        .unwrap();

    assert_eq!(hello["name"], "Acme Sync");
    assert_eq!(hello["protocol"], 1);
    assert_eq!(hello["capabilities"][0], "crm:salesforce");
    assert_eq!(scene.shown.text(), "");
}

#[tokio::test]
async fn the_owner_is_asked_for_and_never_assumed() {
    let mut scene = Scene::begun("\n\n\n9\n2\n").await;

    let created = scene.say("record.create", ann("manual")).await;

    assert_eq!(created, Some(json!({ "record": "a1", "owner": "u2" })));
    let shown = scene.shown.text();
    assert!(shown.contains("Who is its owner there now?"), "{shown}");
    assert!(
        shown.contains("'' is none of the answers to this."),
        "{shown}"
    );
    assert!(
        shown.contains("'9' is none of the answers to this."),
        "{shown}"
    );
}

#[tokio::test]
async fn an_owner_who_is_none_of_the_team_is_told_as_a_stranger() {
    let mut scene = Scene::begun("\n\n0\n").await;

    let created = scene.say("record.create", ann("manual")).await.unwrap();

    assert_eq!(created["owner"], "nobody-of-the-team");
}

#[tokio::test]
async fn who_has_just_told_the_owner_is_not_asked_again_until_something_was_done() {
    let mut scene = Scene::saved("\n2\n").await;
    let read = || json!({ "record": "a1" });

    let before = scene.say("record.read", read()).await;
    let asked_before = scene.shown.take();
    scene.say("push", push("single", &["a1"])).await.unwrap();
    let after = scene.say("record.read", read()).await;

    assert_eq!(before, Some(json!({ "record": "a1", "owner": "u1" })));
    assert_eq!(asked_before, "");
    assert_eq!(after, Some(json!({ "record": "a1", "owner": "u2" })));
}

#[tokio::test]
async fn a_push_is_done_by_one_key() {
    let mut scene = Scene::saved("\n").await;

    let pushed = scene.say("push", push("single", &["a1"])).await;

    let expected =
        json!({ "results": [{ "record": "a1", "outcome": "pushed", "crm_id": "not told" }] });
    assert_eq!(pushed, Some(expected));
}

#[tokio::test]
async fn what_was_refused_is_told_with_the_reason_and_the_products_own_words() {
    let mut scene = Scene::saved("r\n1\nconnect Salesforce first\n").await;

    let pushed = scene.say("push", push("single", &["a1"])).await.unwrap();

    assert_eq!(
        pushed["results"][0],
        json!({ "record": "a1", "outcome": "refused", "reason": "no_credential", "message": "connect Salesforce first" })
    );
}

#[tokio::test]
async fn of_several_records_only_those_are_refused_that_were() {
    let mut scene = Scene::saved("\n2\nr\n2\n2\n\n").await;
    scene.say("record.create", ann("csv")).await.unwrap();

    let pushed = scene
        .say("push", push("bulk", &["a1", "a2"]))
        .await
        .unwrap();

    let outcomes: Vec<&Value> = pushed["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["outcome"])
        .collect();
    assert_eq!(outcomes, ["pushed", "refused"]);
    assert_eq!(pushed["results"][1]["reason"], "crm_refused");
}

#[tokio::test]
async fn what_the_product_cannot_do_fails_or_leaves_the_checklist() {
    let mut insists = Scene::saved("u\n2\nn\n").await;
    let mut gives_in = Scene::saved("u\n2\ny\n").await;

    let failed = insists.say("push", push("bulk", &["a1"])).await.unwrap();
    let left = gives_in.say("push", push("bulk", &["a1"])).await;

    assert_eq!(failed["code"], 2);
    assert_eq!(failed["data"]["capability"], "mode:bulk");
    assert!(!insists.has_left() && insists.desk.lacks().is_none());
    assert_eq!(left, None);
    assert!(gives_in.has_left());
    assert_eq!(gives_in.desk.lacks().as_deref(), Some("mode:bulk"));
}

#[tokio::test]
async fn whoever_goes_on_another_time_ends_the_run_and_answers_nothing() {
    for (answers, ran_out) in [("q\n", false), ("", true), ("what\n", true)] {
        let mut scene = Scene::saved(answers).await;

        let answer = scene.say("push", push("single", &["a1"])).await;

        assert_eq!(answer, None, "{answers}");
        assert!(scene.has_left(), "{answers}");
        assert_eq!(scene.desk.ran_out(), ran_out, "{answers}");
    }
}

#[tokio::test]
async fn a_login_that_the_product_refuses_is_a_failure_of_the_product() {
    let mut scene = Scene::begun("\nr\n0\nno such button\n").await;

    let refused = scene
        .say("team_sync.disconnect", json!({ "crm": "hubspot" }))
        .await
        .unwrap();

    assert_eq!(refused["code"], 1);
    assert_eq!(
        refused["message"],
        "the product refused it: refused: no such button"
    );
}

#[tokio::test]
async fn messages_that_make_no_sense_are_refused_and_nobody_is_asked() {
    let mut scene = Scene::begun("").await;

    for (method, params, code) in [
        ("record.delete", json!({}), -32601),
        ("record.read", json!({ "recrod": "a1" }), -32602),
        ("record.read", json!({ "record": "a1" }), -32602),
        ("push", push("single", &["a1"]), -32602),
        ("hello", json!({ "protocols": [2], "run": "r" }), -32602),
    ] {
        let error = scene.say(method, params).await.unwrap();
        assert_eq!(error["code"], code, "{method}");
    }
    assert_eq!(scene.shown.text(), "");
    assert!(!scene.has_left());
}

#[tokio::test]
async fn the_team_is_told_once_and_then_only_who_is_new() {
    let mut first = Scene::begun("\n\n\n\n").await;
    let lone = json!({ "crm": "hubspot" });
    first
        .say("team_sync.disconnect", lone.clone())
        .await
        .unwrap();
    let told = first.shown.take();
    let mut again = Manual::new(first.desk.clone());
    for line in [
        json!({ "jsonrpc": "2.0", "id": 1, "method": "reset", "params": { "scenario": "t" } }),
        json!({ "jsonrpc": "2.0", "id": 2, "method": "user.add", "params": { "user": "v1", "name": "Dana Reyes", "email": "dana@x.example" } }),
        json!({ "jsonrpc": "2.0", "id": 3, "method": "team_sync.disconnect", "params": lone }),
    ] {
        again.exchange(line.to_string()).await.unwrap();
    }

    assert!(told.contains("Dana Reyes <dana@x.example>"), "{told}");
    let told = first.shown.take();
    assert!(
        told.contains("The team is the one of the scenario before."),
        "{told}"
    );
}

#[tokio::test]
async fn the_error_log_is_what_the_person_finds_in_it() {
    let mut scene = Scene::saved("2\n1\nno login\n").await;

    let log = scene.say("error_log", json!({})).await.unwrap();

    assert_eq!(
        log["entries"],
        json!([{ "record": "a1", "crm": "hubspot", "user": null, "reason": "no_credential", "message": "no login" }])
    );
}

#[tokio::test]
async fn the_checklist_is_asked_group_by_group() {
    let shown = Shown::default();

    let chosen = Checklist::ask(&console("1\n\n7\n1,2\n2\nn\n\n", &shown)).await;

    let chosen = chosen.unwrap();
    assert_eq!(
        chosen,
        [
            "crm:salesforce",
            "record:contact",
            "record:account",
            "record:lead",
            "source:manual",
            "source:csv",
            "mode:bulk",
            "update",
            "error_log"
        ]
    );
    assert_snapshot!(shown.text().trim(), @r#"
    Which CRMs can it push to?
      1  Salesforce
      2  HubSpot
    [numbers, as in '1 2'; Enter = all of them; n = none; q = stop] 1

    What can it push?
      1  contacts
      2  accounts (companies)
      3  leads: contacts that become Salesforce leads
    [numbers, as in '1 2'; Enter = all of them; n = none; q = stop] 

    How can a contact or account get into it?
      1  typed in by hand
      2  from a CSV file
      3  from its Chrome extension in Gmail
      4  from its Chrome extension in LinkedIn
      5  from prospecting (its own search)
      6  from job change enrichment
    [numbers, as in '1 2'; Enter = all of them; n = none; q = stop] 7
    '7' is none of these.
    [numbers, as in '1 2'; Enter = all of them; n = none; q = stop] 1,2

    How can records be pushed?
      1  one on its own
      2  several together, in bulk
    [numbers, as in '1 2'; Enter = all of them; n = none; q = stop] 2

    Which activities can it log in a CRM?
      1  e-mails
      2  tasks
      3  calls
    [numbers, as in '1 2'; Enter = all of them; n = none; q = stop] n

    What else can it do?
      1  change a record, or its owner, and push it again
      2  show a log of what could not be synced
    [numbers, as in '1 2'; Enter = all of them; n = none; q = stop]
    "#);
}

#[tokio::test]
async fn a_checklist_that_is_not_finished_is_none() {
    let shown = Shown::default();

    assert_eq!(Checklist::ask(&console("1\nq\n", &shown)).await, None);
    assert_eq!(Checklist::ask(&console("1\n", &shown)).await, None);
}

#[test]
fn instructions_are_counted_as_a_person_gets_them() {
    let methods =
        "hello reset user.add user.add credential.link record.create record.read push record.read";
    let methods: Vec<String> = methods.split(' ').map(str::to_owned).collect();

    // How to begin, the login, the contact with its owner, the push, and its owner after it.
    assert_eq!(instructions(&methods), 5);
}

use std::time::Duration;

use reqwest::Response;
use serde_json::{Value, json};

use crate::seeded::{Seeded, seeded};
use crate::{code, controlled};

/// The events of an answer that never ends.
struct Events {
    answer: Response,
    text: String,
}

impl Events {
    async fn of(crm: &Seeded, path: &str, last_event: Option<&str>) -> Self {
        let request = crm.control.http.get(crm.control.url(path));
        let request = request.bearer_auth("secret");
        let mut request = request.header("accept", "text/event-stream");
        if let Some(last) = last_event {
            request = request.header("last-event-id", last);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self {
            answer,
            text: String::new(),
        }
    }

    /// The id and the row of the next event; `None` where none comes soon.
    async fn next(&mut self) -> Option<(String, Value)> {
        let soon = Duration::from_millis(500);
        while !self.text.contains("\n\n") {
            let chunk = tokio::time::timeout(soon, self.answer.chunk()).await.ok()?;
            self.text += std::str::from_utf8(&chunk.unwrap().unwrap()).unwrap();
        }
        let (event, rest) = self.text.split_once("\n\n").unwrap();
        let field = |name: &str| {
            let line = event.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap().trim().to_owned()
        };
        let event = (field("id:"), serde_json::from_str(&field("data:")).unwrap());
        self.text = rest.to_owned();
        Some(event)
    }

    async fn ids(&mut self, count: usize) -> Vec<String> {
        let mut ids = Vec::new();
        for _ in 0..count {
            ids.extend(self.next().await.map(|(id, _)| id));
        }
        ids
    }
}

#[tokio::test]
async fn creates_are_followed_as_they_happen() {
    let crm = seeded().await;
    let (dana, hub) = (crm.org_user("Dana"), crm.portal_user("Dana"));
    crm.contact(&dana, json!({})).await;

    let mut events = Events::of(&crm, "/creates", None).await;
    assert_eq!(events.next().await.unwrap().0, "1");
    let contact = crm.hub_contact(&hub, json!({})).await;

    let (id, row) = events.next().await.unwrap();
    assert_eq!((&*id, &row["sequence"]), ("2", &json!(2)));
    assert_eq!(row["record"], json!(contact));
}

#[tokio::test]
async fn a_follower_that_comes_back_goes_on_where_it_was() {
    let crm = seeded().await;
    let dana = crm.org_user("Dana");
    for _ in 0..4 {
        crm.contact(&dana, json!({})).await;
    }

    assert_eq!(
        Events::of(&crm, "/creates", Some("2")).await.ids(2).await,
        ["3", "4"]
    );
    assert_eq!(
        Events::of(&crm, "/creates?after=3", None)
            .await
            .ids(1)
            .await,
        ["4"]
    );
}

#[tokio::test]
async fn a_follower_gets_only_what_it_asked_for() {
    let crm = seeded().await;
    let (dana, hub) = (crm.org_user("Dana"), crm.portal_user("Dana"));
    let mut events = Events::of(&crm, "/creates?crm=hubspot", None).await;

    crm.contact(&dana, json!({})).await;
    crm.hub_contact(&hub, json!({})).await;

    assert_eq!(events.ids(1).await, ["2"]);
}

#[tokio::test]
async fn changes_of_ownership_are_followed_too() {
    let crm = seeded().await;
    let (dana, robin) = (crm.org_user("Dana"), crm.org_user("Robin"));
    let contact = crm.contact(&dana, json!({})).await;
    let mut events = Events::of(&crm, "/changes", None).await;

    crm.give(&dana, &contact, &robin.id).await;

    let (id, row) = events.next().await.unwrap();
    assert_eq!((&*id, &row["owner"]), ("2", &json!(robin.id)));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_row_is_missed_or_doubled_under_load() {
    let crm = std::sync::Arc::new(seeded().await);
    let mut events = Events::of(&crm, "/creates", None).await;
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let crm = crm.clone();
            tokio::spawn(async move {
                let (dana, hub) = (crm.org_user("Dana"), crm.portal_user("Dana"));
                for _ in 0..10 {
                    crm.contact(&dana, json!({})).await;
                    crm.hub_contact(&hub, json!({})).await;
                }
            })
        })
        .collect();

    let ids = events.ids(160).await;

    for writer in writers {
        writer.await.unwrap();
    }
    let expected: Vec<String> = (1..=160).map(|id| id.to_string()).collect();
    assert_eq!(ids, expected);
}

#[tokio::test]
async fn the_newest_first_can_not_be_followed() {
    let control = controlled().await;
    let request = control.http.get(control.url("/creates?order=newest"));
    let request = request
        .bearer_auth("secret")
        .header("accept", "text/event-stream");

    let answer = request.send().await.unwrap();

    let answer = (answer.status().as_u16(), answer.json().await.unwrap());
    assert_eq!(code(&answer), (400, "bad_query"));
}

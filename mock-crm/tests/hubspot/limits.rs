//! Limits that are counted, and the headers that tell of them.

use mock_crm::hubspot::spec::RateLimits;
use serde_json::json;

use crate::harness::{Answer, CONTACTS, TestPortal};

fn limited() -> TestPortal {
    TestPortal::with(|spec| {
        spec.switches.rate_limits = RateLimits {
            enforce: true,
            oauth_app: 3,
            private_app: 2,
            daily: 3,
            search_per_second: 1,
        };
    })
}

/// Interval, max, remaining, daily and daily remaining.
fn told(answer: &Answer) -> Vec<Option<u32>> {
    let of = |name: &&str| {
        let value = answer.headers.get(format!("x-hubspot-ratelimit-{name}"))?;
        value.to_str().ok()?.parse().ok()
    };
    [
        "interval-milliseconds",
        "max",
        "remaining",
        "daily",
        "daily-remaining",
    ]
    .iter()
    .map(of)
    .collect()
}

fn script_token(crm: &TestPortal) -> String {
    let tokens = crm.hubspot.tokens(&crm.portal);
    let token = tokens
        .iter()
        .find(|token| token.grant.text.starts_with("pat-"));
    token.unwrap().grant.text.to_string()
}

#[tokio::test]
async fn an_app_has_its_calls_of_ten_seconds_whoever_uses_it() {
    let mut crm = limited();
    let sam = crm.token_of("Sam Low", "main");
    let other = crm.token_of("Sam Low", "other");

    let first = crm.get(CONTACTS).await.expect(200);
    crm.get("/crm/v3/owners/").await.expect(200);
    crm.use_token(&sam);
    let third = crm
        .post(CONTACTS, json!({ "properties": { "nonsense": 1 } }))
        .await
        .expect(400);
    let fourth = crm.post(CONTACTS, json!({})).await.expect(429);
    crm.use_token(&other);
    crm.get(CONTACTS).await.expect(200);
    crm.use_token(&sam);
    crm.advance(10);
    crm.post(CONTACTS, json!({})).await.expect(201);

    assert_eq!(told(&first), [Some(10_000), Some(3), Some(2), None, None]);
    assert_eq!(told(&third), [Some(10_000), Some(3), Some(0), None, None]);
    assert_eq!(told(&fourth), [Some(10_000), Some(3), Some(0), None, None]);
    assert_eq!(fourth.body["policyName"], "TEN_SECONDLY_ROLLING");
    assert_eq!(crm.creates().len(), 1);
}

#[tokio::test]
async fn a_private_app_has_its_calls_of_a_day_too() {
    let mut crm = limited();
    crm.use_token(&script_token(&crm));
    let mut told_of = Vec::new();

    for _ in 0..3 {
        told_of.push(told(&crm.get(CONTACTS).await.expect(200)));
        crm.advance(10);
    }
    let refused = crm.get(CONTACTS).await.expect(429);
    crm.advance(86_400);
    crm.get(CONTACTS).await.expect(200);

    assert_eq!(told_of[0], [10_000, 2, 1, 3, 2].map(Some));
    assert_eq!(told_of[2], [10_000, 2, 1, 3, 0].map(Some));
    assert_eq!(refused.body["policyName"], "DAILY");
}

#[tokio::test]
async fn searches_are_counted_by_the_second_and_tell_nothing_of_limits() {
    let crm = limited();
    let search = format!("{CONTACTS}/search");

    let first = crm.post(&search, json!({})).await.expect(200);
    let second = crm.post(&search, json!({})).await.expect(429);
    crm.advance(1);
    crm.post(&search, json!({})).await.expect(200);

    assert_eq!(told(&first), [None; 5]);
    assert_eq!(
        second.body["message"],
        "You have reached your secondly limit."
    );
}

#[tokio::test]
async fn a_token_that_does_not_work_uses_up_nothing() {
    let mut crm = limited();
    let good = crm.token_of("Dana Reyes", "main");
    crm.use_token("nobody");
    for _ in 0..5 {
        crm.get(CONTACTS).await.expect(401);
    }
    crm.use_token(&good);

    crm.get(CONTACTS).await.expect(200);
}

#[tokio::test]
async fn nobody_is_limited_unless_the_portal_says_so() {
    let crm = TestPortal::new();

    let mut last = None;
    for _ in 0..200 {
        last = Some(crm.get(CONTACTS).await.expect(200));
    }

    let last = last.unwrap();
    assert_eq!(
        told(&last),
        [Some(10_000), Some(110), Some(109), None, None]
    );
    assert!(last.headers.contains_key("x-hubspot-correlation-id"));
}

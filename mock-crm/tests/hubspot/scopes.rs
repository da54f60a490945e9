//! Which scopes each route asks for: with none of them 403, with any of them something else.

mod table;

use std::collections::BTreeSet;

use http::Method;
use serde_json::json;

use crate::harness::TestPortal;
use table::{ROUTES, Route};

/// The files in which the endpoints of each area are listed.
const AREAS: [&str; 7] = [
    include_str!("../../src/hubspot/route/associations.rs"),
    include_str!("../../src/hubspot/route/engagements.rs"),
    include_str!("../../src/hubspot/route/definitions.rs"),
    include_str!("../../src/hubspot/route/oauth.rs"),
    include_str!("../../src/hubspot/route/objects.rs"),
    include_str!("../../src/hubspot/route/settings.rs"),
    include_str!("../../src/hubspot/route/webhooks.rs"),
];

/// Every scope of the table.
fn all_scopes() -> Vec<String> {
    let needs = ROUTES.iter().flat_map(|route| route.needs.iter());
    let scopes: BTreeSet<&str> = needs.flat_map(|any| any.iter().copied()).collect();
    scopes.into_iter().map(str::to_owned).collect()
}

/// A token that was consented to with exactly these, and `oauth`, which all have.
async fn token(crm: &TestPortal, scopes: &[&str]) -> String {
    let user = crm.user_id("Dana Reyes");
    let query = format!(
        "client_id=main&redirect_uri=http://app.example/cb&portal=62515&user={user}&scope={}",
        scopes.join("%20")
    );
    let consent = crm
        .get(&format!("/oauth/authorize?{query}"))
        .await
        .expect(302);
    let location = consent.headers["location"].to_str().unwrap();
    let code = location.split("code=").nth(1).unwrap();
    let form = format!(
        "grant_type=authorization_code&client_id=main&client_secret=secret&redirect_uri=http://app.example/cb&code={code}"
    );
    let answer = crm
        .send(Method::POST, "/oauth/v1/token", form)
        .await
        .expect(200);
    answer.body["access_token"].as_str().unwrap().to_owned()
}

impl Route {
    async fn ask(&self, crm: &TestPortal) -> crate::harness::Answer {
        let method = Method::from_bytes(self.method.as_bytes()).unwrap();
        let body = if self.method == "GET" { "" } else { "{}" };
        crm.send(method, self.path, body.to_owned()).await
    }
}

#[tokio::test]
async fn without_its_scope_a_route_says_which_one_is_missing() {
    let mut crm = TestPortal::with(|spec| spec.apps[0].scopes = all_scopes());
    for route in ROUTES {
        // Both ends of an association are needed: one after the other is left out.
        for any in route.needs {
            let all = all_scopes();
            let others: Vec<&str> = all.iter().map(String::as_str).collect();
            let others: Vec<&str> = others
                .into_iter()
                .filter(|scope| !any.contains(scope))
                .collect();
            let token = token(&crm, &others).await;
            crm.use_token(&token);

            let answer = route.ask(&crm).await;

            assert_eq!(
                answer.status, 403,
                "{} {}: {}",
                route.method, route.path, answer.body
            );
            assert_eq!(answer.body["category"], "MISSING_SCOPES");
            let context = &answer.body["errors"][0]["context"];
            assert_eq!(
                context,
                &json!({ "requiredGranularScopes": any }),
                "{}",
                route.path
            );
        }
    }
}

#[tokio::test]
async fn any_of_its_scopes_opens_a_route() {
    let mut crm = TestPortal::with(|spec| spec.apps[0].scopes = all_scopes());
    for route in ROUTES {
        let most = route.needs.iter().map(|any| any.len()).max().unwrap_or(1);
        for nth in 0..most {
            let one = |any: &&[&'static str]| any[nth.min(any.len() - 1)];
            let scopes: Vec<&str> = route.needs.iter().map(one).collect();
            let token = token(&crm, &scopes).await;
            crm.use_token(&token);

            let answer = route.ask(&crm).await;

            let open = ![401, 403, 405, 500, 501].contains(&answer.status.as_u16());
            let said = format!(
                "{} {} with {scopes:?}: {}",
                route.method, route.path, answer.body
            );
            assert!(open, "{said}");
        }
    }
}

/// The endpoints that a file lists: `Object::List`.
fn endpoints(file: &str) -> Vec<String> {
    let mut endpoints = Vec::new();
    for part in file.split("pub(crate) enum ").skip(1) {
        let name = part.split(['<', ' ']).next().unwrap();
        let Some(area) = name.strip_suffix("Endpoint") else {
            continue;
        };
        let variants = part
            .split_once("{\n")
            .unwrap()
            .1
            .split("\n}")
            .next()
            .unwrap();
        for line in variants.lines() {
            let line = line.strip_prefix("    ").unwrap_or(line);
            if line.starts_with(char::is_uppercase) {
                let variant = line.split(|c: char| !c.is_alphanumeric()).next().unwrap();
                endpoints.push(format!("{area}::{variant}"));
            }
        }
    }
    endpoints
}

#[test]
fn every_endpoint_has_a_row() {
    let listed: Vec<String> = AREAS.iter().flat_map(|file| endpoints(file)).collect();
    assert!(listed.len() > 40, "{listed:?}");
    let rows: BTreeSet<&str> = ROUTES.iter().map(|route| route.endpoint).collect();
    let missing: Vec<&String> = listed
        .iter()
        .filter(|endpoint| {
            !rows.contains(endpoint.as_str()) && !table::WITHOUT.contains(&endpoint.as_str())
        })
        .collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
    let areas = endpoint_files();
    assert_eq!(areas, AREAS.len(), "a file of routes is not looked at");
}

fn endpoint_files() -> usize {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/hubspot/route");
    std::fs::read_dir(folder).unwrap().count()
}

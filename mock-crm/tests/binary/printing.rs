use serde_json::Value;

use crate::{run, start};

/// The names of an object, in order.
fn names(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn json_is_one_line_with_everything_that_a_client_needs() {
    let ready = start(&["--json"]).json();

    assert_eq!(
        names(&ready),
        ["salesforce", "hubspot", "ca_file", "proxy_url", "control"]
    );
    let salesforce = &ready["salesforce"];
    assert_eq!(
        names(salesforce),
        ["url", "tls_url", "org", "name", "app", "users"]
    );
    assert_eq!(
        names(&salesforce["app"]),
        ["client_id", "client_secret", "run_as", "private_key_file"]
    );
    let key = salesforce["app"]["private_key_file"].as_str().unwrap();
    assert!(key.ends_with("mock-crm-demo-key.pem"), "{key}");
    assert_eq!(
        salesforce["app"]["run_as"],
        salesforce["users"][2]["username"]
    );
    let user = [
        "name",
        "id",
        "username",
        "password",
        "token",
        "token_id",
        "refresh_token",
    ];
    assert_eq!(names(&salesforce["users"][0]), user);
    let hubspot = &ready["hubspot"];
    assert_eq!(
        names(hubspot),
        [
            "url",
            "tls_url",
            "portal",
            "name",
            "app",
            "users",
            "private_apps",
            "service_keys",
            "other_owners"
        ]
    );
    assert_eq!(
        names(&hubspot["app"]),
        ["app_id", "client_id", "client_secret"]
    );
    let user = [
        "name",
        "user_id",
        "owner_id",
        "active",
        "email",
        "token",
        "token_id",
        "refresh_token",
    ];
    assert_eq!(names(&hubspot["users"][0]), user);
    assert_eq!(names(&ready["control"]), ["url", "token"]);

    for (url, scheme) in [
        (&salesforce["url"], "http://127.0.0.1:"),
        (&salesforce["tls_url"], "https://127.0.0.1:"),
        (&hubspot["url"], "http://127.0.0.1:"),
        (&hubspot["tls_url"], "https://127.0.0.1:"),
        (&ready["proxy_url"], "http://127.0.0.1:"),
        (&ready["control"]["url"], "http://127.0.0.1:"),
    ] {
        assert!(url.as_str().unwrap().starts_with(scheme), "{url}");
    }
    for vendor in [salesforce, hubspot] {
        for user in vendor["users"].as_array().unwrap() {
            assert!(
                user["token"].is_string() && user["token_id"].is_string(),
                "{user}"
            );
            // The text that a client sends, not the id that the ledger has for it.
            let refresh = user["refresh_token"].as_str().unwrap();
            assert!(
                refresh.starts_with("5Aep861") || refresh.starts_with("na1-"),
                "{user}"
            );
        }
    }
}

#[test]
fn the_screen_has_urls_tokens_and_what_to_ask() {
    let mut running = start(&[]);
    let mut screen = String::new();
    while !screen.contains("Ctrl-C") {
        let line = running.line();
        assert!(!line.is_empty(), "it ended: {screen}");
        screen.push_str(&line);
    }

    for text in [
        "Salesforce",
        "HubSpot",
        "Dana Reyes",
        "00D",
        "/creates",
        "HTTPS_PROXY=",
    ] {
        assert!(screen.contains(text), "{text} is not on\n{screen}");
    }
}

#[test]
fn the_same_random_seed_gives_the_same_tokens() {
    let users = |seed: &str| {
        let ready = start(&[
            "--json",
            "--random-seed",
            seed,
            "--clock",
            "2026-01-01T00:00:00Z",
        ])
        .json();
        (
            ready["salesforce"]["users"].clone(),
            ready["hubspot"]["users"].clone(),
        )
    };

    assert_eq!(users("7"), users("7"));
    let (seven, eight) = (users("7"), users("8"));
    assert_ne!(seven.0[0]["token"], eight.0[0]["token"]);
    assert_ne!(seven.1[0]["token"], eight.1[0]["token"]);
}

#[test]
fn the_example_that_init_prints_is_what_a_bare_start_has() {
    let (code, example, _) = run(&["init"]);
    assert_eq!(code, 0);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), example).unwrap();

    let bare = start(&["--json"]).json();
    let seeded = start(&["--json", "--seed", &file.path().display().to_string()]).json();

    for vendor in ["salesforce", "hubspot"] {
        assert_eq!(bare[vendor]["users"], seeded[vendor]["users"]);
    }
}

#[test]
fn a_seed_without_orgs_is_fine() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "hubspot: [{name: Only}]\n").unwrap();

    let ready = start(&["--json", "--seed", &file.path().display().to_string()]).json();

    assert_eq!(names(&ready["salesforce"]), ["url", "tls_url"]);
    assert_eq!(ready["hubspot"]["name"], "Only");
}

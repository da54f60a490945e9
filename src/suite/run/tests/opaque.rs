//! Nothing that a driver is told comes again: whoever has learnt a run by heart knows nothing of the next.

use std::collections::BTreeSet;
use std::sync::Mutex;

use serde_json::Value;

use super::*;

/// Everything that may well be the same each time: the words of the protocol, and how the client is registered.
const COMMON: [&str; 10] = [
    "2.0",
    "member",
    "admin",
    "apollo-in-salesforce",
    "apollo-in-hubspot",
    "kept-by-apollo",
    "Apollo_Id__c",
    "apollo_id",
    "salesforce",
    "hubspot",
];

/// Keeps what is said to the system under test while a scene is set.
#[derive(Debug)]
struct Overheard {
    inside: InProcess,
    said: Arc<Mutex<Vec<String>>>,
}

#[async_trait]
impl Transport for Overheard {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        self.said.lock().unwrap().push(line.clone());
        self.inside.exchange(line).await
    }
}

/// What is said in a run, message by message.
fn said(seed: u64, scenarios: Vec<Scenario>) -> Vec<Value> {
    let said: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = said.clone();
    let mut options = Options::new(seed);
    options.concurrency = 1;
    options.connect = Connect::new(move || {
        let reference = Reference::new(Policy::reference(), Arc::new(TokioSleeper));
        Driver::new(Overheard {
            inside: InProcess(reference),
            said: kept.clone(),
        })
    });
    run(scenarios, &options, |_| {}).unwrap();
    let said = said.lock().unwrap();
    said.iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Every text in the params of what sets a scene.
fn texts(messages: &[Value]) -> BTreeSet<String> {
    fn gather(value: &Value, into: &mut BTreeSet<String>) {
        match value {
            Value::String(text) => {
                into.insert(text.clone());
            }
            Value::Array(values) => values.iter().for_each(|one| gather(one, into)),
            Value::Object(fields) => fields.values().for_each(|one| gather(one, into)),
            _ => {}
        }
    }
    let mut texts = BTreeSet::new();
    for message in messages {
        let method = message["method"].as_str().unwrap();
        if ["hello", "reset", "user.add", "credential.link"].contains(&method) {
            gather(&message["params"], &mut texts);
        }
    }
    // The mocks listen where there is room.
    texts.retain(|text| !text.starts_with("http://") && !COMMON.contains(&text.as_str()));
    texts
}

/// Where the admin stands in the team, in the order in which it is told.
fn admin_at(messages: &[Value]) -> usize {
    let team = messages.iter().filter(|it| it["method"] == "user.add");
    let mut roles = team.map(|message| message["params"]["role"] == "admin");
    roles.position(|admin| admin).unwrap()
}

#[test]
fn no_id_name_or_address_comes_again_in_another_run_or_another_scenario() {
    let mut seen = BTreeSet::new();
    let mut orders = BTreeSet::new();
    for seed in 1..=8 {
        let messages = said(seed, several(1));
        let texts = texts(&messages);
        assert!(texts.len() > 20, "{texts:?}");
        let again: Vec<_> = texts.intersection(&seen).collect();
        assert_eq!(again, Vec::<&String>::new());
        orders.insert(admin_at(&messages));
        seen.extend(texts);
    }
    // Nor does the place of a person among the others tell who it is.
    assert!(orders.len() > 1, "{orders:?}");
}

#[test]
fn two_scenarios_of_a_run_share_nothing() {
    let messages = said(1, several(2));
    let second = messages
        .iter()
        .rposition(|message| message["method"] == "reset")
        .unwrap();

    let (first, second) = (texts(&messages[..second]), texts(&messages[second..]));

    let both: Vec<_> = first.intersection(&second).collect();
    assert_eq!(both, Vec::<&String>::new());
}

#[test]
fn a_scenario_tells_nothing_of_its_feature() {
    let text = FEATURE.replace("Scenario: S", "Scenario: Saved by hand");
    let path = "by_hand.feature".into();
    let scenarios = parse(&Source { path, text }).unwrap();
    let titles = ["by_hand", "Saved by hand"];

    let texts = texts(&said(1, scenarios));

    for title in titles {
        assert!(!texts.iter().any(|text| text.contains(title)), "{title}");
    }
}

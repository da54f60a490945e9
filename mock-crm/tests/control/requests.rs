use crate::{code, controlled};

#[tokio::test]
async fn exchanges_are_listed_and_found_by_id() {
    let control = controlled().await;
    control.stray("/one").await;
    control.stray("/two").await;

    let (_, all) = control.get("/requests").await;
    let (_, later) = control.get("/requests?after=1").await;
    let (status, second) = control.get("/requests/q2").await;

    let paths = |answer: &serde_json::Value| {
        let requests = answer["requests"].as_array().unwrap().iter();
        requests
            .map(|request| request["path"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(&all), ["/one", "/two"]);
    assert_eq!(
        (all["dropped"].as_u64(), all["last_request"].as_u64()),
        (Some(0), Some(2))
    );
    assert_eq!(paths(&later), ["/two"]);
    assert_eq!((status, second["path"].as_str()), (200, Some("/two")));
    assert_eq!(
        paths(&control.get("/requests?crm=salesforce").await.1),
        [""; 0]
    );
}

#[tokio::test]
async fn a_dropped_exchange_is_gone_and_counted() {
    let control = controlled().await;
    for number in 0..1_003 {
        control.stray(&format!("/{number}")).await;
    }

    let (_, listed) = control.get("/requests?limit=1").await;

    assert_eq!(listed["dropped"], 3);
    assert_eq!(listed["requests"][0]["id"], "q4");
    let dropped = control.get("/requests/q3").await;
    assert_eq!(code(&dropped), (410, "dropped_request"));
}

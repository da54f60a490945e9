use serde_json::json;

use crate::{code, controlled, with_fixed_clock};

#[tokio::test]
async fn a_fixed_clock_is_advanced() {
    let control = with_fixed_clock().await;

    let (status, advanced) = control
        .post("/clock/advance", json!({ "milliseconds": 1500 }))
        .await;

    let expected = json!({ "now": "2026-01-01T00:00:01.500Z", "fixed": true });
    assert_eq!((status, &advanced), (200, &expected));
    assert_eq!(control.get("/clock").await.1, expected);
}

#[tokio::test]
async fn the_machines_clock_can_not_be_moved() {
    let control = controlled().await;

    let answer = control
        .post("/clock/advance", json!({ "milliseconds": 1 }))
        .await;

    assert_eq!(code(&answer), (409, "real_clock"));
}

#[tokio::test]
async fn a_clock_of_nobody_is_refused() {
    let control = with_fixed_clock().await;

    let body = json!({ "milliseconds": 1, "org": "62515" });

    assert_eq!(
        code(&control.post("/clock/advance", body).await),
        (404, "unknown_org")
    );
    for body in [
        json!({}),
        json!({ "milliseconds": -1 }),
        json!({ "seconds": 1 }),
    ] {
        let answer = control.post("/clock/advance", body.clone()).await;
        assert_eq!(code(&answer), (400, "bad_body"), "{body}");
    }
}

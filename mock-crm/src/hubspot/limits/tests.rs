use super::*;
use crate::hubspot::app::AppKind;

fn app(number: &str, private: bool) -> App {
    App {
        app_id: number.into(),
        name: String::new(),
        kind: match private {
            true => AppKind::Private,
            false => AppKind::Public {
                client_id: String::new(),
                client_secret: String::new(),
                redirect_uris: Vec::new(),
                user_level: false,
                access_token_seconds: 1800,
                rotate_refresh_tokens: false,
            },
        },
        scopes: Arc::from([]),
    }
}

fn limits() -> RateLimits {
    RateLimits {
        enforce: true,
        oauth_app: 3,
        private_app: 2,
        daily: 4,
        search_per_second: 1,
    }
}

/// Which of the calls at these milliseconds are let through.
fn let_through(app: &App, search: bool, calls: &[i64]) -> Vec<bool> {
    let meters = Meters::default();
    let count = |at: &i64| meters.count(&limits(), app, search, Timestamp(*at)).is_ok();
    calls.iter().map(count).collect()
}

#[test]
fn ten_seconds_roll() {
    let calls = [0, 4_000, 8_000, 9_999, 10_000, 13_999, 14_000];

    let found = let_through(&app("1", false), false, &calls);

    assert_eq!(found, [true, true, true, false, true, false, true]);
}

#[test]
fn the_day_of_private_apps_ends_at_midnight() {
    let calls = [0, 1, 20_000, 20_001, 40_000, DAY - 1, DAY];

    let private = let_through(&app("1", true), false, &calls);
    let public = let_through(&app("2", false), false, &calls);

    assert_eq!(private, [true, true, true, true, false, false, true]);
    assert_eq!(public, [true; 7]);
}

#[test]
fn searches_have_a_second_of_their_own() {
    let found = let_through(&app("1", false), true, &[0, 999, 1000, 1001, 2000]);

    assert_eq!(found, [true, false, true, false, true]);
}

#[test]
fn a_clock_that_is_set_back_locks_nobody_out() {
    let found = let_through(
        &app("1", false),
        false,
        &[50_000, 50_000, 50_000, 50_000, 1],
    );

    assert_eq!(found, [true, true, true, false, true]);
}

#[test]
fn apps_count_apart_and_searches_tell_nothing() {
    let meters = Meters::default();
    let count = |app, search| meters.count(&limits(), app, search, Timestamp(0));
    let (one, other) = (app("1", false), app("2", true));

    assert_eq!(count(&one, false).unwrap().unwrap().remaining, 2);
    assert_eq!(count(&one, false).unwrap().unwrap().remaining, 1);
    let first = count(&other, false).unwrap().unwrap();
    assert_eq!((first.remaining, first.daily), (1, Some((4, 3))));
    assert_eq!(count(&one, true).unwrap(), None);
}

#[test]
fn nothing_is_counted_while_limits_are_off() {
    let meters = Meters::default();
    let off = RateLimits::default();

    let usages: Vec<_> = (0..300)
        .map(|_| {
            meters
                .count(&off, &app("1", false), false, Timestamp(0))
                .unwrap()
        })
        .collect();

    assert!(usages.iter().all(|usage| *usage == usages[0]));
    assert_eq!(usages[0].unwrap().remaining, 109);
}

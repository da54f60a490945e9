use super::*;

#[track_caller]
fn check(text: &str, expected: Result<(u16, u16), &str>) {
    let shard = text
        .parse::<Shard>()
        .map(|shard| (shard.number(), shard.of()));
    let shard = shard.map_err(|error| error.to_string());
    assert_eq!(shard, expected.map_err(str::to_owned));
}

#[test]
fn a_shard_is_a_part_of_so_many_counted_from_1() {
    check("1/3", Ok((1, 3)));
    check("3/3", Ok((3, 3)));
    check("1/1", Ok((1, 1)));
    check(
        "4/3",
        Err("of 3 shards there is no number 4: expected 1/3 to 3/3"),
    );
    check(
        "0/3",
        Err(
            "shards are counted from 1: 1/3 is the first\nhint: in a Kubernetes Indexed Job it is $((JOB_COMPLETION_INDEX + 1))/3",
        ),
    );
    check("1/0", Err("expected 1 to 1000 shards, not 0"));
    check("1/1001", Err("expected 1 to 1000 shards, not 1001"));
    for text in [
        "",
        "1",
        "/",
        "1/",
        "-1/3",
        "1/3/3",
        "one/three",
        "1.5/3",
        "99999999/3",
    ] {
        check(
            text,
            Err("expected a part and how many there are, such as 1/3"),
        );
    }
}

#[test]
fn every_scenario_is_in_one_shard_exactly_whatever_stands_beside_it() {
    for of in [1, 2, 3, 7, 50] {
        for scenario in 0..200 {
            let shards = (1..=of).map(|number| Shard::new(number, of).unwrap());
            let holding = shards.filter(|shard| shard.holds("F", &format!("scenario {scenario}")));
            assert_eq!(holding.count(), 1, "{scenario} of {of}");
        }
    }
}

#[test]
fn feature_and_title_are_not_run_together() {
    let all = |feature: &str, scenario: &str| -> Vec<bool> {
        let shards = (1..=1000).map(|number| Shard::new(number, 1000).unwrap());
        shards.map(|shard| shard.holds(feature, scenario)).collect()
    };
    assert_ne!(all("ab", "c"), all("a", "bc"));
}

/// These never change: parts that two versions of the binary have run would else overlap unnoticed.
#[test]
fn a_scenario_stays_in_its_shard() {
    let number = |scenario: &str| {
        (1..=10).find(|number| Shard::new(*number, 10).unwrap().holds("F", scenario))
    };
    assert_eq!(
        ["a", "b", "c", "d"].map(number),
        [Some(2), Some(8), Some(5), Some(5)]
    );
}

#[test]
fn a_shard_that_there_is_not_is_refused_in_a_stored_report_too() {
    let written = serde_json::to_value(Shard::new(2, 3).unwrap()).unwrap();
    assert_eq!(written, serde_json::json!({"number": 2, "of": 3}));
    let beyond = serde_json::json!({"number": 4, "of": 3});
    assert!(serde_json::from_value::<Shard>(beyond).is_err());
}

#[test]
fn a_required_row_is_missed_by_a_whole_run_and_not_by_a_part() {
    let mut report = run(Judgement::Passed);
    report.required = vec![row("R05"), row("H1")];
    assert_eq!(report.missing_required(), [row("H1")]);

    report.selection.shard = Some(Shard::new(1, 2).unwrap());

    assert_eq!(report.missing_required(), []);
}

#[test]
fn a_part_without_a_documented_row_has_proved_something() {
    let mut report = run(Judgement::Passed);
    report.scenarios[0].verdicts[0].level = Some(Status::Inferred);
    report.selection.shard = Some(Shard::new(1, 2).unwrap());

    assert_eq!(report.exit().code(), 0);
}

#[test]
fn the_built_in_features_fall_into_shards_of_about_the_same_size() {
    let scenarios = crate::suite::scenarios(&[]).unwrap();
    for of in [2, 3, 4] {
        let even = scenarios.len() as f64 / f64::from(of);
        for number in 1..=of {
            let shard = Shard::new(number, of).unwrap();
            let held = scenarios
                .iter()
                .filter(|one| shard.holds(&one.feature, &one.name));
            let share = held.count() as f64 / even;
            assert!(
                (0.85..=1.15).contains(&share),
                "{shard}: {share:.2} of an even share"
            );
        }
    }
}

//! What the suite and the reference client say to each other is as the schema of the driver protocol says.

use serde_json::Value;

use super::*;
use crate::suite::scenarios;
use crate::sut::schema::{Direction, validate};

/// Refuses what the schema does not allow, in both directions.
#[derive(Debug)]
struct Validated(InProcess);

#[async_trait]
impl Transport for Validated {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        let request: Value = serde_json::from_str(&line).map_err(violated)?;
        let method = request["method"].as_str().unwrap_or_default();
        validate(method, Direction::Request, &request)
            .map_err(|found| violated(found[0].clone()))?;
        let answer = self.0.exchange(line).await?;
        let parsed: Value = serde_json::from_str(&answer).map_err(violated)?;
        validate(method, Direction::Answer, &parsed).map_err(|found| violated(found[0].clone()))?;
        Ok(answer)
    }
}

fn violated(what: impl ToString) -> TransportError {
    TransportError {
        message: what.to_string(),
        source: None,
    }
}

#[test]
fn every_message_of_the_built_in_features_is_in_the_schema() {
    let mut options = Options::new(3);
    options.connect = Connect::around_reference(|inside| Driver::new(Validated(inside)));

    let report = run(scenarios(&[]).unwrap(), &options, |_| {}).unwrap();

    let stopped: Vec<&Ended> = report
        .scenarios
        .iter()
        .map(|scenario| &scenario.ended)
        // What the protocol has no message for is not said.
        .filter(|ended| !matches!(ended, Ended::Judged | Ended::Unsupported { .. }))
        .collect();
    assert_eq!((stopped, report.exit().code()), (vec![], 0));
}

use sha2::{Digest, Sha256};

use super::Scenario;

/// What the words of scenarios come to, in 64 hexadecimal digits, whatever their order and wherever their files are. Parts of a run
/// carry it: those that were cut from other features are no parts of one run.
pub fn digest(scenarios: &[Scenario]) -> String {
    let mut texts: Vec<String> = scenarios.iter().map(text).collect();
    texts.sort();
    let mut hash = Sha256::new();
    hash.update("crm-conformance features, 1\n");
    for text in texts {
        hash.update(text);
        hash.update([0]);
    }
    let bytes = hash.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn text(scenario: &Scenario) -> String {
    let title = [scenario.feature.as_str(), scenario.name.as_str()];
    let tags = scenario.tags.iter().map(String::as_str);
    let mut lines: Vec<String> = title.into_iter().chain(tags).map(str::to_owned).collect();
    for step in &scenario.steps {
        lines.push(format!("{:?} {}", step.gherkin.ty, step.gherkin.value));
        let rows = step.gherkin.table.iter().flat_map(|table| &table.rows);
        lines.extend(rows.map(|row| row.join("|")));
        lines.extend(step.gherkin.docstring.clone());
    }
    lines.join("\n")
}

//! The workflows in `docs/examples`: that they are YAML, and that their shell lines do what `docs/ci.md` says.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use super::{check_exit, folder, stdout};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The documents of a file.
fn example(name: &str) -> Vec<Value> {
    let path = root().join("docs/examples").join(name);
    let text = fs::read_to_string(path).expect("it can be read");
    text.split("\n---\n")
        .map(|document| serde_saphyr::from_str(document).expect("it is YAML"))
        .collect()
}

/// A place like that of a job: the binary by its name, the team's list, and an integration that the line can start.
fn workplace() -> tempfile::TempDir {
    let folder = folder();
    let programs = folder.path().join("programs");
    fs::create_dir(&programs).unwrap();
    let binary = Path::new(env!("CARGO_BIN_EXE_crm-conformance"));
    // It passes in few scenarios what it passes in all: a debug build takes its time.
    let script = format!(
        "#!/bin/sh\ncase $1 in run) shift; exec '{0}' run --tags '@H1 or @U2 or @R12' \"$@\" ;; esac\nexec '{0}' \"$@\"\n",
        binary.display()
    );
    let integration = format!(
        "#!/bin/sh\ntest \"$1\" = sync/driver.py || exit 9\nexec '{}' driver reference\n",
        binary.display()
    );
    for (name, text) in [("crm-conformance", script), ("python3", integration)] {
        let path = programs.join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let list = root().join("docs/examples/known-failures.yaml");
    fs::copy(list, folder.path().join("known-failures.yaml")).unwrap();
    folder
}

fn sh(folder: &Path, line: &str, variables: &[(&str, &str)]) -> Output {
    let path = std::env::var("PATH").unwrap_or_default();
    let programs = folder.join("programs");
    Command::new("sh")
        .args(["-c", line])
        .env_remove("GITHUB_ACTIONS")
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", programs.display()))
        .envs(variables.iter().copied())
        .output()
        .expect("there is a shell")
}

/// The verdict is that of all three parts, and green.
#[track_caller]
fn check_merged(folder: &Path, output: &Output) {
    check_exit(output, 0);
    assert!(stdout(output).contains("verdicts "), "{}", stdout(output));
    let report = fs::read_to_string(folder.join("report.json")).unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["selection"]["shard"], Value::Null);
    assert_eq!(report["system"]["name"], "crm-conformance");
    assert!(folder.join("report.xml").exists());
}

#[test]
fn the_github_workflow_runs_three_shards_and_merges_them() {
    let workflow = example("github-actions.yml").remove(0);
    let (shards, verdict) = (&workflow["jobs"]["shard"], &workflow["jobs"]["verdict"]);
    let line = |job: &Value, name: &str| {
        let steps = job["steps"].as_array().expect("there are steps");
        let step = steps.iter().find(|step| step["name"] == name);
        step.and_then(|step| step["run"].as_str())
            .expect("it has a line")
            .to_owned()
    };
    let numbers = shards["strategy"]["matrix"]["shard"].as_array().unwrap();
    assert_eq!(shards["strategy"]["fail-fast"], false);
    assert_eq!(verdict["needs"], "shard");
    let folder = workplace();

    for number in numbers {
        let line = line(shards, "Run the shard")
            .replace("${{ matrix.shard }}", &number.to_string())
            .replace("${{ github.run_id }}", "17");
        assert!(!line.contains("${{"), "{line}");
        check_exit(&sh(folder.path(), &line, &[]), 0);
    }
    let merged = sh(folder.path(), &line(verdict, "Merge"), &[]);

    check_merged(folder.path(), &merged);
}

#[test]
fn the_gitlab_pipeline_runs_three_shards_and_merges_them() {
    let pipeline = example("gitlab-ci.yml").remove(0);
    let line = |job: &str| {
        pipeline[job]["script"][0]
            .as_str()
            .expect("it has a line")
            .to_owned()
    };
    let parallel = pipeline["shard"]["parallel"].as_u64().unwrap();
    let folder = workplace();

    for index in 1..=parallel {
        let variables = [
            ("CI_NODE_INDEX", index.to_string()),
            ("CI_NODE_TOTAL", parallel.to_string()),
            ("CI_PIPELINE_ID", "17".to_owned()),
        ];
        let variables = variables
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        check_exit(&sh(folder.path(), &line("shard"), &variables), 0);
    }
    let merged = sh(folder.path(), &line("verdict"), &[]);

    check_merged(folder.path(), &merged);
}

#[test]
fn the_kubernetes_jobs_run_three_shards_and_merge_them() {
    let documents = example("kubernetes.yaml");
    let job = |name: &str| {
        let named = |one: &&Value| one["kind"] == "Job" && one["metadata"]["name"] == name;
        &documents.iter().find(named).expect("there is such a job")["spec"]
    };
    let (shards, verdict) = (
        job("crm-conformance-shards"),
        job("crm-conformance-verdict"),
    );
    let line = |job: &Value| {
        let container = &job["template"]["spec"]["containers"][0];
        assert_eq!(container["command"], serde_json::json!(["sh", "-c"]));
        container["args"][0]
            .as_str()
            .expect("it has a line")
            .to_owned()
    };
    assert_eq!(shards["completionMode"], "Indexed");
    let completions = shards["completions"].as_u64().unwrap();
    assert!(line(shards).contains(&format!("/{completions}\"")));
    let folder = workplace();
    let parts = folder.path().display().to_string();

    for index in 0..completions {
        let index = index.to_string();
        let variables = [
            ("JOB_COMPLETION_INDEX", &index[..]),
            ("SEED", "20261122"),
            ("PARTS", &parts),
        ];
        check_exit(&sh(folder.path(), &line(shards), &variables), 0);
    }
    let merged = sh(folder.path(), &line(verdict), &[("PARTS", &parts)]);

    check_merged(folder.path(), &merged);
}

#[test]
fn the_list_in_the_document_is_the_one_in_the_example() {
    let document = fs::read_to_string(root().join("docs/ci.md")).unwrap();
    let fenced = document
        .split("```yaml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());

    let shown: Value = serde_saphyr::from_str(fenced.expect("there is a list")).unwrap();

    assert_eq!(shown, example("known-failures.yaml").remove(0));
}

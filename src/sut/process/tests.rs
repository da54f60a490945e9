//! Processes that answer, chatter, end and hang. Their programs are lines of shell.

use std::time::{Duration, Instant};

use super::*;

fn start(command: &str) -> (Process, Arc<Noise>) {
    let noise = Arc::new(Noise::default());
    let launch = Launch {
        command: command.to_owned(),
        environment: vec![("GREETING".to_owned(), "good morning".into())],
    };
    (Process::start(&launch, noise.clone()).unwrap(), noise)
}

fn request(id: u64) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"error_log","params":{{}}}}"#)
}

fn answer(id: u64) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{{}}}}"#)
}

#[tokio::test]
async fn what_is_written_before_an_answer_is_heard_with_it_and_is_no_answer() {
    let script = format!(
        "read line; echo \"$GREETING\" >&2; echo ready; echo '[1]'; echo '{{\"jsonrpc\":\"2.0\",\"method\":\"log\"}}'; \
         echo '{}'; read line; echo '{}'",
        answer(1),
        answer(2)
    );
    let (process, noise) = start(&script);

    let first = process.exchange(request(1)).await.unwrap();
    let heard = process.heard();
    let second = process.exchange(request(2)).await.unwrap();

    assert_eq!((first, second), (answer(1), answer(2)));
    assert_eq!(heard.standard_error, ["good morning"]);
    assert_eq!(
        heard.noise,
        ["ready", "[1]", r#"{"jsonrpc":"2.0","method":"log"}"#]
    );
    assert_eq!(process.heard(), Heard::default());
    let warning = noise.warning().unwrap();
    assert!(
        warning.contains("3 of its lines, the first: \"ready\""),
        "{warning}"
    );
}

#[tokio::test]
async fn an_answer_that_comes_again_is_not_taken_for_the_next_one() {
    let script = format!(
        "read line; echo '{0}'; read line; echo '{0}'; echo '{1}'",
        answer(1),
        answer(2)
    );
    let (process, _) = start(&script);

    process.exchange(request(1)).await.unwrap();
    let second = process.exchange(request(2)).await.unwrap();

    assert_eq!(second, answer(2));
    assert_eq!(
        process.heard().noise,
        [format!("an answer that nobody waits for: {}", answer(1))]
    );
}

#[tokio::test]
async fn an_answer_with_an_id_of_its_own_is_handed_over_to_be_refused() {
    let (process, _) = start(&format!("read line; echo '{}'; read line", answer(99)));

    assert_eq!(process.exchange(request(1)).await.unwrap(), answer(99));
}

#[tokio::test]
async fn a_process_that_ends_says_how_and_its_last_words() {
    for (script, expected) in [
        (
            "read line; echo one >&2; echo two >&2; exit 3",
            "it ended with exit code 3; its last words: one | two",
        ),
        (
            "exit 0",
            "it ended with exit code 0, and wrote nothing to standard error",
        ),
        ("read line; kill -SEGV $$", "it was ended by signal: 11"),
        (
            "read line; exec >&-; sleep 60",
            "it closed its standard output, and still runs",
        ),
        (
            "exec 0<&-; sleep 60",
            "it does not read its standard input: Broken pipe",
        ),
        (
            r"read line; printf '{\377}\n'; read line",
            "a line on its standard output is not UTF-8: {\u{fffd}}",
        ),
    ] {
        let (process, _) = start(script);
        tokio::time::sleep(Duration::from_millis(50)).await;

        let message = process.exchange(request(1)).await.unwrap_err().message;

        assert!(message.starts_with(expected), "{script}: {message}");
    }
}

#[tokio::test]
async fn long_lines_and_all_letters_come_back_as_they_went() {
    let (process, _) = start("cat");
    let text = "åß漢字🦀 \\u0000 ".repeat(60_000);
    let line = serde_json::json!({ "jsonrpc": "2.0", "id": 1, "result": text }).to_string();
    assert!(line.len() > 1_000_000);

    assert_eq!(process.exchange(line.clone()).await.unwrap(), line);
}

#[tokio::test]
async fn a_flood_on_standard_error_does_not_block_an_answer() {
    let script = format!(
        "read line; i=0; while [ $i -lt 20000 ]; do echo $i and some more letters; i=$((i+1)); done >&2; echo '{}'; read line",
        answer(1)
    );
    let (process, _) = start(&script);

    process.exchange(request(1)).await.unwrap();

    let heard = process.heard();
    assert_eq!(heard.standard_error.len(), 200);
    assert_eq!(heard.left_out, 19_800);
    assert_eq!(
        heard.standard_error.last().map(String::as_str),
        Some("19999 and some more letters")
    );
}

/// Whether any process has this text in its command line.
fn runs(text: &str) -> bool {
    let found = Command::new("pgrep").args(["-f", text]).output().unwrap();
    found.status.success()
}

#[tokio::test]
async fn a_process_that_does_not_listen_is_killed_with_whatever_it_has_started() {
    // No other process sleeps as long.
    let (process, _) =
        start("trap '' TERM; (trap '' TERM; sleep 86017) & echo up >&2; sleep 86017; sleep 86017");
    let begun = Instant::now();
    while !runs("^sleep 86017") && begun.elapsed() < Duration::from_secs(10) {
        thread::sleep(Duration::from_millis(10));
    }
    assert!(runs("^sleep 86017"));

    process.terminate();

    assert!(begun.elapsed() >= AFTER_TERMINATE);
    assert!(!runs("^sleep 86017"));
}

#[tokio::test]
async fn a_process_that_reads_to_the_end_ends_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ended");
    let (process, _) = start(&format!("cat >/dev/null; echo done > {}", file.display()));

    process.end();

    assert_eq!(std::fs::read_to_string(file).unwrap(), "done\n");
}

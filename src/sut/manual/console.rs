//! Questions out, lines in: a terminal, or a pipe with the answers in it.

use std::fmt;
use std::io::{self, BufRead, Write};
use std::sync::{Mutex, PoisonError};
use std::thread;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Where a person reads and writes.
pub struct Console {
    output: Mutex<Box<dyn Write + Send>>,
    answers: tokio::sync::Mutex<UnboundedReceiver<String>>,
    /// Whether answers have to be shown, since nobody sees them being typed.
    echo: bool,
}

impl Console {
    /// Lines are read on a thread of their own, since whoever waits for one must be able to give up.
    ///
    /// # Errors
    /// Where there is no such thread.
    pub fn new(
        input: impl BufRead + Send + 'static,
        output: impl Write + Send + 'static,
        echo: bool,
    ) -> io::Result<Self> {
        let (sender, answers) = unbounded_channel();
        thread::Builder::new()
            .name("answers".to_owned())
            .spawn(move || {
                for line in input.lines() {
                    // What is no text, or can't be read, is the end as well.
                    let Ok(line) = line else { return };
                    if sender.send(line).is_err() {
                        return;
                    }
                }
            })?;
        Ok(Self {
            output: Mutex::new(Box::new(output)),
            answers: tokio::sync::Mutex::new(answers),
            echo,
        })
    }

    /// Shows a text, and a line break.
    pub fn say(&self, text: &str) {
        self.write(&format!("{text}\n"));
    }

    /// The next line, without the spaces around it. `None`: there will be no more.
    pub async fn ask(&self, question: &str) -> Option<String> {
        self.write(question);
        let answer = self.answers.lock().await.recv().await;
        let answer = answer.map(|line| line.trim().to_owned());
        match &answer {
            Some(answer) if self.echo => self.say(answer),
            Some(_) => {}
            None => self.say(""),
        }
        answer
    }

    fn write(&self, text: &str) {
        let mut output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody is there to be told that nobody can be told anything.
        let _ = output.write_all(text.as_bytes());
        let _ = output.flush();
    }
}

impl fmt::Debug for Console {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Console")
    }
}

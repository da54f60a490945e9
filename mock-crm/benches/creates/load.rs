//! The load: requests over keep-alive connections, each sent when the answer to the one before is there.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

/// Where and what to create.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) address: String,
    pub(crate) path: &'static str,
    pub(crate) token: String,
    /// The body, in which `%` stands for a number that was not there before.
    pub(crate) body: &'static str,
}

/// When to stop.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Until {
    Time(Duration),
    Count(u64),
}

/// What was done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done {
    pub(crate) creates: u64,
    pub(crate) elapsed: Duration,
}

impl Done {
    pub(crate) fn rate(self) -> f64 {
        self.creates as f64 / self.elapsed.as_secs_f64()
    }
}

/// Numbers that no body had before.
#[derive(Debug, Default)]
pub(crate) struct Numbers(Rc<Cell<u64>>);

impl Numbers {
    fn next(&self) -> u64 {
        self.0.set(self.0.get() + 1);
        self.0.get()
    }

    fn share(&self) -> Self {
        Self(self.0.clone())
    }
}

/// Creates over `connections` connections in one thread, so that the server has the other cores to itself.
pub(crate) fn run(target: &Target, numbers: &Numbers, connections: usize, until: Until) -> Done {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime of one thread starts");
    let started = Instant::now();
    let left = Rc::new(Cell::new(match until {
        Until::Time(_) => u64::MAX,
        Until::Count(count) => count,
    }));
    let deadline = match until {
        Until::Time(time) => Some(started + time),
        Until::Count(_) => None,
    };
    let creates = LocalSet::new().block_on(&runtime, async {
        let tasks: Vec<_> = (0..connections)
            .map(|_| {
                let connection =
                    connection(target.clone(), numbers.share(), left.clone(), deadline);
                tokio::task::spawn_local(connection)
            })
            .collect();
        let mut creates = 0;
        for task in tasks {
            creates += task.await.expect("a connection of the load does not panic");
        }
        creates
    });
    Done {
        creates,
        elapsed: started.elapsed(),
    }
}

async fn connection(
    target: Target,
    numbers: Numbers,
    left: Rc<Cell<u64>>,
    deadline: Option<Instant>,
) -> u64 {
    let mut stream = TcpStream::connect(&target.address)
        .await
        .expect("the server listens");
    stream.set_nodelay(true).expect("a socket can send at once");
    let mut answer = Vec::with_capacity(4096);
    let mut creates = 0;
    while left.get() > 0 && deadline.is_none_or(|deadline| Instant::now() < deadline) {
        left.set(left.get() - 1);
        let body = target.body.replace('%', &numbers.next().to_string());
        let request = format!(
            "POST {} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            target.path,
            target.address,
            target.token,
            body.len()
        );
        stream
            .write_all(request.as_bytes())
            .await
            .expect("the connection stays open");
        read_answer(&mut stream, &mut answer).await;
        creates += 1;
    }
    creates
}

/// Reads one answer, and ends the run if it is anything but 201: a refused create would be a fast one.
async fn read_answer(stream: &mut TcpStream, answer: &mut Vec<u8>) {
    answer.clear();
    loop {
        let read = stream
            .read_buf(answer)
            .await
            .expect("an answer can be read");
        let text = String::from_utf8_lossy(answer);
        assert!(read > 0, "the server closed the connection: {text}");
        if let Some(length) = length_of(answer)
            && answer.len() >= length
        {
            assert!(answer.starts_with(b"HTTP/1.1 201"), "not created: {text}");
            return;
        }
    }
}

/// The length of head and body; `None` while the head is not whole.
fn length_of(answer: &[u8]) -> Option<usize> {
    const LENGTH: &[u8] = b"content-length: ";
    let head = answer.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let at = answer[..head]
        .windows(LENGTH.len())
        .position(|window| window.eq_ignore_ascii_case(LENGTH))?;
    let digits = answer[at + LENGTH.len()..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit());
    let body = digits.fold(0, |sum, digit| sum * 10 + usize::from(digit - b'0'));
    Some(head + body)
}

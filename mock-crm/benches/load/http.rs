//! A client that holds neither what it sends nor what it reads.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use serde_json::Value;

/// One connection, as one user.
#[derive(Debug)]
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    /// What all paths begin with.
    root: &'static str,
    token: String,
}

/// The head of an answer.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
}

impl Head {
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

impl Client {
    pub(crate) fn connect(address: &str, root: &'static str, token: String) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_nodelay(true).expect("a socket of this kind");
        Self {
            stream: BufReader::with_capacity(1 << 16, stream),
            root,
            token,
        }
    }

    /// A call with JSON in it, and what it is answered with.
    pub(crate) fn json(&mut self, method: &str, path: &str, body: &Value) -> Value {
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        let head = self.send(method, path, "application/json", body.len(), |stream| {
            stream.write_all(body.as_bytes())
        });
        let mut answer = Vec::new();
        self.read(&head, |bytes| answer.extend_from_slice(bytes));
        assert!(
            head.status < 300,
            "{method} {path}: {}",
            String::from_utf8_lossy(&answer)
        );
        serde_json::from_slice(&answer).unwrap_or_default()
    }

    /// Sends a request whose body somebody writes.
    pub(crate) fn send(
        &mut self,
        method: &str,
        path: &str,
        content_type: &str,
        length: usize,
        write: impl FnOnce(&mut TcpStream) -> std::io::Result<()>,
    ) -> Head {
        let head = format!(
            "{method} {}{path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\n\
             content-type: {content_type}\r\ncontent-length: {length}\r\n\r\n",
            self.root, self.token
        );
        let stream = self.stream.get_mut();
        stream
            .write_all(head.as_bytes())
            .and_then(|()| write(stream))
            .expect("the request can be sent");
        self.head()
    }

    fn head(&mut self) -> Head {
        let mut head = Head::default();
        loop {
            let mut line = String::new();
            self.stream
                .read_line(&mut line)
                .expect("the answer can be read");
            match line.trim_end() {
                "" => return head,
                line if head.status == 0 => {
                    let status = line.split(' ').nth(1).and_then(|text| text.parse().ok());
                    head.status = status.expect("an answer has a status");
                }
                line => {
                    let (name, value) = line.split_once(": ").unwrap_or((line, ""));
                    head.headers
                        .push((name.to_ascii_lowercase(), value.to_owned()));
                }
            }
        }
    }

    /// Reads the body of an answer, a piece at a time.
    pub(crate) fn read(&mut self, head: &Head, mut take: impl FnMut(&[u8])) {
        let mut left: usize = head.header("content-length").parse().unwrap_or(0);
        let mut piece = vec![0; 1 << 16];
        while left > 0 {
            let wanted = left.min(piece.len());
            let read = self.stream.read(&mut piece[..wanted]);
            let read = read.expect("the answer can be read");
            assert!(read > 0, "the answer ended too early");
            take(&piece[..read]);
            left -= read;
        }
    }
}

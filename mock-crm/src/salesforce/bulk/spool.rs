//! Data of jobs on disk: uploads and results.
//!
//! A spool is in memory while it is small, else in a file of the system's temporary folder that has no name: it goes
//! with its last user, however that ends.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::sync::Arc;

use axum::body::Body;
use bytes::Bytes;
use flate2::bufread::MultiGzDecoder;
use futures::stream;
use http::{HeaderMap, header};
use http_body_util::BodyExt;
use parking_lot::Mutex;
use tempfile::SpooledTempFile;

use crate::serve::{KEPT, Streamed};

/// From this size on, a spool is a file.
const IN_MEMORY: usize = 32 << 10;

/// How much is read or written at once.
const CHUNK: usize = 64 << 10;

/// Data that is complete. Cloning shares it.
#[derive(Clone, Debug)]
pub(super) struct Spool {
    file: Arc<Mutex<SpooledTempFile>>,
    length: u64,
}

/// Data that grows.
#[derive(Debug)]
pub(super) struct SpoolWriter {
    file: SpooledTempFile,
    buffer: Vec<u8>,
    length: u64,
}

/// Why an upload is not kept.
#[derive(Debug)]
pub(super) enum NotReceived {
    TooLarge,
    /// The client went away.
    Broken,
    /// It says that it is packed, and it is not.
    Packed,
    /// The disk is full, most likely.
    Disk(io::Error),
}

impl Default for SpoolWriter {
    fn default() -> Self {
        Self {
            file: SpooledTempFile::new(IN_MEMORY),
            buffer: Vec::new(),
            length: 0,
        }
    }
}

impl Write for SpoolWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        self.length += bytes.len() as u64;
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}

impl SpoolWriter {
    /// Bytes written so far.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// No more is written.
    pub(super) fn finish(mut self) -> io::Result<Spool> {
        self.flush()?;
        Ok(Spool {
            file: Arc::new(Mutex::new(self.file)),
            length: self.length,
        })
    }
}

impl Spool {
    /// Nothing at all.
    pub(super) fn empty() -> Self {
        Self {
            file: Arc::new(Mutex::new(SpooledTempFile::new(IN_MEMORY))),
            length: 0,
        }
    }

    /// A request's body, of at most `limit` bytes. The disk is waited for on another thread.
    pub(super) async fn receive(
        mut body: Body,
        headers: &HeaderMap,
        limit: u64,
    ) -> Result<Self, NotReceived> {
        let mut writer = SpoolWriter::default();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| NotReceived::Broken)?;
            let Some(bytes) = frame.data_ref() else {
                continue;
            };
            if writer.length + bytes.len() as u64 > limit {
                return Err(NotReceived::TooLarge);
            }
            writer.buffer.extend_from_slice(bytes);
            writer.length += bytes.len() as u64;
            if writer.buffer.len() >= CHUNK {
                writer = on_disk(move || writer.flush().map(|()| writer)).await?;
            }
        }
        let spool = on_disk(move || writer.finish()).await?;
        match headers.get(header::CONTENT_ENCODING) {
            Some(coding) if coding.as_bytes().eq_ignore_ascii_case(b"gzip") => {
                let unpacked = tokio::task::spawn_blocking(move || spool.unpacked(limit)).await;
                unpacked.unwrap_or_else(|error| Err(NotReceived::Disk(io::Error::other(error))))
            }
            _ => Ok(spool),
        }
    }

    fn unpacked(&self, limit: u64) -> Result<Self, NotReceived> {
        let mut reader = MultiGzDecoder::new(self.reader()).take(limit + 1);
        let (mut writer, mut buffer) = (SpoolWriter::default(), vec![0; CHUNK]);
        loop {
            let read = reader.read(&mut buffer).map_err(|_| NotReceived::Packed)?;
            if read == 0 {
                break;
            }
            writer
                .write_all(&buffer[..read])
                .map_err(NotReceived::Disk)?;
        }
        match writer.length > limit {
            true => Err(NotReceived::TooLarge),
            false => writer.finish().map_err(NotReceived::Disk),
        }
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Reads from the start.
    pub(super) fn reader(&self) -> BufReader<SpoolReader> {
        self.reader_from(0)
    }

    /// Reads from a place on.
    pub(super) fn reader_from(&self, at: u64) -> BufReader<SpoolReader> {
        let spool = self.clone();
        BufReader::with_capacity(CHUNK, SpoolReader { spool, at })
    }

    /// All of it, where it is known to be small.
    pub(super) fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.reader().read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn read_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(at)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        // Several may read at once, so each says where.
        let mut file = self.file.lock();
        file.seek(SeekFrom::Start(at))?;
        file.read(&mut buffer[..wanted])
    }

    /// The body of an answer, after `head`: the part from `start` to `end`.
    pub(super) fn body(&self, head: Vec<u8>, start: u64, end: u64) -> io::Result<(Body, Streamed)> {
        let end = end.min(self.length);
        let length = head.len() as u64 + end.saturating_sub(start);
        let mut first = head.clone();
        first.truncate(KEPT);
        let room = (KEPT - first.len()) as u64;
        self.reader_from(start)
            .take(room.min(end.saturating_sub(start)))
            .read_to_end(&mut first)?;
        let streamed = Streamed {
            first: first.into(),
            length,
        };
        let head = stream::iter([Ok(Bytes::from(head))]);
        let rest = stream::try_unfold((self.clone(), start), move |(spool, at)| async move {
            if at >= end {
                return Ok(None);
            }
            let size = usize::try_from(end - at).unwrap_or(CHUNK).min(CHUNK);
            let (spool, bytes) = tokio::task::spawn_blocking(move || {
                let mut bytes = vec![0; size];
                let read = spool.read_at(at, &mut bytes)?;
                bytes.truncate(read);
                Ok::<_, io::Error>((spool, Bytes::from(bytes)))
            })
            .await
            .map_err(io::Error::other)??;
            match bytes.len() as u64 {
                0 => Err(io::Error::from(io::ErrorKind::UnexpectedEof)),
                read => Ok(Some((bytes, (spool, at + read)))),
            }
        });
        let body = Body::from_stream(futures::StreamExt::chain(head, rest));
        Ok((body, streamed))
    }
}

async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, NotReceived> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(io::Error::other)
        .and_then(|done| done)
        .map_err(NotReceived::Disk)
}

/// A reader of a spool, with a place of its own.
#[derive(Debug)]
pub(super) struct SpoolReader {
    spool: Spool,
    at: u64,
}

impl Read for SpoolReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.spool.read_at(self.at, buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// Whether there is nothing but white space to read.
pub(super) fn blank(mut reader: impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = reader.fill_buf()?;
        let (blank, length) = (bytes.iter().all(u8::is_ascii_whitespace), bytes.len());
        if length == 0 || !blank {
            return Ok(blank);
        }
        reader.consume(length);
    }
}

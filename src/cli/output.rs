//! Standard output. Whoever reads it may go away, as `head` does, and that is no failure: the exit code still tells.

use std::io::{self, BufWriter, Write};

use super::Failure;

/// Prints what `write` writes.
pub(super) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    let written = write(&mut out).and_then(|()| out.flush());
    match written {
        // Whoever read the output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written
            .map_err(|error| Failure::harness(format!("could not write the output: {error}"))),
    }
}

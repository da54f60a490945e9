//! Bytes of a pipe, cut into lines.

/// A line that is longer is no message, and would fill the memory.
const LONGEST: usize = 64 << 20;

/// Bytes that came and don't end a line yet.
#[derive(Debug, Default)]
pub(super) struct Lines {
    bytes: Vec<u8>,
    /// So many have no line break among them.
    searched: usize,
}

impl Lines {
    /// More bytes have come.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Whether what has come can't become a line any more.
    pub(super) fn too_long(&self) -> bool {
        self.bytes.len() > LONGEST
    }

    /// Every line that is complete, without its line break.
    pub(super) fn complete(&mut self) -> Vec<Vec<u8>> {
        let mut lines = Vec::new();
        let mut start = 0;
        let breaks = self.bytes.iter().enumerate().skip(self.searched);
        for (end, _) in breaks.filter(|(_, byte)| **byte == b'\n') {
            lines.push(without_return(&self.bytes[start..end]));
            start = end + 1;
        }
        self.bytes.drain(..start);
        self.searched = self.bytes.len();
        lines
    }

    /// What stands after the last line break.
    pub(super) fn rest(&mut self) -> Option<Vec<u8>> {
        self.searched = 0;
        let rest = std::mem::take(&mut self.bytes);
        (!rest.is_empty()).then_some(rest)
    }
}

fn without_return(line: &[u8]) -> Vec<u8> {
    line.strip_suffix(b"\r").unwrap_or(line).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_wherever_the_pieces_end() {
        let mut lines = Lines::default();

        lines.push(b"one\ntw");
        let first = lines.complete();
        lines.push(b"o\r\n\nthr");
        let second = lines.complete();

        assert_eq!(first, [b"one".to_vec()]);
        assert_eq!(second, [b"two".to_vec(), Vec::new()]);
        assert_eq!(lines.rest(), Some(b"thr".to_vec()));
        assert_eq!(lines.rest(), None);
    }
}

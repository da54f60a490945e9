//! Chance and Salesforce's id format: the one place where either comes from.

use std::sync::atomic::{AtomicU64, Ordering};

/// A stream of reproducible "random" values: the same seed and the same calls in the same order give the same values.
///
/// `SplitMix64`: good enough to make tokens look opaque, and never meant to be secret.
#[derive(Debug)]
pub struct Entropy(AtomicU64);

const GOLDEN_GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;
const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

impl Entropy {
    /// A stream of its own for each `(seed, stream)`.
    pub fn new(seed: u64, stream: u64) -> Self {
        Self(AtomicU64::new(mix(
            seed ^ mix(stream.wrapping_mul(GOLDEN_GAMMA))
        )))
    }

    /// Goes on where the stream of no other generation is: after a restart nothing that was given out comes again.
    pub fn jump(&self, generation: u64) {
        self.0.fetch_add(
            mix(generation.wrapping_mul(GOLDEN_GAMMA)),
            Ordering::Relaxed,
        );
    }

    /// The next 64 bits.
    pub fn next(&self) -> u64 {
        mix(self
            .0
            .fetch_add(GOLDEN_GAMMA, Ordering::Relaxed)
            .wrapping_add(GOLDEN_GAMMA))
    }

    /// `length` characters of `[0-9A-Za-z]`.
    pub fn alphanumeric(&self, length: usize) -> String {
        (0..length)
            .map(|_| char::from(BASE62[(self.next() % 62) as usize]))
            .collect()
    }

    /// A random UUID in its text form (version 4).
    pub fn uuid(&self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            low >> 48 & 0x3fff | 0x8000,
            low & 0xffff_ffff_ffff
        )
    }
}

fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// An 18-character Salesforce id.
///
/// Invariant: 18 ASCII alphanumerics, the last three being the checksum that encodes the case of the first 15. So two
/// ids are the same record exactly if they are equal in this form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SalesforceId([u8; 18]);

impl SalesforceId {
    /// Key prefix (3), pod (3) and a serial number in base 62 (9), as real ids are built.
    pub fn new(prefix: [u8; 3], pod: [u8; 3], serial: u64) -> Self {
        let mut id = [b'0'; 18];
        id[..3].copy_from_slice(&prefix);
        id[3..6].copy_from_slice(&pod);
        id[6..15].copy_from_slice(&base62(serial));
        Self::checked(id)
    }

    /// Reads 15 (case-sensitive) or 18 characters (in any case: the checksum restores the case of the first 15);
    /// `None` where the text is no id or its checksum is wrong.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if !bytes.iter().all(u8::is_ascii_alphanumeric) {
            return None;
        }
        let mut id = [0; 18];
        match bytes.len() {
            15 => {
                id[..15].copy_from_slice(bytes);
                Some(Self::checked(id))
            }
            18 => {
                id.copy_from_slice(bytes);
                restore_case(&mut id)?;
                Some(Self(id))
            }
            _ => None,
        }
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The first 15 characters, the form of Salesforce's web pages and of some error texts.
    pub fn short(&self) -> &str {
        &self.as_str()[..15]
    }

    /// The object's key prefix.
    pub fn prefix(&self) -> [u8; 3] {
        [self.0[0], self.0[1], self.0[2]]
    }

    /// The part that tells orgs apart.
    pub fn pod(&self) -> [u8; 3] {
        [self.0[3], self.0[4], self.0[5]]
    }

    /// The serial number within an org; `None` where it does not fit 64 bits.
    pub fn serial(&self) -> Option<u64> {
        self.0[6..15].iter().try_fold(0u64, |sum, &byte| {
            sum.checked_mul(62)?.checked_add(digit(byte)?)
        })
    }

    fn checked(mut id: [u8; 18]) -> Self {
        for block in 0..3 {
            id[15 + block] = checksum(&id[block * 5..block * 5 + 5]);
        }
        Self(id)
    }
}

impl std::fmt::Display for SalesforceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Debug for SalesforceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Three base-62 characters for the number of an org, so that no id of one org is an id of another.
pub fn pod(number: u32) -> [u8; 3] {
    let text = base62(u64::from(number));
    [text[6], text[7], text[8]]
}

fn base62(mut number: u64) -> [u8; 9] {
    let mut text = [b'0'; 9];
    for byte in text.iter_mut().rev() {
        *byte = BASE62[(number % 62) as usize];
        number /= 62;
    }
    text
}

fn digit(byte: u8) -> Option<u64> {
    Some(u64::from(match byte {
        b'0'..=b'9' => byte - b'0',
        b'A'..=b'Z' => byte - b'A' + 10,
        b'a'..=b'z' => byte - b'a' + 36,
        _ => return None,
    }))
}

/// Bit i of a block is set where its i-th character is a capital letter.
fn checksum(block: &[u8]) -> u8 {
    let bits = block.iter().enumerate().fold(0usize, |bits, (i, byte)| {
        bits | usize::from(byte.is_ascii_uppercase()) << i
    });
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits]
}

fn restore_case(id: &mut [u8; 18]) -> Option<()> {
    for block in 0..3 {
        let bits = match id[15 + block].to_ascii_uppercase() {
            letter @ b'A'..=b'Z' => letter - b'A',
            number @ b'0'..=b'5' => number - b'0' + 26,
            _ => return None,
        };
        id[15 + block] = id[15 + block].to_ascii_uppercase();
        for i in 0..5 {
            let byte = &mut id[block * 5 + i];
            if bits >> i & 1 == 1 {
                if !byte.is_ascii_alphabetic() {
                    return None;
                }
                byte.make_ascii_uppercase();
            } else {
                byte.make_ascii_lowercase();
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ids of real orgs, from recordings shipped with a public client.
    const REAL: [&str; 4] = [
        "0035500001H9cakAAB",
        "0057e00000RmwSWAAZ",
        "7519H000001XiCzQAK",
        "012000000000000AAA",
    ];

    #[test]
    fn the_checksum_is_that_of_real_ids() {
        for real in REAL {
            let from_short = SalesforceId::parse(&real[..15]).unwrap();

            assert_eq!(from_short.as_str(), real);
            assert_eq!(SalesforceId::parse(real), Some(from_short));
        }
    }

    #[test]
    fn an_18_character_id_is_read_in_any_case() {
        let id = SalesforceId::parse(&REAL[0].to_lowercase());

        assert_eq!(id.unwrap().as_str(), REAL[0]);
    }

    #[test]
    fn a_wrong_checksum_or_character_is_no_id() {
        for text in [
            "0035500001H9cakZZZ",
            "0035500001H9cak\u{e9}",
            "003-500001H9cak",
            "003",
            "",
        ] {
            assert_eq!(SalesforceId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn prefix_pod_and_serial_come_back_out() {
        let id = SalesforceId::new(*b"003", pod(63), 123_456_789);

        assert_eq!(
            (id.prefix(), id.pod(), id.serial()),
            (*b"003", *b"011", Some(123_456_789))
        );
    }

    #[test]
    fn a_jump_leads_away_from_what_was_given_out() {
        let (first, second) = (Entropy::new(1, 0), Entropy::new(1, 0));
        let given: Vec<u64> = (0..1_000).map(|_| first.next()).collect();

        second.jump(1);

        assert!((0..1_000).all(|_| !given.contains(&second.next())));
    }

    #[test]
    fn the_same_seed_gives_the_same_stream_and_another_stream_differs() {
        let (one, same, other) = (Entropy::new(1, 0), Entropy::new(1, 0), Entropy::new(1, 1));

        assert_eq!(one.uuid(), same.uuid());
        assert_ne!(one.alphanumeric(20), other.alphanumeric(20));
    }
}

//! How a receiver knows that a call is HubSpot's. Both forms are those that the clients' own checks expect.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// `X-HubSpot-Signature`, version 1: SHA-256 of the client secret and the body, in hex.
pub(super) fn first(client_secret: &str, body: &str) -> String {
    let digest = Sha256::new()
        .chain_update(client_secret)
        .chain_update(body)
        .finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `X-HubSpot-Signature-v3`: HMAC-SHA256 of method, URL, body and timestamp under the client secret, in base64.
pub(super) fn third(client_secret: &str, uri: &str, body: &str, timestamp: i64) -> String {
    // HMAC takes keys of any length, so there always is one.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(client_secret.as_bytes()) else {
        return String::new();
    };
    mac.update(format!("POST{uri}{body}{timestamp}").as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    #[test]
    fn signatures_are_those_of_a_known_call() {
        // Worked out with openssl, from the same texts.
        assert_eq!(
            super::first("secret", "[]"),
            "e54739419ee05866a0e9d8df6b398edcb6c4e7b4c1e1a8c66b5fc889d024eb54"
        );
        assert_eq!(
            super::third("secret", "http://127.0.0.1:9/hook", "[]", 1_700_000_000_000),
            "ABftBDUFmmbI1dNUyORi7IncrROw4e7Kw13feTiSHKM="
        );
    }
}

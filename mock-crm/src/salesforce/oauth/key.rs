//! RSA keys: the one that the mock signs with, and those that apps' assertions are verified with.

use std::sync::LazyLock;

use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, SubjectPublicKeyInfoDer};
use webpki::{EndEntityCert, RawPublicKeyEntity};

/// Both halves of the key pair that `certificate: demo` means. A key of its own for each mock would have to be made,
/// which takes longer than everything else at start.
const DEMO_KEY: &str = include_str!("key/demo_key.pem");

/// The private half, as clients read it: PKCS #8 in PEM, and nothing around it.
pub fn demo_private_key() -> &'static str {
    const END: &str = "-----END PRIVATE KEY-----\n";
    let start = DEMO_KEY.find("-----BEGIN PRIVATE KEY-----");
    let end = DEMO_KEY.find(END).map(|place| place + END.len());
    match (start, end) {
        (Some(start), Some(end)) => &DEMO_KEY[start..end],
        _ => "",
    }
}

/// Fixed, so that the same requests give the same id tokens.
const SIGNING_KEY: &str = include_str!("key/signing_key.pem");

static SIGNER: LazyLock<Option<RsaKeyPair>> = LazyLock::new(|| {
    let der = PrivatePkcs8KeyDer::from_pem_slice(SIGNING_KEY.as_bytes()).ok()?;
    RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).ok()
});

/// The `kid` of the key that the mock signs with.
pub(super) const SIGNING_KEY_ID: &str = "mock-crm-1";

/// RS256 with the mock's own key.
pub(super) fn sign(message: &[u8]) -> Vec<u8> {
    let Some(signer) = &*SIGNER else {
        return Vec::new();
    };
    let mut signature = vec![0; signer.public().modulus_len()];
    // The chance hides the key from who measures time; the signature does not depend on it.
    match signer.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        message,
        &mut signature,
    ) {
        Ok(()) => signature,
        Err(_) => Vec::new(),
    }
}

/// Modulus and exponent of the mock's own key.
pub(super) fn signing_components() -> Option<(Vec<u8>, Vec<u8>)> {
    let signer = SIGNER.as_ref()?;
    let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(signer.public());
    Some((n, e))
}

/// What an app's assertions are verified with.
#[derive(Clone, Debug)]
pub(in crate::salesforce) struct AppKey(SubjectPublicKeyInfoDer<'static>);

/// `rsaEncryption` (1.2.840.113549.1.1.1) as keys spell it.
const RSA: [u8; 11] = [6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 1];

impl AppKey {
    /// Reads a certificate, a public key, or the word `demo`; what is wrong with any other text.
    pub(in crate::salesforce) fn read(text: &str) -> Result<Self, &'static str> {
        let pem = match text.trim() {
            "demo" => DEMO_KEY,
            pem => pem,
        };
        let key = match CertificateDer::from_pem_slice(pem.as_bytes()) {
            Ok(der) => EndEntityCert::try_from(&der)
                .map_err(|_| "the certificate can't be read")?
                .subject_public_key_info(),
            Err(_) => SubjectPublicKeyInfoDer::from_pem_slice(pem.as_bytes())
                .map_err(|_| "it is no certificate or public key in PEM")?,
        };
        match key.as_ref().windows(RSA.len()).any(|part| part == RSA) {
            true => Ok(Self(key)),
            false => Err("the key is no RSA key"),
        }
    }

    /// RS256, with keys of 2048 bits and more.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let key = RawPublicKeyEntity::try_from(&self.0);
        key.is_ok_and(|key| {
            let algorithm = webpki::ring::RSA_PKCS1_2048_8192_SHA256;
            key.verify_signature(algorithm, message, signature).is_ok()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_key_is_one_and_others_are_told_what_is_wrong() {
        assert!(AppKey::read(" demo\n").is_ok());
        for (text, expected) in [
            ("nonsense", "it is no certificate or public key in PEM"),
            (
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "the certificate can't be read",
            ),
            (
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "the key is no RSA key",
            ),
        ] {
            assert_eq!(AppKey::read(text).unwrap_err(), expected);
        }
    }

    #[test]
    fn what_the_mock_signs_can_be_verified() {
        let signature = sign(b"hello");
        let (n, e) = signing_components().unwrap();

        let key = ring::signature::RsaPublicKeyComponents { n, e };
        let algorithm = &ring::signature::RSA_PKCS1_2048_8192_SHA256;
        assert!(key.verify(algorithm, b"hello", &signature).is_ok());
    }
}

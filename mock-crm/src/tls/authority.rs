//! The authority, and the one certificate that it issues.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::pki_types::CertificateDer;

use super::{TlsError, hosts};

pub(super) const CERTIFICATE_FILE: &str = "mock-crm-ca.pem";
const KEY_FILE: &str = "mock-crm-ca-key.pem";

/// A key, and a certificate that says it may sign others.
#[derive(Debug)]
pub(super) struct Authority {
    key: KeyPair,
    pub(super) certificate_pem: String,
}

impl Authority {
    pub(super) fn new() -> Result<Self, TlsError> {
        Self::of_key(KeyPair::generate()?)
    }

    fn of_key(key: KeyPair) -> Result<Self, TlsError> {
        let certificate_pem = parameters()?.self_signed(&key)?.pem();
        Ok(Self {
            key,
            certificate_pem,
        })
    }

    /// What the folder has, or what is put there. Several processes may do so at once: the first key that is there
    /// counts, and every certificate of that key is as good as the other.
    pub(super) fn kept_in(directory: &Path) -> Result<Self, TlsError> {
        fs::create_dir_all(directory).map_err(|source| failed(directory, source))?;
        let (key_file, certificate_file) =
            (directory.join(KEY_FILE), directory.join(CERTIFICATE_FILE));
        if !key_file.exists() {
            put(&key_file, &KeyPair::generate()?.serialize_pem())?;
        }
        let key = KeyPair::from_pem(&read(&key_file)?)?;
        if !certificate_file.exists() {
            let made = Self::of_key(key)?;
            put(&certificate_file, &made.certificate_pem)?;
            return Ok(made);
        }
        let certificate_pem = read(&certificate_file)?;
        Ok(Self {
            key,
            certificate_pem,
        })
    }

    /// A certificate for all hosts that the mock stands in for, and its key in PKCS #8.
    pub(super) fn issue(&self) -> Result<(Vec<CertificateDer<'static>>, Vec<u8>), TlsError> {
        let names = hosts::LOOPBACK
            .into_iter()
            .chain(hosts::SALESFORCE)
            .chain(hosts::HUBSPOT);
        let mut leaf = CertificateParams::new(names.map(str::to_owned).collect::<Vec<_>>())?;
        leaf.distinguished_name = named("mock-crm");
        leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        leaf.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate()?;
        let issuer = Issuer::new(parameters()?, &self.key);
        let certificate = leaf.signed_by(&key, &issuer)?;
        Ok((vec![certificate.der().clone()], key.serialize_der()))
    }
}

/// The same for every authority, so that the key alone says what it is.
fn parameters() -> Result<CertificateParams, TlsError> {
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.distinguished_name = named("mock-crm local authority");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(authority)
}

fn named(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common_name);
    name
}

static WRITERS: AtomicU64 = AtomicU64::new(0);

/// Puts a whole file there, unless another process was faster.
fn put(path: &Path, text: &str) -> Result<(), TlsError> {
    let directory = path.parent().unwrap_or(Path::new("."));
    // A name of its own for every writer: what is linked must not be written to again.
    let unique = WRITERS.fetch_add(1, Ordering::Relaxed);
    let temporary = directory.join(format!(".mock-crm-{}-{unique}", std::process::id()));
    let write = || {
        private_file(&temporary)?.write_all(text.as_bytes())?;
        // Unlike a rename, a link does not take the place of what is there.
        match fs::hard_link(&temporary, path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            linked => linked,
        }
    };
    let written = write();
    // Whether or not it could be linked, the temporary name goes.
    let _ = fs::remove_file(&temporary);
    written.map_err(|source| failed(path, source))
}

/// Makes sure that the file has this text.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), TlsError> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    // What is not there need not go.
    let _ = fs::remove_file(path);
    put(path, text)
}

fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn read(path: &Path) -> Result<String, TlsError> {
    fs::read_to_string(path).map_err(|source| failed(path, source))
}

fn failed(path: &Path, source: io::Error) -> TlsError {
    TlsError::File {
        path: path.to_owned(),
        source,
    }
}

//! https on the ports that speak http, with a certificate authority of the mock's own.
//!
//! Clients want to trust the authority (`REQUESTS_CA_BUNDLE`, `SSL_CERT_FILE`, `NODE_EXTRA_CA_CERTS`), so the binary
//! keeps it from one start to the next. The certificate under it is made when the first client speaks TLS.

mod authority;
pub mod hosts;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio_rustls::TlsAcceptor;

use authority::Authority;

/// Where the authority comes from, and what is made under it when needed.
#[derive(Debug, Default)]
pub struct Tls {
    directory: Option<PathBuf>,
    authority: OnceLock<Authority>,
    acceptor: OnceLock<Acceptor>,
}

#[derive(Clone)]
struct Acceptor(TlsAcceptor);

impl std::fmt::Debug for Acceptor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Acceptor")
    }
}

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A key or certificate could not be made or read.
    #[error("could not make a certificate")]
    Certificate(#[from] rcgen::Error),
    /// The TLS library does not take it.
    #[error("could not set up TLS")]
    Setup(#[from] rustls::Error),
    /// The authority could not be kept.
    #[error("could not use {}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

impl Tls {
    /// An authority that lives as long as this value.
    pub fn in_memory() -> Self {
        Self::default()
    }

    /// The authority of a folder, made there the first time.
    ///
    /// # Errors
    /// Where the folder can't be made or written, or holds something else.
    pub fn kept_in(directory: &Path) -> Result<Self, TlsError> {
        let tls = Self {
            directory: Some(directory.to_owned()),
            ..Self::default()
        };
        if !directory.join(authority::CERTIFICATE_FILE).exists() {
            tls.authority()?;
        }
        Ok(tls)
    }

    /// The certificate of the authority as PEM: what a client has to trust.
    ///
    /// # Errors
    /// Where it can't be made or read.
    pub fn authority_pem(&self) -> Result<String, TlsError> {
        Ok(self.authority()?.certificate_pem.clone())
    }

    /// The file that has it, where it is kept in a folder.
    pub fn authority_file(&self) -> Option<PathBuf> {
        let directory = self.directory.as_deref()?;
        Some(directory.join(authority::CERTIFICATE_FILE))
    }

    /// Keeps a text in a file of the folder; `None` where there is no folder.
    ///
    /// # Errors
    /// Where it can't be written.
    pub fn keep(&self, name: &str, text: &str) -> Result<Option<PathBuf>, TlsError> {
        let Some(path) = self
            .directory
            .as_ref()
            .map(|directory| directory.join(name))
        else {
            return Ok(None);
        };
        authority::replace(&path, text)?;
        Ok(Some(path))
    }

    /// What answers a client that speaks TLS.
    ///
    /// # Errors
    /// Where the certificate can't be made.
    pub fn acceptor(&self) -> Result<TlsAcceptor, TlsError> {
        if let Some(Acceptor(ready)) = self.acceptor.get() {
            return Ok(ready.clone());
        }
        let made = Acceptor(self.make_acceptor()?);
        Ok(self.acceptor.get_or_init(|| made).0.clone())
    }

    fn authority(&self) -> Result<&Authority, TlsError> {
        if let Some(ready) = self.authority.get() {
            return Ok(ready);
        }
        let made = match &self.directory {
            Some(directory) => Authority::kept_in(directory)?,
            None => Authority::new()?,
        };
        Ok(self.authority.get_or_init(|| made))
    }

    fn make_acceptor(&self) -> Result<TlsAcceptor, TlsError> {
        let (chain, key) = self.authority()?.issue()?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, PrivateKeyDer::Pkcs8(key.into()))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

//! What a system under test outside of this process needs to trust the mocks, and to find them.

use std::ffi::OsString;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use mock_crm::MockCrm;
use mock_crm::tls::Tls;
use tempfile::TempDir;

use super::Connect;

/// Every library looks at another one: OpenSSL and Go, Python's requests, Node, curl.
const CA_VARIABLES: [&str; 4] = [
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    "CURL_CA_BUNDLE",
];

/// Some read the one, some the other.
const PROXY_VARIABLES: [&str; 2] = ["HTTPS_PROXY", "https_proxy"];
const NO_PROXY_VARIABLES: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// Tells a driver that the mocks' clocks stand, so that waiting changes nothing.
const NO_WAIT: &str = "CRM_CONFORMANCE_NO_WAIT";

/// What a process gets that speaks to live CRMs: the authorities of the target file, if it names some.
pub(super) fn outside(ca_file: Option<&Path>) -> Vec<(String, OsString)> {
    let file = ca_file.map(|file| std::path::absolute(file).unwrap_or_else(|_| file.to_owned()));
    let set = |file: PathBuf| CA_VARIABLES.map(|name| (name.to_owned(), file.clone().into()));
    file.into_iter().flat_map(set).collect()
}

/// Nothing, where the client under test is in this process.
#[derive(Debug)]
pub(super) struct Surroundings {
    certificates: Mutex<Option<TempDir>>,
    through_proxy: bool,
}

impl Surroundings {
    pub(super) fn of(connect: &Connect) -> io::Result<Self> {
        let folder = || {
            tempfile::Builder::new()
                .prefix("crm-conformance-")
                .tempdir()
        };
        Ok(Self {
            certificates: Mutex::new(connect.outside().then(folder).transpose()?),
            through_proxy: connect.wants_proxy(),
        })
    }

    pub(super) fn tls(&self) -> io::Result<Tls> {
        match &*self.folder() {
            Some(folder) => Tls::kept_in(folder.path()).map_err(io::Error::other),
            None => Ok(Tls::in_memory()),
        }
    }

    fn folder(&self) -> MutexGuard<'_, Option<TempDir>> {
        self.certificates
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes away what was put on disk.
    pub(super) fn end(&self) {
        self.folder().take();
    }

    pub(super) fn proxy(&self) -> Option<SocketAddr> {
        let free = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        self.through_proxy.then_some(free)
    }

    /// What a process gets beside the environment of this one.
    pub(super) fn environment(&self, mock: &MockCrm) -> Vec<(String, OsString)> {
        let mut set: Vec<(String, OsString)> = vec![(NO_WAIT.to_owned(), "true".into())];
        if let Some(file) = mock.tls().authority_file() {
            set.extend(CA_VARIABLES.map(|name| (name.to_owned(), file.clone().into())));
        }
        // The mocks are on this machine, whatever leads elsewhere.
        set.extend(NO_PROXY_VARIABLES.map(|name| (name.to_owned(), with_this_machine(name))));
        if let Some(url) = mock.proxy_url() {
            set.extend(PROXY_VARIABLES.map(|name| (name.to_owned(), url.clone().into())));
        }
        set
    }
}

/// What the variable lists already, and this machine.
fn with_this_machine(name: &str) -> OsString {
    let mut listed = std::env::var_os(name).unwrap_or_default();
    if !listed.is_empty() {
        listed.push(",");
    }
    listed.push("127.0.0.1,localhost");
    listed
}

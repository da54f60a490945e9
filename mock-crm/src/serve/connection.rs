//! Listening and the connections that come of it.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::{Host, Vendor};
use crate::tls::Tls;

/// Something that listens. Dropped, it listens no more, and its connections end.
#[derive(Debug)]
pub struct Listener {
    /// Where.
    pub address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// How a request came in, in the extensions of each one that came by TLS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// In the clear.
    #[default]
    Http,
    /// By TLS.
    Https,
}

impl Scheme {
    /// As it stands in a URL.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

impl Listener {
    /// Listens at `address`, where port 0 takes a free one, and hands each connection to `serve`.
    ///
    /// # Errors
    /// Where the address can't be listened on.
    pub async fn bind<F>(
        address: SocketAddr,
        serve: impl Fn(TcpStream) -> F + Send + 'static,
    ) -> std::io::Result<Self>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let socket = TcpListener::bind(address).await?;
        let address = socket.local_addr()?;
        let accepting = tokio::spawn(accept(socket, serve));
        Ok(Self { address, accepting })
    }
}

async fn accept<F>(socket: TcpListener, serve: impl Fn(TcpStream) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    // Connections live in the set, so that they end when the listener is dropped.
    let mut connections = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            accepted = socket.accept() => match accepted {
                Ok((stream, _)) => {
                    // Small answers must not wait for one another; a socket that can't do that still works.
                    let _ = stream.set_nodelay(true);
                    connections.spawn(serve(stream));
                }
                // Out of file descriptors, most likely: others may be closed meanwhile.
                Err(error) => {
                    tracing::warn!(%error, "could not accept a connection");
                    tokio::time::sleep(std::time::Duration::from_millis(10)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// The first byte of a TLS handshake, which no HTTP request starts with.
const HANDSHAKE: u8 = 0x16;

/// One connection to a vendor, http or https by its first byte.
pub async fn serve_vendor<V: Vendor>(stream: TcpStream, host: Arc<Host<V>>, tls: Arc<Tls>) {
    let mut first = [0];
    match stream.peek(&mut first).await {
        Ok(1) if first == [HANDSHAKE] => {}
        Ok(1) => return requests(stream, host, Scheme::Http).await,
        // Closed before it said anything.
        _ => return,
    }
    match tls.acceptor() {
        Ok(acceptor) => match acceptor.accept(stream).await {
            Ok(stream) => requests(stream, host, Scheme::Https).await,
            Err(error) => tracing::debug!(%error, "a TLS handshake failed"),
        },
        Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "no TLS"),
    }
}

async fn requests<V: Vendor>(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    host: Arc<Host<V>>,
    scheme: Scheme,
) {
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let host = host.clone();
        let mut request = request.map(Body::new);
        if scheme == Scheme::Https {
            request.extensions_mut().insert(scheme);
        }
        async move { host.handle(request).await }
    });
    let served = hyper::server::conn::http1::Builder::new()
        // A timer for every head costs more than the slow clients that it would guard against.
        .header_read_timeout(None)
        // As both vendors write them: there are clients that look for `Content-Type` to the letter.
        .title_case_headers(true)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades()
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "connection ended");
    }
}

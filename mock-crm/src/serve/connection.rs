//! Listening and the connections that come of it.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{Host, Vendor};

/// A vendor that listens. Dropped, it listens no more, and its connections end.
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

impl Listener {
    /// Listens at `address`; port 0 takes a free one.
    pub async fn bind<V: Vendor>(address: SocketAddr, host: Arc<Host<V>>) -> std::io::Result<Self> {
        let socket = TcpListener::bind(address).await?;
        let address = socket.local_addr()?;
        let accepting = tokio::spawn(accept(socket, host));
        Ok(Self { address, accepting })
    }
}

async fn accept<V: Vendor>(socket: TcpListener, host: Arc<Host<V>>) {
    // Connections live in the set, so that they end when the listener is dropped.
    let mut connections = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            accepted = socket.accept() => match accepted {
                Ok((stream, _)) => {
                    // Small answers must not wait for one another; a socket that can't do that still works.
                    let _ = stream.set_nodelay(true);
                    connections.spawn(connection(stream, host.clone()));
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

async fn connection<V: Vendor>(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    host: Arc<Host<V>>,
) {
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let host = host.clone();
        async move { host.handle(request.map(Body::new)).await }
    });
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades()
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "connection ended");
    }
}

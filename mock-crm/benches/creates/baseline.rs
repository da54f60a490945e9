//! What everything is compared with: a bare axum handler that parses the body and keeps it in a map behind a mutex.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use http::StatusCode;
use serde_json::{Value, json};

type Records = Arc<Mutex<HashMap<String, Value>>>;

pub(crate) const PATH: &str = "/records";

/// Listens, prints its address, and never returns.
pub(crate) fn serve() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(async {
        let router = Router::new()
            .route(PATH, post(create))
            .with_state(Records::default());
        let socket = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port can be listened on");
        let address = socket.local_addr().expect("a socket has an address");
        println!("{}", json!({ "address": address.to_string() }));
        let mut connections = hyper_connections(router);
        loop {
            let (stream, _) = socket.accept().await.expect("a connection comes in");
            stream.set_nodelay(true).expect("a socket can send at once");
            connections(stream);
        }
    });
}

/// The same hyper settings as the mock's, so that the difference is what the mock does.
fn hyper_connections(router: Router) -> impl FnMut(tokio::net::TcpStream) {
    move |stream| {
        let service = hyper_util::service::TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let io = hyper_util::rt::TokioIo::new(stream);
            // A client that goes away ends its connection, and nothing else.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(io, service)
                .await;
        });
    }
}

async fn create(
    State(records): State<Records>,
    Json(body): Json<Value>,
) -> (StatusCode, Json<Value>) {
    let mut records = records.lock().expect("no handler panics");
    let id = format!("{:018}", records.len());
    records.insert(id.clone(), body);
    let answer = json!({ "id": id, "success": true, "errors": [] });
    (StatusCode::CREATED, Json(answer))
}

//! The routes: the table of contents of the mock.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::routing::{MethodRouter, get, patch, post};
use http::Method;

use super::error::ApiError;
use super::sobjects::{self, collections, replication};
use super::{
    Salesforce, bulk, composite, describe, oauth, query, recent, resources, rest, search, soap,
};

type Routes = MethodRouter<Arc<Salesforce>>;

/// All routes of the vendor.
pub(super) fn router(salesforce: Arc<Salesforce>) -> Router {
    let entrance = rest::Enter(salesforce.clone());
    let inner = api(&salesforce).fallback(unknown);
    let composite = composite::routes(&salesforce, inner.with_state(salesforce.clone()));
    Router::new()
        .merge(api(&salesforce))
        .merge(composite.layer(entrance.clone()))
        .merge(bulk::routes().layer(entrance))
        .merge(bulk::classic_routes())
        .route("/services/data", get(resources::versions))
        .merge(oauth::routes())
        .merge(soap::routes())
        .fallback(unknown)
        .with_state(salesforce)
}

/// The REST API of every version. All of it asks for a session.
fn api(salesforce: &Arc<Salesforce>) -> Router<Arc<Salesforce>> {
    let routes: [(&str, Routes); 19] = [
        ("", only("HEAD,GET", get(resources::resources))),
        ("/limits", only("HEAD,GET", get(resources::limits))),
        (
            "/limits/recordCount",
            only("HEAD,GET", get(resources::record_count)),
        ),
        ("/recent", only("HEAD,GET", get(recent::get))),
        ("/tabs", only("HEAD,GET", get(resources::tabs))),
        ("/theme", only("HEAD,GET", get(resources::theme))),
        (
            "/sobjects/{object}/updated",
            only("HEAD,GET", get(replication::updated)),
        ),
        (
            "/sobjects/{object}/deleted",
            only("HEAD,GET", get(replication::deleted)),
        ),
        ("/query", only("HEAD,GET", get(query::query))),
        ("/query/{locator}", only("HEAD,GET", get(query::more))),
        ("/queryAll", only("HEAD,GET", get(query::query_all))),
        ("/queryAll/{locator}", only("HEAD,GET", get(query::more))),
        ("/sobjects", only("HEAD,GET", get(describe::list))),
        (
            "/sobjects/{object}",
            only("HEAD,GET,POST", get(describe::basic).post(sobjects::create)),
        ),
        (
            "/sobjects/{object}/describe",
            only("HEAD,GET", get(describe::describe)),
        ),
        (
            "/sobjects/{object}/{id}",
            only(
                "HEAD,GET,PATCH,DELETE",
                get(sobjects::read::get)
                    .patch(sobjects::update)
                    .delete(sobjects::delete)
                    .post(sobjects::update_by_post),
            ),
        ),
        (
            "/sobjects/{object}/{field}/{value}",
            only(
                "HEAD,GET,PATCH,DELETE",
                get(sobjects::by_key_get)
                    .patch(sobjects::upsert)
                    .delete(sobjects::by_key_delete)
                    .post(sobjects::upsert),
            ),
        ),
        (
            "/composite/sobjects",
            only(
                "POST,PATCH,DELETE",
                post(collections::create)
                    .patch(collections::update)
                    .delete(collections::delete),
            ),
        ),
        (
            "/composite/sobjects/{object}",
            only(
                "HEAD,GET,POST",
                get(collections::get).post(collections::get_by_post),
            ),
        ),
    ];
    let mut router = Router::new()
        .route(
            "/services/data/{version}/composite/sobjects/{object}/{field}",
            only("PATCH", patch(collections::upsert)),
        )
        .route(
            "/services/data/{version}/{*rest}",
            axum::routing::any(unknown),
        );
    for path in SOBJECTS_NOT_SIMULATED {
        let path = format!("/services/data/{{version}}/sobjects/{path}");
        router = router.route(&path, axum::routing::any(not_simulated));
    }
    for (path, methods) in routes {
        router = router.route(&format!("/services/data/{{version}}{path}"), methods);
    }
    let router = router.merge(search::routes());
    router.layer(rest::Enter(salesforce.clone()))
}

/// The methods of a resource; any other is refused by name.
pub(super) fn only<S>(allowed: &'static str, methods: MethodRouter<S>) -> MethodRouter<S>
where
    S: Clone + Send + Sync + 'static,
{
    methods.fallback(move |method: Method| async move {
        ApiError::MethodNotAllowed {
            method: method.to_string(),
            allowed,
        }
    })
}

/// Resources that real orgs have and the mock does not.
const NOT_SIMULATED: [&str; 15] = [
    "tooling",
    "process",
    "actions",
    "quickActions",
    "appMenu",
    "chatter",
    "analytics",
    "connect",
    "wave",
    "metadata",
    "event",
    "support",
    "licensing",
    "compactLayouts",
    "async-queries",
];

/// The same below an object, where they would be taken for ids or names of fields.
const SOBJECTS_NOT_SIMULATED: [&str; 8] = [
    "{object}/describe/{*rest}",
    "{object}/listviews",
    "{object}/listviews/{*rest}",
    "{object}/quickActions",
    "{object}/quickActions/{*rest}",
    "{object}/defaultValues",
    "User/{id}/password",
    "SelfServiceUser/{id}/password",
];

async fn not_simulated(request: Request) -> ApiError {
    ApiError::NotSimulated {
        what: format!("{} {}", request.method(), request.uri().path()),
    }
}

/// What no route is there for: told apart from what no org has, either.
async fn unknown(request: Request) -> ApiError {
    let path = request.uri().path();
    let mut segments = path.split('/').skip(1);
    let what = || format!("{} {path}", request.method());
    match (segments.next(), segments.next(), segments.nth(1)) {
        (Some("services"), Some("data"), Some(resource)) if NOT_SIMULATED.contains(&resource) => {
            ApiError::NotSimulated { what: what() }
        }
        (Some("services"), Some("apexrest" | "oauth2" | "Soap"), _)
        | (Some("cometd" | "secur"), _, _) => ApiError::NotSimulated { what: what() },
        _ => ApiError::NotFound,
    }
}

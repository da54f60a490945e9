//! OpenID Connect: the id token, the key it is signed with, and where everything is.

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use http::request::Parts;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::key::{SIGNING_KEY_ID, sign, signing_components};
use crate::identity::Session;
use crate::salesforce::answer;
use crate::salesforce::login::origin;
use crate::salesforce::org::Org;
use crate::tenant::Hosted;

/// Seconds for which an id token is good. Help page "ID Token": two minutes.
const ID_TOKEN_SECONDS: i64 = 120;

/// Who logged in, signed by the mock.
pub(super) fn id_token(parts: &Parts, access: &Session<Org>, nonce: Option<&str>) -> String {
    let (org, grant) = (&access.tenant, &access.grant);
    let now = org.tenant().clock.now().0 / 1000;
    let hash = Sha256::digest(grant.text.as_bytes());
    let mut claims = json!({
        "at_hash": URL_SAFE_NO_PAD.encode(&hash[..16]),
        "sub": org.identity_url(parts, &grant.user),
        "aud": grant.app.as_deref(),
        "iss": origin(parts),
        "exp": now + ID_TOKEN_SECONDS,
        "iat": now,
    });
    if let Some(nonce) = nonce {
        claims["nonce"] = nonce.into();
    }
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(answer::to_json(value));
    let header = json!({ "kid": SIGNING_KEY_ID, "typ": "JWT", "alg": "RS256" });
    let signed = format!("{}.{}", part(&header), part(&claims));
    let signature = URL_SAFE_NO_PAD.encode(sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// `GET /id/keys`
pub(super) async fn keys() -> Response<Body> {
    let key = signing_components().map(|(n, e)| {
        json!({
            "kty": "RSA", "use": "sig", "alg": "RS256", "kid": SIGNING_KEY_ID,
            "n": URL_SAFE_NO_PAD.encode(n), "e": URL_SAFE_NO_PAD.encode(e),
        })
    });
    let keys: Vec<Value> = key.into_iter().collect();
    answer::json(StatusCode::OK, answer::to_json(&json!({ "keys": keys })))
}

/// `GET /.well-known/openid-configuration`: of what is simulated.
pub(super) async fn configuration(request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let issuer = origin(&parts);
    let body = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/services/oauth2/authorize"),
        "token_endpoint": format!("{issuer}/services/oauth2/token"),
        "revocation_endpoint": format!("{issuer}/services/oauth2/revoke"),
        "userinfo_endpoint": format!("{issuer}/services/oauth2/userinfo"),
        "jwks_uri": format!("{issuer}/id/keys"),
        "introspection_endpoint": format!("{issuer}/services/oauth2/introspect"),
        "scopes_supported": ["api", "full", "id", "openid", "profile", "email", "refresh_token", "offline_access", "web"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "display_values_supported": ["page"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "claims_supported": [
            "active", "address", "email", "email_verified", "family_name", "given_name", "is_app_installed", "language",
            "locale", "name", "nickname", "organization_id", "photos", "picture", "preferred_username", "profile",
            "sub", "updated_at", "urls", "user_id", "user_type", "zoneinfo"
        ],
        "code_challenge_methods_supported": ["S256"],
    });
    answer::json(StatusCode::OK, answer::to_json(&body))
}

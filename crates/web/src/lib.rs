//! Pages, grouped by strand of practice, one file each. A page reads through casework and is drawn with `look`; it has
//! no store, so it cannot forget access or the log.
//!
//! To add a page: a file in the strand it belongs to with a `routes()` that lists its addresses and whom each is for,
//! one line in [`routes`], and a row in `tests/` for every address (the generated access test fails without).

mod app;
mod assets;
mod frame;
mod on_paper;
mod oops;
mod refusal;
mod route;
mod sent;
mod upload;
mod visit;

mod account;
mod admin;
mod authority;
mod board;
mod carers;
mod census;
mod child;
mod circle;
mod directory;
mod duty;
mod feeds;
mod fhir;
mod find;
mod forms;
mod guidance;
mod health;
mod help;
mod imports;
mod me;
mod measures;
mod notices;
mod reviews;
mod safety;
mod sending;
mod sign_in;
mod surveys;
mod work;

pub use app::App;
pub use route::{For, Route, routes};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// The largest form or upload taken, in bytes. Longer texts are refused by name, not by a broken connection.
pub(crate) const LARGEST: usize = 8 * 1024 * 1024;

/// Everything the server answers.
pub fn router(app: App) -> Router {
    // Only what holds no secret is compressed: the size of a compressed page would tell what is in it (BREACH).
    let mut router = Router::new().merge(assets::router().layer(CompressionLayer::new()));
    for route in routes() {
        router = router.route(route.path, route.handler);
    }
    let fixed = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    router
        .fallback(oops::nothing_here)
        .method_not_allowed_fallback(oops::wrong_method)
        // Layers given together cost a request one handing on; each given by itself costs it one more for every other.
        .layer((
            fixed(header::CACHE_CONTROL, "no-store"),
            fixed(
                header::CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
                 media-src 'self'; form-action 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
            ),
            fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            fixed(header::X_FRAME_OPTIONS, "DENY"),
            fixed(header::REFERRER_POLICY, "same-origin"),
            fixed(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
            fixed(
                HeaderName::from_static("permissions-policy"),
                "camera=(), microphone=(), geolocation=()",
            ),
            DefaultBodyLimit::max(LARGEST),
            axum::middleware::from_fn_with_state(app.clone(), oops::explain),
        ))
        .with_state(app)
}

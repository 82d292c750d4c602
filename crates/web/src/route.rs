//! Every address, in one list, with whom it is for. The router is made from the list, and so are the tests that ask
//! each address as every role: an address cannot exist without saying whom it is for.

use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};
use kinfold_casework::Action;

use crate::App;

/// Whom an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Anybody, signed in or not (signing in, help).
    Anybody,
    /// Whoever knows the secret in the address (a calendar feed).
    Bearer,
    /// Everybody signed in, about themselves.
    SignedIn,
    /// Those with a right that is not about one child.
    Authority(Action),
    /// Those with a right to the child in the address (`{child}`).
    Child(Action),
    /// A young person, in the space of their own. Everybody else finds nothing there.
    Own,
    /// A foster carer, in the space of their own. Everybody else finds nothing there.
    Carer,
    /// Those who could open some record in an emergency.
    Emergency,
}

/// One address.
pub struct Route {
    /// GET or POST.
    pub method: Method,
    /// Path, with `{child}` and the like.
    pub path: &'static str,
    /// Whom it is for.
    pub whom: For,
    pub(crate) handler: MethodRouter<App>,
}

/// A page that is read.
pub(crate) fn get<H, T>(path: &'static str, whom: For, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route { method: Method::GET, path, whom, handler: on(MethodFilter::GET, handler) }
}

/// A form that is sent.
pub(crate) fn post<H, T>(path: &'static str, whom: For, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route { method: Method::POST, path, whom, handler: on(MethodFilter::POST, handler) }
}

/// Every address of the product.
pub fn routes() -> Vec<Route> {
    let strands: &[fn() -> Vec<Route>] = &[
        crate::sign_in::routes,
        crate::work::routes,
        crate::child::routes,
        crate::duty::routes,
        crate::forms::routes,
        crate::notices::routes,
        crate::find::routes,
        crate::feeds::routes,
        crate::safety::routes,
        crate::board::routes,
        crate::admin::routes,
        crate::circle::routes,
        crate::account::routes,
        crate::guidance::routes,
        crate::imports::routes,
        crate::measures::routes,
        crate::authority::routes,
        crate::surveys::routes,
        crate::directory::routes,
        crate::census::routes,
        crate::health::routes,
        crate::reviews::routes,
        crate::sending::routes,
        crate::me::routes,
        crate::carers::routes,
        crate::fhir::routes,
        crate::help::routes,
    ];
    strands.iter().flat_map(|routes| routes()).collect()
}

//! Help, accessibility, privacy, the source, and who does what: for whoever asks, signed in or not.

mod guides;
mod plain;
mod roles;

pub(crate) use guides::drawn as prose;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use kinfold_look::page::Page;

use crate::frame::{base, frame};
use crate::visit::Visit;
use crate::{App, Route};

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    [guides::routes(), plain::routes(), roles::routes()].into_iter().flatten().collect()
}

/// Somebody who may or may not be signed in.
pub(crate) struct Guest {
    app: App,
    visit: Option<Visit>,
}

impl FromRequestParts<App> for Guest {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self { app: app.clone(), visit: Visit::from_request_parts(parts, app).await.ok() })
    }
}

impl Guest {
    pub(crate) fn frame(&self, title: &str) -> Page {
        match &self.visit {
            Some(visit) => frame(visit, title),
            None => base(&self.app, title),
        }
    }

    /// The authority's name, or what stands for it.
    fn authority(&self) -> String {
        let name = &self.app.casework.settings().authority;
        if name.is_empty() { "your authority".to_owned() } else { name.clone() }
    }
}

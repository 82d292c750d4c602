//! Help, accessibility, privacy, the source, and who does what: for whoever asks, signed in or not.

mod guides;
mod named;
mod plain;
mod roles;

pub(crate) use guides::drawn as prose;
pub(crate) use named::{for_colleagues, for_everybody};
pub(crate) use roles::{place_link, role_link};

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
    pub(crate) fn authority(&self) -> String {
        let name = &self.app.casework.settings().authority;
        if name.is_empty() { "your authority".to_owned() } else { name.clone() }
    }

    /// The use cases, for what everybody may read.
    pub(crate) fn casework(&self) -> &kinfold_casework::Casework {
        &self.app.casework
    }

    /// Whether a link to a measure leads them anywhere.
    pub(crate) fn sees_measures(&self) -> bool {
        self.visit.as_ref().is_some_and(|v| v.actor.may().has(kinfold_casework::Action::ViewMeasures))
    }
}

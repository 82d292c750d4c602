//! A picture or a recording sent from a telephone.

use axum::extract::{FromRequest, FromRequestParts, Request};
use kinfold_casework::forms::NewFile;
use kinfold_casework::me::LARGEST_OWN_FILE;
use kinfold_look::form::FormState;

use crate::App;
use crate::oops::Oops;
use crate::sent::same_origin;
use crate::upload::{file_of, parts_of, text_of};
use crate::visit::Visit;

/// What was sent, by somebody signed in, from a page of this session.
pub(super) struct OwnUpload {
    pub visit: Visit,
    pub files: Vec<NewFile>,
}

impl FromRequest<App> for OwnUpload {
    type Rejection = Oops;

    async fn from_request(request: Request, app: &App) -> Result<Self, Oops> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        let (headers, path) = (parts.headers.clone(), visit.path.clone());
        let request = Request::from_parts(parts, body);
        let mut multipart = parts_of(request, app).await?;
        let (mut pairs, mut files) = (Vec::new(), Vec::new());
        while let Some(mut field) = multipart.next_field().await.map_err(|_| Oops::TooLarge)? {
            let name = field.name().unwrap_or("").to_owned();
            match field.file_name().map(str::is_empty) {
                None => pairs.push((name, text_of(&mut field).await?)),
                // A field for files in which none was chosen is sent with an empty name.
                Some(true) => {}
                // A page of ours sends a photo or a recording, and maybe a drawing.
                Some(false) if files.len() >= 2 => return Err(Oops::TooLarge),
                Some(false) => files.push(file_of(&mut field, LARGEST_OWN_FILE).await?),
            }
        }
        let form = FormState::from_pairs(pairs);
        if !same_origin(&headers) || !visit.actor.csrf_fits(form.value("csrf")) {
            return Err(Oops::Expired { action: path, typed: Box::new(form) });
        }
        Ok(Self { visit, files })
    }
}

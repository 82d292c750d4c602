//! A picture or a recording sent from a telephone. However large it is, it is read to its end, so that the answer can say
//! in words that it is too big: a broken connection says nothing to a child.

use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use kinfold_casework::Error;
use kinfold_casework::forms::NewFile;
use kinfold_casework::me::LARGEST_OWN_FILE;
use kinfold_look::form::FormState;

use crate::App;
use crate::oops::Oops;
use crate::sent::same_origin;
use crate::upload::plain;
use crate::visit::Visit;

/// The most that is read before the connection is closed, in bytes. What is over [`LARGEST_OWN_FILE`] is not kept.
pub(super) const LARGEST_READ: usize = 512 * 1024 * 1024;

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
        let not_ours = |_| Oops::from(Error::invalid("", "This was not sent from one of our pages."));
        let request = Request::from_parts(parts, body);
        let mut multipart = Multipart::from_request(request, app).await.map_err(not_ours)?;
        let (mut pairs, mut files) = (Vec::new(), Vec::new());
        while let Some(mut field) = multipart.next_field().await.map_err(|_| Oops::TooLarge)? {
            let name = field.name().unwrap_or("").to_owned();
            let Some(called) = field.file_name().map(str::to_owned) else {
                pairs.push((name, field.text().await.map_err(|_| Oops::TooLarge)?));
                continue;
            };
            let (mut bytes, mut size) = (Vec::new(), 0);
            while let Some(chunk) = field.chunk().await.map_err(|_| Oops::TooLarge)? {
                size += chunk.len();
                if size <= LARGEST_OWN_FILE {
                    bytes.extend_from_slice(&chunk);
                } else {
                    bytes = Vec::new();
                }
            }
            if !called.is_empty() {
                let name = plain(&called).rsplit('/').next().unwrap_or("file").to_owned();
                files.push(NewFile { name, bytes: (size <= LARGEST_OWN_FILE).then_some(bytes), size });
            }
        }
        let form = FormState::from_pairs(pairs);
        if !same_origin(&headers) || !visit.actor.csrf_fits(form.value("csrf")) {
            return Err(Oops::Expired { action: path, typed: Box::new(form) });
        }
        Ok(Self { visit, files })
    }
}

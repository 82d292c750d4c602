//! Files sent with a form. Nothing sent is believed: not the name, not the kind, not the size.

use std::task::Poll;

use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use futures::stream::{self, StreamExt as _};
use kinfold_casework::Error;
use kinfold_casework::forms::NewFile;
use kinfold_look::form::FormState;

use crate::oops::Oops;
use crate::sent::same_origin;
use crate::visit::Visit;
use crate::{App, LARGEST};

/// The most that one upload may hold, in bytes, packed or not. A larger return goes in by the command line.
pub(crate) const LARGEST_UPLOAD: usize = 64 * 1024 * 1024;
/// The most files in one upload.
const MOST_FILES: usize = 500;

/// The most that is read of one file which is looked at by a person, before the connection is closed, in bytes. A file that is
/// larger than is taken is read to its end and let go, so that the answer can say in words that it is too large and how
/// large it was: a broken connection says nothing.
pub(crate) const LARGEST_READ: usize = 512 * 1024 * 1024;

/// A form with files, a piece at a time. Its reader takes in all that is there before it looks at any of it: a quick sender
/// would fill the memory, so that after each piece nothing more is there for a moment.
pub(crate) async fn parts_of(request: Request, app: &App) -> Result<Multipart, Oops> {
    let (parts, body) = request.into_parts();
    let (mut pieces, mut rest) = (body.into_data_stream(), false);
    let paced = stream::poll_fn(move |context| {
        if std::mem::take(&mut rest) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let next = pieces.poll_next_unpin(context);
        rest = matches!(next, Poll::Ready(Some(Ok(_))));
        next
    });
    let request = Request::from_parts(parts, Body::from_stream(paced));
    let not_ours = |_| Error::invalid("", "This was not sent by one of our forms.").into();
    Multipart::from_request(request, app).await.map_err(not_ours)
}

/// A field that was typed.
pub(crate) async fn text_of(field: &mut Field<'_>) -> Result<String, Oops> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| Oops::TooLarge)? {
        if bytes.len() + chunk.len() > LARGEST {
            return Err(Oops::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A file of which at most `most` bytes are kept: none of it when it is larger, and then only its size is known.
pub(crate) async fn file_of(field: &mut Field<'_>, most: usize) -> Result<NewFile, Oops> {
    let name =
        field.file_name().map(plain).unwrap_or_default().rsplit('/').next().unwrap_or("file").to_owned();
    let (mut bytes, mut size) = (Vec::new(), 0);
    while let Some(chunk) = field.chunk().await.map_err(|_| Oops::TooLarge)? {
        size += chunk.len();
        if size <= most {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    Ok(NewFile { name, bytes: (size <= most).then_some(bytes), size })
}

/// One file.
pub(crate) struct Uploaded {
    /// The name the browser gave, without folders that lead upwards.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A form with files, of somebody signed in. Its token has been compared with the session's.
pub(crate) struct Upload {
    pub visit: Visit,
    pub form: FormState,
    pub files: Vec<Uploaded>,
}

impl FromRequest<App> for Upload {
    type Rejection = Oops;

    async fn from_request(request: Request, app: &App) -> Result<Self, Oops> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        let headers = parts.headers.clone();
        let path = visit.path.clone();
        let request = Request::from_parts(parts, body);
        let mut multipart = parts_of(request, app).await?;
        let (mut pairs, mut files) = (Vec::new(), Vec::new());
        while let Some(field) = multipart.next_field().await.map_err(|_| Oops::TooLarge)? {
            let name = field.name().unwrap_or("").to_owned();
            match field.file_name().map(str::to_owned) {
                // A field for files in which none was chosen is sent with an empty name.
                Some(file) if file.is_empty() => {}
                Some(file) => {
                    let bytes = field.bytes().await.map_err(|_| Oops::TooLarge)?.to_vec();
                    if files.len() >= MOST_FILES {
                        return Err(Error::invalid(
                            "",
                            "These are too many files at once. Send those of one return.",
                        )
                        .into());
                    }
                    files.push(Uploaded { name: plain(&file), bytes });
                }
                None => pairs.push((name, field.text().await.map_err(|_| Oops::TooLarge)?)),
            }
        }
        let form = FormState::from_pairs(pairs);
        if !same_origin(&headers) || !visit.actor.csrf_fits(form.value("csrf")) {
            return Err(Oops::Expired { action: path, typed: Box::new(form) });
        }
        Ok(Self { visit, form, files })
    }
}

/// A file's name with its folders, without anything that leads upwards or stands for nothing.
pub(crate) fn plain(name: &str) -> String {
    name.split(['/', '\\'])
        .filter(|part| !part.is_empty() && *part != "." && *part != "..")
        .map(|part| part.chars().filter(|c| !c.is_control()).take(120).collect::<String>())
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_never_leads_upwards() {
        assert_eq!(plain("../../etc/passwd"), "etc/passwd");
        assert_eq!(plain("C:\\return\\2026\\episodes.csv"), "C:/return/2026/episodes.csv");
        assert_eq!(plain("a\u{0}b//./c.csv"), "ab/c.csv");
    }
}

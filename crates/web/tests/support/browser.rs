//! A browser without a screen: it keeps cookies, carries the form's token, and asks the router.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use tower::ServiceExt as _;

use super::PASSWORD;

#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    pub csrf: String,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|v| v.to_str().ok()).unwrap_or("")
    }

    pub fn title(&self) -> &str {
        self.body
            .split_once("<title>")
            .and_then(|(_, rest)| rest.split_once("</title>"))
            .map_or("", |(title, _)| title)
    }

    /// The value of a hidden field.
    pub fn field(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\"");
        let Some((before, after)) = self.body.split_once(&mark) else { return String::new() };
        let start = before.rfind('<').unwrap_or(0);
        let tag = format!("{}{mark}{}", &before[start..], after.split('>').next().unwrap_or(""));
        tag.split_once("value=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map_or(String::new(), |(v, _)| v.to_owned())
    }
}

pub fn encode(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

impl Browser {
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), csrf: String::new() }
    }

    pub async fn ask(&mut self, method: Method, path: &str, body: Option<String>) -> Answer {
        self.ask_with(method, path, body, &[]).await
    }

    pub async fn ask_with(
        &mut self,
        method: Method,
        path: &str,
        body: Option<String>,
        extra: &[(&str, &str)],
    ) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:8080");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if body.is_some() && !extra.iter().any(|(name, _)| *name == "content-type") {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        for (name, value) in extra {
            request = request.header(*name, *value);
        }
        let request = request.body(body.map_or_else(Body::empty, Body::from)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let (pair, rest) = line.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() || rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.to_vec(),
        }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await
    }

    /// Sends a form with this session's token.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend(fields);
        self.ask(Method::POST, path, Some(encode(&all))).await
    }

    /// Sends a resource as another program does, with this session's token.
    pub async fn send_fhir(&mut self, path: &str, resource: &str) -> Answer {
        let token = self.csrf.clone();
        let headers = [("content-type", "application/fhir+json"), ("x-csrf-token", token.as_str())];
        self.ask_with(Method::POST, path, Some(resource.to_owned()), &headers).await
    }

    /// Sends a form for files with this session's token and no file.
    pub async fn upload(&mut self, path: &str) -> Answer {
        let body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--edge--\r\n",
            self.csrf
        );
        self.ask_with(
            Method::POST,
            path,
            Some(body),
            &[("content-type", "multipart/form-data; boundary=edge")],
        )
        .await
    }

    /// The password and the code, as a person gives them.
    pub async fn sign_in(&mut self, email: &str) {
        let answer = self
            .ask(Method::POST, "/sign-in", Some(encode(&[("email", email), ("password", PASSWORD)])))
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{email}: {}", answer.body);
        let code = self.code().await;
        let answer = self.ask(Method::POST, "/sign-in/code", Some(encode(&[("code", &code)]))).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{email}: {}", answer.body);
        self.learn_token().await;
    }

    /// The code that the invented council shows.
    pub async fn code(&mut self) -> String {
        let page = self.get("/sign-in/code").await;
        let (_, rest) =
            page.body.split_once("The code now is <strong>").unwrap_or_else(|| panic!("{}", page.body));
        rest.split('<').next().unwrap().to_owned()
    }

    async fn learn_token(&mut self) {
        let page = self.get("/confirm-password").await;
        self.csrf = page.field("csrf");
        assert!(!self.csrf.is_empty(), "no token on {}", page.body);
    }

    /// Gives the password again.
    pub async fn confirm(&mut self) {
        let answer = self.post("/confirm-password", &[("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
}

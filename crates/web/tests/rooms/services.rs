//! What anybody may read without an account names nobody: no child, nobody who works here, nobody an entry names; and tells no
//! address that is hidden.

use crate::support::people::someone;
use crate::support::{Council, HIDDEN_NAME, OPEN_NAME, Tie};
use axum::http::{Method, StatusCode};
use kinfold_access::Role;
use kinfold_store::testing;
use kinfold_web::{For, routes};

const FEED: &str = r#"[
  {"id": "0b6f3c2e-0d5c-4a55-8f5e-0a2f6c1d7e01", "name": "Open Door", "status": "active", "description": "Talking",
   "minimum_age": 11, "maximum_age": 25, "assurer_email": "perpetua@minds.example",
   "contacts": [{"id": "c", "name": "Perpetua Nightingale", "title": "Duty worker"}],
   "service_at_locations": [{"id": "l", "location": {"id": "p", "location_type": "physical", "latitude": 53.05, "longitude": 1.2,
     "addresses": [{"id": "a", "address_1": "1 Mill Lane", "city": "Fernham", "state_province": "", "postal_code": "FN1 1AA", "country": "GB"}]}}]},
  {"id": "0b6f3c2e-0d5c-4a55-8f5e-0a2f6c1d7e02", "name": "A refuge", "status": "active", "minimum_age": 16, "maximum_age": 25,
   "service_at_locations": [{"id": "l", "location": {"id": "q", "location_type": "physical", "latitude": 52.9876, "longitude": 1.0543,
     "addresses": [{"id": "a", "address_1": "77 Quince Row", "city": "Nowhere Regis", "state_province": "", "postal_code": "FN3 3ZZ", "country": "GB"}]}}]}
]"#;

#[tokio::test(flavor = "multi_thread")]
async fn no_public_page_names_anybody_or_tells_a_hidden_address() {
    let people = vec![someone(Role::SocialWorker, Tie::Circle), someone(Role::Commissioner, Tie::Nobody)];
    let council = Council::open(testing::sqlite().await, people.clone(), 2).await;
    let file = council.casework.read_directory_file("feed.json", FEED.as_bytes()).unwrap();
    let done = council.casework.import_directory(None, &file).await.unwrap();
    assert_eq!((done.plan.counts.new, done.plan.counts.wrong), (2, 0), "{:?}", done.plan.wrong);
    let mut paths: Vec<String> = routes()
        .iter()
        .filter(|r| r.method == Method::GET && matches!(r.whom, For::Anybody))
        .map(|r| r.path.replace("{role}", "social_worker"))
        .collect();
    for id in ["0b6f3c2e-0d5c-4a55-8f5e-0a2f6c1d7e01", "0b6f3c2e-0d5c-4a55-8f5e-0a2f6c1d7e02"] {
        for page in ["services", "local-help", "open-referral/services"] {
            paths.push(format!("/{page}/{id}"));
        }
    }
    for search in ["q=refuge", "place=FN3", "place=Nowhere", "age=17"] {
        paths.extend([format!("/services?{search}"), format!("/local-help?{search}")]);
    }
    let mut secrets: Vec<String> = vec![
        "Perpetua",
        "perpetua",
        "Nightingale",
        "Quince",
        "Nowhere Regis\"",
        "FN3 3ZZ",
        "52.98",
        "1.0543",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect();
    secrets.extend([OPEN_NAME.0, OPEN_NAME.1, HIDDEN_NAME.0, HIDDEN_NAME.1, "Marl Way"].map(str::to_owned));
    secrets.extend(people.iter().map(|p| p.email.clone()));
    let mut browser = council.stranger();
    let mut found = 0;
    for path in paths.iter().filter(|path| !path.contains('{')) {
        let answer = browser.get(path).await;
        // A paper that is not published yet is not there.
        assert!(
            !answer.status.is_server_error() && answer.status != StatusCode::METHOD_NOT_ALLOWED,
            "{path}: {}",
            answer.status
        );
        found += usize::from(answer.body.contains("Open Door"));
        for secret in &secrets {
            assert!(!answer.body.contains(secret.as_str()), "{path} tells {secret:?}");
        }
    }
    assert!(found > 4, "the entries were looked at: {found}");
}

//! Forms of health as they really arrive: half filled in, sent twice, by a link that is over, with a photo that is too
//! large, a file that is not what it says, a figure no child has. A clear sentence, and nothing lost.

use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use kinfold_access::Role;

use crate::council;
use crate::support::{Answer, Browser, Council, OPEN, Tie};

async fn start(worker: &mut Browser, form: &str) -> String {
    let answer = worker.post(&format!("/children/{OPEN}/forms"), &[("form", form), ("key", form)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

/// Answers one page of a form as its own fields are sent; a code in a radio, a text, the parts of a date.
async fn answer(browser: &mut Browser, page: &str, fields: &[(&str, &str)]) -> Answer {
    let mark = browser.get(page).await.field("draft-version");
    let mut all = fields.to_vec();
    all.push(("draft-version", &mark));
    browser.post(page, &all).await
}

/// Sends one file to an upload question.
async fn file(browser: &mut Browser, path: &str, name: &str, kind: &str, holds: &str) -> Answer {
    let csrf = browser.csrf.clone();
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--edge\r\nContent-Disposition: \
         form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n{holds}\r\n--edge--\r\n"
    );
    let headers = [("content-type", "multipart/form-data; boundary=edge")];
    browser.ask_with(Method::POST, path, Some(body), &headers).await
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_form_says_what_is_missing_and_keeps_the_other_half() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let before = council.entries(OPEN).await;
    let form = start(&mut worker, "health.assessment_request").await;
    let page = format!("{form}/sections/background/homes");
    let saved = answer(&mut worker, &page, &[("homes", "With an aunt until the spring.")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    // A page sent without its question, and the whole form sent when half of it is empty.
    let empty = answer(&mut worker, &format!("{form}/sections/request/assessment"), &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.title().starts_with("Error"), "{}", empty.title());
    let check = worker.get(&format!("{form}/check")).await;
    let (key, seen) = (check.field("key"), check.field("seen-version"));
    let sent = worker.post(&format!("{form}/check"), &[("key", &key), ("seen-version", &seen)]).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.body.contains("govuk-error-summary") && sent.body.contains("With an aunt"), "{}", sent.body);
    assert_eq!(council.entries(OPEN).await, before, "nothing of it is recorded");
    assert!(worker.get(&page).await.body.contains("With an aunt until the spring."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_submitted_twice_is_one_document() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let before = council.entries(OPEN).await;
    let form = start(&mut worker, "health.sdq").await;
    let at = |page: &str| format!("{form}/sections/who/{page}");
    answer(&mut worker, &at("filled_in"), &[("filled_in", "no")]).await;
    answer(&mut worker, &at("informant"), &[("informant", "parent_carer")]).await;
    let day = [("filled_on-day", "16"), ("filled_on-month", "11"), ("filled_on-year", "2026")];
    answer(&mut worker, &at("filled_on"), &day).await;
    answer(&mut worker, &at("no_score"), &[("no_score", "SDQ2")]).await;
    let check = worker.get(&format!("{form}/check")).await;
    let (key, seen) = (check.field("key"), check.field("seen-version"));
    let fields = [("key", key.as_str()), ("seen-version", seen.as_str())];
    let first = worker.post(&format!("{form}/check"), &fields).await;
    assert!(first.location().contains("/documents/"), "{} {}", first.status, first.body);
    let recorded = council.entries(OPEN).await;
    assert!(recorded > before);
    let second = worker.post(&format!("{form}/check"), &fields).await;
    assert_eq!(
        (second.status, second.location()),
        (StatusCode::SEE_OTHER, first.location()),
        "the first answer"
    );
    // Pressed again from another window, with a key of its own.
    let other = worker.post(&format!("{form}/check"), &[("key", "other"), ("seen-version", &seen)]).await;
    assert_ne!(other.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(council.entries(OPEN).await, recorded, "recorded once");
}

/// Asks somebody outside for what the child would like; answers the secret of the link.
async fn ask(worker: &mut Browser, form: &str) -> String {
    let fields = [
        ("name", "Sam Hale"),
        ("email", "sam.hale@carers.example"),
        ("due-day", "1"),
        ("due-month", "12"),
        ("due-year", "2026"),
    ];
    let asked = worker.post(&format!("{form}/ask/wishes"), &fields).await;
    asked.body.split("/fill/").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn enter(council: &Council, token: &str) -> Browser {
    let mut outside = council.stranger();
    outside.post(&format!("/fill/{token}/code"), &[]).await;
    let page = outside.get(&format!("/fill/{token}")).await;
    let code = page.body.split("The code is <strong>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let entered = outside.post(&format!("/fill/{token}/enter"), &[("code", &code)]).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    outside
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_sent_back_twice_comes_back_once_and_a_link_past_its_date_says_whom_to_ask() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let form = start(&mut worker, "health.assessment_request").await;
    let token = ask(&mut worker, &form).await;
    let mut outside = enter(&council, &token).await;
    let at = |page: &str| format!("/fill/{token}/sections/wishes/{page}");
    let early = outside.post(&format!("/fill/{token}/send"), &[]).await;
    assert_ne!(early.status, StatusCode::SEE_OTHER, "half a section does not go back");
    for (page, value) in [("where", "home"), ("language", "Welsh"), ("interpreter", "no")] {
        let saved = answer(&mut outside, &at(page), &[(page, value)]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{page}: {}", saved.body);
    }
    let saved = answer(&mut outside, &at("said"), &[("said", "Not at the surgery, please.")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let first = outside.post(&format!("/fill/{token}/send"), &[]).await;
    let again = outside.post(&format!("/fill/{token}/send"), &[]).await;
    for said in [&first, &again] {
        assert_ne!(said.status, StatusCode::INTERNAL_SERVER_ERROR);
    }
    let back = outside.get(&format!("/fill/{token}")).await;
    assert_eq!(back.status, StatusCode::GONE);
    assert!(back.body.contains("You have sent this back"), "{}", back.body);
    let page = worker.get(&format!("{form}/sections/wishes")).await;
    assert_eq!(page.body.matches("Not at the surgery, please.").count(), 1);

    // Another form, another link, whose day passes while half of it is written.
    let late = start(&mut worker, "health.sdq").await;
    let fields = [
        ("name", "Sam Hale"),
        ("email", "sam.hale@carers.example"),
        ("due-day", "1"),
        ("due-month", "12"),
        ("due-year", "2026"),
    ];
    let asked = worker.post(&format!("{late}/ask/who"), &fields).await;
    let token = asked.body.split("/fill/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let mut outside = enter(&council, &token).await;
    let page = format!("/fill/{token}/sections/who/language");
    answer(&mut outside, &format!("/fill/{token}/sections/who/filled_in"), &[("filled_in", "yes")]).await;
    answer(&mut outside, &page, &[("language", "Welsh")]).await;
    council.later(SignedDuration::from_hours(24 * 60));
    for path in [format!("/fill/{token}"), page.clone()] {
        let over = outside.get(&path).await;
        assert_eq!(over.status, StatusCode::GONE, "{path}");
        assert!(over.body.contains("This link is over") && over.body.contains("ask whoever sent it"));
    }
    let wrote = outside.post(&page, &[("language", "English")]).await;
    assert_eq!(wrote.status, StatusCode::GONE);
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let kept = worker.get(&format!("{late}/sections/who")).await;
    assert!(kept.body.contains("Welsh") && !kept.body.contains("English"), "what was saved in time is there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_of_fifty_megabytes_and_a_hostile_file_are_told_from_a_letter() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let form = start(&mut worker, "health.assessment_request").await;
    let homes = format!("{form}/sections/background/homes");
    answer(&mut worker, &homes, &[("homes", "With an aunt.")]).await;
    let at = format!("{form}/files/health_known/papers");
    let photo = "\u{1}".repeat(50 * 1024 * 1024);
    let large = file(&mut worker, &at, "photo.jpg", "image/jpeg", &photo).await;
    assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(large.body.contains("The file is 50 MB") && large.body.contains("10 MB"), "{}", large.body);
    for (name, kind, holds) in [
        ("letter.pdf", "application/pdf", "<html><script>alert(1)</script></html>"),
        ("letter.pdf", "application/pdf", "MZ\u{0}\u{0}this program cannot be run"),
        ("letter.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("letter.pdf", "application/pdf", ""),
    ] {
        let refused = file(&mut worker, &at, name, kind, holds).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{holds}");
        let said = ["This kind of file is not taken", "The file is empty"];
        assert!(said.iter().any(|words| refused.body.contains(words)), "{holds}: {}", refused.body);
    }
    // A real PDF that wants to run something, under a name that wants to be something else.
    let hostile = "%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n<script>x</script>\n%%EOF";
    let name = "../../<script>letter.html";
    let taken = file(&mut worker, &at, name, "text/html", hostile).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let page = worker.get(taken.location()).await;
    assert!(!page.body.contains("<script>letter"), "a name is text");
    let link = page.body.split("href=\"").find(|rest| rest.contains("/file/")).unwrap();
    let given = worker.get(link.split('"').next().unwrap()).await;
    assert_eq!(given.status, StatusCode::OK);
    let header = |name: &str| given.headers[name].to_str().unwrap().to_owned();
    assert!(
        header("content-disposition").starts_with("attachment; filename=\"file-"),
        "never shown in a page"
    );
    assert_eq!(header("content-type"), "application/pdf", "what it is, not what it was called");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").contains("sandbox"));
    assert!(worker.get(&homes).await.body.contains("With an aunt."), "nothing else was lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_no_child_has_is_refused_and_the_other_figures_stay() {
    let council = council(&[(Role::SocialWorker, Tie::Circle)]).await;
    let mut worker = council.sign_in(Role::SocialWorker, Tie::Circle).await;
    let before = council.entries(OPEN).await;
    let path = format!("/children/{OPEN}/record/growth_measured");
    let send = async |worker: &mut Browser, weight: &str, more: &[(&str, &str)]| {
        let form = worker.get(&path).await;
        let (key, version) = (form.field("key"), form.field("seen-version"));
        let mut fields = vec![
            ("key", key.as_str()),
            ("seen-version", version.as_str()),
            ("draft-version", "0"),
            ("happened-day", "20"),
            ("happened-month", "11"),
            ("happened-year", "2026"),
            ("weight_g", weight),
            ("height_mm", "1450"),
        ];
        fields.extend(more);
        worker.post(&path, &fields).await
    };
    for weight in ["3200000", "-5", "0", "forty", "99999999999999999999"] {
        let refused = send(&mut worker, weight, &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{weight}");
        assert!(refused.body.contains("govuk-error-summary"), "{weight}");
        assert!(
            refused.body.contains(&format!("value=\"{weight}\"")) && refused.body.contains("value=\"1450\"")
        );
    }
    assert_eq!(council.entries(OPEN).await, before);
    let usual = send(&mut worker, "38000", &[]).await;
    assert_eq!(usual.status, StatusCode::SEE_OTHER, "{}", usual.body);
    assert_eq!(council.entries(OPEN).await, before + 1);
}

//! How to ask every address: one row each. A new page adds its row, and every role is asked about it.

use kinfold_access::Action;
use kinfold_record::{ChildId, EntryId, EventKind};
use uuid::Uuid;

use crate::support::marks::{ACTION, PART, REVIEW};
use crate::support::{AGENCY, CARE, Council, OPEN, OPEN_REFERENCE, note_of};

/// One address.
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    /// Rights about the child that the values chosen here ask for, besides those of the address.
    pub also: &'static [Action],
    /// It is for those who may record anything at all.
    pub records: bool,
    /// Asking it ends the session of whoever asks.
    pub ends_session: bool,
    /// It reads nothing about anybody, so the log does not hold it.
    pub unlogged: bool,
    /// It takes a file, not a form of fields.
    pub upload: bool,
    /// The value chosen here names nothing that exists, so that those who may ask can be told so too.
    pub names_nothing: bool,
}

const fn get(path: &'static str) -> Row {
    Row {
        method: "GET",
        path,
        also: &[],
        records: false,
        ends_session: false,
        unlogged: false,
        upload: false,
        names_nothing: false,
    }
}

const fn post(path: &'static str) -> Row {
    Row { method: "POST", ..get(path) }
}

impl Row {
    const fn also(self, also: &'static [Action]) -> Self {
        Self { also, ..self }
    }

    const fn records(self) -> Self {
        Self { records: true, ..self }
    }

    const fn ends_session(self) -> Self {
        Self { ends_session: true, ..self }
    }

    /// For addresses whose values here name nothing: nothing is read, so the log has nothing to hold.
    const fn nothing_there(self) -> Self {
        Self { names_nothing: true, unlogged: true, ..self }
    }

    const fn upload(self) -> Self {
        Self { upload: true, ..self }
    }

    const fn names_nothing(self) -> Self {
        Self { names_nothing: true, ..self }
    }
}

/// Every address.
pub const ROWS: &[Row] = &[
    // Signing in.
    get("/sign-in"),
    post("/sign-in"),
    post("/sign-out").ends_session(),
    get("/sign-in/code"),
    post("/sign-in/code"),
    get("/confirm-password"),
    post("/confirm-password"),
    get("/account"),
    get("/account/password"),
    post("/account/password"),
    post("/account/sessions/end").ends_session(),
    get("/account/calendar"),
    post("/account/calendar"),
    post("/account/calendar/stop"),
    get("/feeds/{token}").names_nothing(),
    // Help.
    get("/help"),
    get("/help/{role}"),
    get("/accessibility"),
    get("/privacy"),
    get("/source"),
    get("/roles"),
    // Work.
    get("/"),
    get("/board/team-work"),
    get("/notices"),
    post("/notices/read"),
    post("/notices/{notice}/read").names_nothing(),
    get("/find"),
    post("/find"),
    get("/board"),
    get("/board/stuck"),
    get("/board/children"),
    get("/board/list"),
    get("/board.csv"),
    get("/board.xlsx"),
    get("/board/list.csv"),
    get("/board/list.xlsx"),
    get("/measures"),
    get("/measures.csv"),
    get("/measures.xlsx"),
    get("/measures/{measure}"),
    get("/needs"),
    get("/needs.csv"),
    get("/needs.xlsx"),
    get("/needs.pdf"),
    // Action plans: there are none yet.
    get("/plans"),
    get("/plans/new"),
    post("/plans/new"),
    post("/plans/take-up"),
    get("/plans/{plan}").nothing_there(),
    get("/plans/{plan}/add").nothing_there(),
    post("/plans/{plan}/add").nothing_there(),
    get("/plans/{plan}/change").nothing_there(),
    post("/plans/{plan}/change").nothing_there(),
    get("/plans/{plan}/report").nothing_there(),
    post("/plans/{plan}/report").nothing_there(),
    get("/plans/{plan}/reports/{version}").nothing_there(),
    get("/plans/{plan}/reports/{version}/report.pdf").nothing_there(),
    get("/plans/{plan}/reports/{version}/report.csv").nothing_there(),
    get("/plans/{plan}/reports/{version}/report.xlsx").nothing_there(),
    get("/plans/{plan}/plan.pdf").nothing_there(),
    get("/plans/{plan}/plan.csv").nothing_there(),
    get("/plans/{plan}/plan.xlsx").nothing_there(),
    // Self-assessments: there are none yet.
    get("/audits"),
    get("/audits/new"),
    post("/audits/new"),
    get("/audits/compare"),
    get("/audits/{audit}").nothing_there(),
    get("/audits/{audit}/profile").nothing_there(),
    get("/audits/{audit}/audit.pdf").nothing_there(),
    get("/audits/{audit}/audit.csv").nothing_there(),
    get("/audits/{audit}/audit.xlsx").nothing_there(),
    post("/audits/{audit}/close").nothing_there(),
    get("/audits/{audit}/questions/{question}").nothing_there(),
    get("/audits/{audit}/questions/{question}/{what}").nothing_there(),
    post("/audits/{audit}/questions/{question}/{what}").nothing_there(),
    get("/plans/{plan}/{item}").nothing_there(),
    get("/plans/{plan}/{item}/{what}").nothing_there(),
    post("/plans/{plan}/{item}/{what}").nothing_there(),
    // The panel: no meeting was called yet.
    get("/panel"),
    get("/panel/new"),
    post("/panel/new"),
    get("/panel/visits"),
    get("/panel/visits/new"),
    post("/panel/visits/new"),
    get("/panel/visits/{visit}").nothing_there(),
    post("/panel/visits/{visit}").nothing_there(),
    get("/panel/visits/{visit}/withdraw").nothing_there(),
    post("/panel/visits/{visit}/withdraw").nothing_there(),
    get("/panel/words"),
    get("/panel/words/new"),
    post("/panel/words/new"),
    post("/panel/words/{words}/back").nothing_there(),
    get("/panel/{meeting}").nothing_there(),
    get("/panel/{meeting}/move").nothing_there(),
    post("/panel/{meeting}/move").nothing_there(),
    get("/panel/{meeting}/cancel").nothing_there(),
    post("/panel/{meeting}/cancel").nothing_there(),
    get("/panel/{meeting}/remark").nothing_there(),
    post("/panel/{meeting}/remark").nothing_there(),
    get("/panel/{meeting}/call").nothing_there(),
    post("/panel/{meeting}/call").nothing_there(),
    get("/panel/{meeting}/attendance").nothing_there(),
    post("/panel/{meeting}/attendance").nothing_there(),
    get("/panel/{meeting}/add").nothing_there(),
    post("/panel/{meeting}/add").nothing_there(),
    get("/panel/{meeting}/items/{item}").nothing_there(),
    post("/panel/{meeting}/items/{item}").nothing_there(),
    post("/panel/{meeting}/items/{item}/off").nothing_there(),
    get("/panel/{meeting}/items/{item}/paper").nothing_there(),
    post("/panel/{meeting}/items/{item}/paper").nothing_there().upload(),
    post("/panel/{meeting}/items/{item}/paper/{file}/away").nothing_there(),
    get("/panel/{meeting}/files/{file}").nothing_there(),
    post("/panel/{meeting}/pack").nothing_there(),
    get("/panel/{meeting}/packs/{number}").nothing_there(),
    get("/panel/{meeting}/packs/{number}/pack.pdf").nothing_there(),
    get("/panel/{meeting}/minutes").nothing_there(),
    get("/panel/{meeting}/minutes/minutes.pdf").nothing_there(),
    post("/panel/{meeting}/agree").nothing_there(),
    get("/panel/{meeting}/items/{item}/minute").nothing_there(),
    post("/panel/{meeting}/items/{item}/minute").nothing_there(),
    get("/panel/{meeting}/items/{item}/decide").nothing_there(),
    post("/panel/{meeting}/items/{item}/decide").nothing_there(),
    // What is published: nothing yet.
    get("/publications"),
    get("/publications/new"),
    post("/publications/new"),
    get("/publications/{publication}").nothing_there(),
    post("/publications/{publication}/figures").nothing_there(),
    get("/publications/{publication}/remark").nothing_there(),
    post("/publications/{publication}/remark").nothing_there(),
    get("/publications/{publication}/add").nothing_there(),
    post("/publications/{publication}/add").nothing_there(),
    get("/publications/{publication}/sections/{passage}").nothing_there(),
    post("/publications/{publication}/sections/{passage}").nothing_there(),
    post("/publications/{publication}/parts/{passage}/out").nothing_there(),
    get("/publications/{publication}/add-promise").nothing_there(),
    post("/publications/{publication}/add-promise").nothing_there(),
    get("/publications/{publication}/promises/{promise}").nothing_there(),
    post("/publications/{publication}/promises/{promise}").nothing_there(),
    get("/publications/{publication}/publish").nothing_there(),
    post("/publications/{publication}/publish").nothing_there(),
    get("/publications/{publication}/check").nothing_there(),
    post("/publications/{publication}/check").nothing_there(),
    get("/published"),
    get("/published/{publication}").nothing_there(),
    get("/published/{publication}/versions/{number}").nothing_there(),
    get("/published/{publication}/versions/{number}/paper.pdf").nothing_there(),
    get("/pledge"),
    get("/measures/{measure}/children.csv"),
    get("/measures/{measure}/children.xlsx"),
    // Surveys: there is no round yet.
    get("/surveys"),
    get("/surveys/new"),
    post("/surveys/new").upload(),
    post("/surveys/open"),
    get("/surveys/{round}").nothing_there(),
    post("/surveys/{round}/remind").nothing_there(),
    post("/surveys/{round}/close").nothing_there(),
    get("/surveys/{round}/move").nothing_there(),
    post("/surveys/{round}/move"),
    get("/surveys/{round}/more").nothing_there(),
    post("/surveys/{round}/more").upload(),
    get("/surveys/{round}/texts/{question}").nothing_there(),
    post("/surveys/{round}/texts/{question}").nothing_there(),
    get("/surveys/{round}/results.pdf").nothing_there(),
    get("/surveys/{round}/results.csv").nothing_there(),
    get("/surveys/{round}/results.xlsx").nothing_there(),
    get("/survey/{token}").names_nothing(),
    post("/survey/{token}").names_nothing(),
    post("/survey/{token}/send").names_nothing(),
    // The directory: nothing is in it yet.
    get("/services"),
    get("/services/who-to-tell"),
    get("/services/{service}").names_nothing(),
    get("/local-help"),
    get("/local-help/{service}").names_nothing(),
    get("/open-referral"),
    get("/open-referral/services"),
    get("/open-referral/services.json"),
    get("/open-referral/services/{service}").names_nothing(),
    get("/directory"),
    get("/directory/new"),
    post("/directory/new"),
    get("/directory/{listing}").nothing_there(),
    get("/directory/{listing}/change").nothing_there(),
    post("/directory/{listing}/change").nothing_there(),
    post("/directory/{listing}/checked").nothing_there(),
    get("/directory/{listing}/owner").nothing_there(),
    post("/directory/{listing}/owner").nothing_there(),
    get("/directory/{listing}/end").nothing_there(),
    post("/directory/{listing}/end"),
    get("/directory/import"),
    post("/directory/import").upload(),
    get("/directory/import/{job}").nothing_there(),
    post("/directory/import/{job}/start").nothing_there(),
    get("/directory/import/runs/{run}/undo").nothing_there(),
    post("/directory/import/runs/{run}/undo").nothing_there(),
    get("/directory/export.csv"),
    get("/directory/export.xlsx"),
    // One child. The kind asked about is a note.
    get("/children/{child}"),
    get("/children/{child}/done"),
    get("/children/{child}/chronology"),
    get("/children/{child}/record"),
    get("/children/{child}/record/{kind}").also(&[Action::RecordNote]),
    post("/children/{child}/record/{kind}").also(&[Action::RecordNote]),
    post("/children/{child}/record/{kind}/draft").records(),
    post("/children/{child}/record/{kind}/discard"),
    get("/children/{child}/entries/{entry}").also(&[Action::ViewChild, Action::ViewChronology]),
    post("/children/{child}/entries/{entry}").also(&[Action::ViewChild, Action::ViewChronology]),
    post("/children/{child}/entries/{entry}/withdraw").also(&[Action::ViewChild, Action::ViewChronology]),
    get("/children/{child}/duties/{rule}/{occurrence}"),
    get("/children/{child}/duties/{rule}/{occurrence}/excuse").also(&[Action::ViewChild]),
    post("/children/{child}/duties/{rule}/{occurrence}/excuse").also(&[Action::ViewChild]),
    // The child's own space.
    get("/me"),
    get("/me/say"),
    get("/me/say/words"),
    post("/me/say/words").nothing_there(),
    get("/me/say/add"),
    post("/me/say/add").upload(),
    post("/me/say/add/{file}/remove").nothing_there(),
    get("/me/say/who"),
    post("/me/say/who").nothing_there(),
    get("/me/say/check"),
    post("/me/say/check").nothing_there(),
    post("/me/say/drop"),
    get("/me/said"),
    get("/me/said/{entry}").nothing_there(),
    get("/me/files/{file}").nothing_there(),
    get("/me/help-now"),
    post("/me/help-now"),
    get("/me/people"),
    get("/me/plan"),
    get("/me/review"),
    get("/me/review/say"),
    post("/me/review/say").nothing_there(),
    get("/me/review/part"),
    post("/me/review/part"),
    get("/me/decisions"),
    get("/me/health"),
    get("/me/rights"),
    get("/me/things"),
    post("/me/things").nothing_there(),
    post("/me/things/{entry}/remove").nothing_there(),
    get("/me/looked"),
    // The carer's space. There is no note and no question yet; `carers.rs` tells their story.
    get("/caring"),
    get("/caring/diary"),
    get("/caring/{child}").also(&[Action::ViewChild]),
    get("/caring/{child}/undertaking"),
    post("/caring/{child}/undertaking"),
    get("/caring/{child}/decisions").also(&[Action::ViewChild]),
    get("/caring/{child}/log").also(&[Action::ViewChild]),
    post("/caring/{child}/log").also(&[Action::ViewChild]),
    post("/caring/{child}/log/draft").also(&[Action::ViewChild]),
    post("/caring/{child}/log/discard").also(&[Action::ViewChild]),
    get("/caring/{child}/log/{entry}").also(&[Action::ViewChild]).nothing_there(),
    post("/caring/{child}/log/{entry}/withdraw").also(&[Action::ViewChild]).nothing_there(),
    get("/caring/{child}/questions").also(&[Action::ViewChild]),
    post("/caring/{child}/questions").also(&[Action::ViewChild]),
    get("/caring/{child}/questions/{entry}").also(&[Action::ViewChild]).nothing_there(),
    get("/children/{child}/carers").also(&[Action::ViewChild]),
    get("/children/{child}/carers/log/{entry}").also(&[Action::ViewChild]).nothing_there(),
    post("/children/{child}/carers/log/{entry}").also(&[Action::ViewChild]).nothing_there(),
    get("/children/{child}/carers/questions/{entry}").also(&[Action::ViewChild]).nothing_there(),
    post("/children/{child}/carers/questions/{entry}").also(&[Action::ViewChild]).nothing_there(),
    get("/children/{child}/decisions"),
    get("/children/{child}/decisions/record").also(&[Action::RecordHome]),
    post("/children/{child}/decisions/record").also(&[Action::RecordHome]),
    // What a child said, for those whom the child chose: nobody yet.
    get("/children/{child}/voice"),
    get("/children/{child}/voice/{entry}").nothing_there(),
    post("/children/{child}/voice/{entry}").nothing_there(),
    get("/children/{child}/voice/{entry}/files/{file}").nothing_there(),
    get("/children/{child}/own-space"),
    // Forms. What somebody may see of a form depends on the form too: `forms.rs` asks those that are there.
    get("/children/{child}/forms"),
    post("/children/{child}/forms").nothing_there(),
    get("/children/{child}/forms/{form}").nothing_there(),
    get("/children/{child}/forms/{form}/check").nothing_there(),
    post("/children/{child}/forms/{form}/check").nothing_there(),
    get("/children/{child}/forms/{form}/discard").nothing_there(),
    post("/children/{child}/forms/{form}/discard").nothing_there(),
    get("/children/{child}/forms/{form}/sections/{section}").nothing_there(),
    post("/children/{child}/forms/{form}/sections/{section}").nothing_there(),
    get("/children/{child}/forms/{form}/sections/{section}/{page}").nothing_there(),
    post("/children/{child}/forms/{form}/sections/{section}/{page}").nothing_there(),
    get("/children/{child}/forms/{form}/sections/{section}/{page}/{row}").nothing_there(),
    post("/children/{child}/forms/{form}/sections/{section}/{page}/{row}").nothing_there(),
    post("/children/{child}/forms/{form}/files/{section}/{question}").nothing_there().upload(),
    post("/children/{child}/forms/{form}/files/{section}/{question}/{file}").nothing_there(),
    get("/children/{child}/forms/{form}/file/{file}").nothing_there(),
    get("/children/{child}/forms/{form}/ask/{section}").nothing_there(),
    post("/children/{child}/forms/{form}/ask/{section}").nothing_there(),
    post("/children/{child}/forms/{form}/links/{link}/back").nothing_there(),
    get("/children/{child}/documents/{document}").nothing_there(),
    post("/children/{child}/documents/{document}/correct").nothing_there(),
    // Somebody outside, by a link.
    get("/fill/{token}").names_nothing(),
    post("/fill/{token}/code").names_nothing(),
    post("/fill/{token}/enter").names_nothing(),
    get("/fill/{token}/sections/{section}").names_nothing(),
    post("/fill/{token}/sections/{section}").names_nothing(),
    get("/fill/{token}/sections/{section}/{page}").names_nothing(),
    post("/fill/{token}/sections/{section}/{page}").names_nothing(),
    get("/fill/{token}/sections/{section}/{page}/{row}").names_nothing(),
    post("/fill/{token}/sections/{section}/{page}/{row}").names_nothing(),
    post("/fill/{token}/files/{section}/{question}").names_nothing().upload(),
    post("/fill/{token}/files/{section}/{question}/{file}").names_nothing(),
    post("/fill/{token}/send").names_nothing(),
    get("/children/new"),
    post("/children/new"),
    get("/children/{child}/circle"),
    get("/children/{child}/circle/add").also(&[Action::ViewChild]),
    post("/children/{child}/circle/add").also(&[Action::ViewChild]),
    get("/children/{child}/circle/key-worker").also(&[Action::ViewChild]),
    post("/children/{child}/circle/key-worker").also(&[Action::ViewChild]),
    get("/children/{child}/circle/{entry}/end").also(&[Action::ViewChild]),
    post("/children/{child}/circle/{entry}/end").also(&[Action::ViewChild]),
    get("/children/{child}/allocate").also(&[Action::ViewChild]),
    post("/children/{child}/allocate").also(&[Action::ViewChild]),
    get("/children/{child}/restrict").also(&[Action::ViewChild]),
    post("/children/{child}/restrict").also(&[Action::ViewChild]),
    post("/children/{child}/restrict/lift").also(&[Action::ViewChild]),
    post("/children/{child}/restrict/readers/{person}/end").also(&[Action::ViewChild]).names_nothing(),
    // Health. The kind asked about is a need.
    get("/children/{child}/health"),
    get("/children/{child}/health/record/{what}").also(&[Action::RecordHealth]),
    post("/children/{child}/health/record/{what}").also(&[Action::RecordHealth]),
    get("/children/{child}/health/family"),
    get("/children/{child}/health/summary"),
    post("/children/{child}/health/summary").also(&[Action::ViewHealth]),
    get("/children/{child}/health/passport"),
    get("/children/{child}/health/passport/copy"),
    post("/children/{child}/health/passport").also(&[Action::ViewHealth]),
    get("/health"),
    get("/health.csv"),
    get("/health.xlsx"),
    get("/health/clinics"),
    post("/health/clinics"),
    get("/health/referrals"),
    // Reviews. What somebody may see of a review depends on the review too: `reviews.rs` of casework tells that story.
    get("/children/{child}/reviews"),
    get("/children/{child}/reviews/call"),
    post("/children/{child}/reviews/call"),
    get("/children/{child}/reviews/{review}").nothing_there(),
    post("/children/{child}/reviews/{review}/answer/{part}").nothing_there(),
    post("/children/{child}/reviews/{review}/file").nothing_there(),
    get("/children/{child}/reviews/{review}/change").nothing_there(),
    post("/children/{child}/reviews/{review}/change").nothing_there(),
    get("/children/{child}/reviews/{review}/wishes").nothing_there(),
    post("/children/{child}/reviews/{review}/wishes").nothing_there(),
    get("/children/{child}/reviews/{review}/meeting").nothing_there(),
    post("/children/{child}/reviews/{review}/meeting").nothing_there(),
    post("/children/{child}/reviews/{review}/finish").nothing_there(),
    post("/children/{child}/reviews/{review}/record").nothing_there(),
    get("/children/{child}/reviews/{review}/copies/{part}").nothing_there(),
    post("/children/{child}/reviews/{review}/copies/{part}").nothing_there(),
    post("/children/{child}/reviews/{review}/copies/{part}/send").nothing_there(),
    get("/children/{child}/reviews/actions/{action}").nothing_there(),
    post("/children/{child}/reviews/actions/{action}").nothing_there(),
    post("/children/{child}/reviews/actions/{action}/move").nothing_there(),
    // Copies for people outside.
    get("/children/{child}/reviews/{review}/copies/{part}/link").nothing_there(),
    post("/children/{child}/reviews/{review}/copies/{part}/link").nothing_there(),
    get("/children/{child}/health/summary/link").also(&[Action::ViewHealth, Action::RecordHealth]),
    post("/children/{child}/health/summary/link").also(&[Action::ViewHealth, Action::RecordHealth]),
    get("/children/{child}/sending"),
    get("/children/{child}/sending/{copy}").names_nothing(),
    post("/children/{child}/sending/{copy}/release").nothing_there(),
    post("/children/{child}/sending/{copy}/refuse").nothing_there(),
    post("/children/{child}/sending/{copy}/back").nothing_there(),
    get("/copy/{token}").names_nothing(),
    post("/copy/{token}/code").names_nothing(),
    post("/copy/{token}/enter").names_nothing(),
    get("/children/{child}/dispute/{step}").also(&[Action::ViewChronology]),
    post("/children/{child}/dispute/{step}").also(&[Action::ViewChronology]),
    get("/reviews/year"),
    get("/reviews/year.csv"),
    // The record for other programs. Who is searched for is in the query: nobody here.
    get("/fhir/metadata"),
    get("/fhir/Patient/{child}"),
    get("/fhir/Patient/{child}/$everything"),
    get("/fhir/Patient/{child}/{type}"),
    get("/fhir/Patient/{child}/$passport"),
    get("/fhir/$token"),
    get("/fhir/{type}").names_nothing(),
    post("/fhir/{type}").names_nothing(),
    get("/fhir/{type}/{id}").names_nothing(),
    // People and teams.
    get("/admin"),
    post("/admin/find"),
    get("/admin/people/new"),
    post("/admin/people/new"),
    get("/admin/people/{person}"),
    get("/admin/people/{person}/change"),
    post("/admin/people/{person}/change"),
    post("/admin/people/{person}/off"),
    post("/admin/people/{person}/on"),
    post("/admin/people/{person}/first-password"),
    post("/admin/people/{person}/second-step"),
    get("/admin/people/{person}/roles/new"),
    post("/admin/people/{person}/roles/new"),
    get("/admin/people/{person}/roles/{grant}/end"),
    post("/admin/people/{person}/roles/{grant}/end"),
    get("/admin/teams"),
    get("/admin/teams/new"),
    post("/admin/teams/new"),
    get("/admin/teams/{team}"),
    post("/admin/teams/{team}"),
    get("/admin/agencies/new"),
    post("/admin/agencies/new"),
    get("/admin/agencies/{agency}"),
    post("/admin/agencies/{agency}"),
    get("/admin/circles"),
    post("/admin/circles"),
    get("/admin/circles/{reference}"),
    get("/admin/circles/{reference}/add"),
    post("/admin/circles/{reference}/add"),
    get("/admin/circles/{reference}/key-worker"),
    post("/admin/circles/{reference}/key-worker"),
    get("/admin/circles/{reference}/{entry}/end"),
    post("/admin/circles/{reference}/{entry}/end"),
    // Imports.
    get("/imports"),
    post("/imports").upload(),
    get("/imports/{job}").names_nothing(),
    get("/imports/{job}/problems.csv").names_nothing(),
    post("/imports/{job}/start").names_nothing(),
    get("/imports/runs/{run}/undo").names_nothing(),
    post("/imports/runs/{run}/undo").names_nothing(),
    // The statutory return.
    get("/return"),
    get("/return/{year}"),
    get("/return/{year}/children"),
    get("/return/{year}/files.zip"),
    get("/return/{year}/files.xml"),
    post("/return/{year}/sign-off"),
    post("/return/{year}/ask"),
    get("/return/mine"),
    get("/children/{child}/return").also(&[Action::ViewChild]),
    get("/return/rules/{code}"),
    // Guidance.
    get("/guidance"),
    get("/guidance/{rule}"),
    get("/guidance/calendar"),
    get("/guidance/codes"),
    get("/guidance/codes/{list}"),
    get("/guidance/local"),
    post("/guidance/local/preview").upload(),
    post("/guidance/local/on").names_nothing(),
    post("/guidance/local/off").names_nothing(),
    post("/guidance/local/again").names_nothing(),
    // Access and safety.
    get("/children/{child}/access"),
    get("/children/{child}/access/export"),
    get("/children/{child}/emergency"),
    post("/children/{child}/emergency"),
    get("/break-glass"),
    post("/break-glass"),
    get("/audit"),
    get("/audit/export"),
    get("/audit/break-glass"),
    post("/audit/break-glass/{opening}"),
    get("/matrix"),
    get("/matrix/export"),
];

/// Somebody who has an account and never signs in: what is done to them disturbs nobody.
const BYSTANDER: Uuid = Uuid::from_u128(0x9fff);

/// An address with values that exist, as far as the row says.
pub async fn fill(council: &Council, path: &str, child: Option<ChildId>) -> String {
    let mut out = path.to_owned();
    let mut set = |name: &str, value: &dyn std::fmt::Display| out = out.replace(name, &value.to_string());
    let nobody = Uuid::from_u128(7);
    for name in [
        "{copy}",
        "{opening}",
        "{notice}",
        "{job}",
        "{run}",
        "{token}",
        "{form}",
        "{file}",
        "{link}",
        "{document}",
    ] {
        set(name, &nobody);
    }
    for name in ["{plan}", "{item}", "{audit}"] {
        set(name, &nobody);
    }
    for name in ["{meeting}", "{visit}", "{words}", "{publication}", "{passage}", "{promise}"] {
        set(name, &nobody);
    }
    set("{number}", &"1");
    for name in ["{round}", "{listing}", "{service}"] {
        set(name, &nobody);
    }
    set("{version}", &"2");
    // The review that is called in a council with marks; elsewhere it names nothing.
    set("{review}", &REVIEW);
    set("{part}", &PART);
    set("{action}", &ACTION);
    set("{step}", &"answer");
    set("{team}", &CARE);
    set("{agency}", &AGENCY);
    set("{list}", &"legal_status");
    set("{person}", &BYSTANDER);
    set("{kind}", &"note");
    set("{what}", &"health_need");
    if path == "/fhir/{type}" {
        out = format!("/fhir/Observation?patient={nobody}");
    }
    let mut set = |name: &str, value: &dyn std::fmt::Display| out = out.replace(name, &value.to_string());
    set("{type}", &"Observation");
    set("{id}", &nobody);
    set("{measure}", &"children.looked_after");
    set("{role}", &"social_worker");
    for name in ["{section}", "{page}", "{question}"] {
        set(name, &"background");
    }
    set("{row}", &"1");
    set("{year}", &"2026");
    set("{code}", &"101");
    if path.contains("{grant}") {
        let grants = council.store.read().await.unwrap().role_grants(BYSTANDER).await.unwrap();
        set("{grant}", &grants.first().map_or(nobody, |grant| grant.id));
    }
    if path.contains("{reference}") {
        set("{reference}", &OPEN_REFERENCE);
        set("{entry}", &place(council, OPEN).await);
    }
    if path.starts_with("/me/") {
        set("{entry}", &nobody);
    }
    let Some(child) = child else {
        let book = council.casework.book();
        set("{rule}", &book.guidance.ids()[0]);
        return out;
    };
    set("{child}", &child);
    if path.contains("{rule}") {
        let (rule, occurrence) = duty(council, child).await;
        set("{rule}", &rule);
        set("{occurrence}", &occurrence);
    }
    if path.contains("/circle/{entry}") {
        set("{entry}", &place(council, child).await);
    }
    set("{entry}", &note_of(child));
    out
}

/// The entry with which somebody joined the circle who is in it today.
async fn place(council: &Council, child: ChildId) -> EntryId {
    let entries = council.store.read().await.unwrap().entries(child.0).await.unwrap();
    let mut joined =
        entries.iter().map(|row| row.entry().unwrap()).filter(|e| e.event.kind() == EventKind::CircleJoined);
    joined.next().map_or(note_of(child), |entry| entry.id)
}

/// An open duty that everybody who opens the child may know of.
async fn duty(council: &Council, child: ChildId) -> (String, String) {
    let duties = council.store.read().await.unwrap().duties_of(child.0).await.unwrap();
    let found =
        duties.into_iter().find(|d| d.state == kinfold_store::DutyState::Open && d.rule.starts_with("visit"));
    // A child that is not there has none: any name will do.
    found.map_or_else(|| ("visit".to_owned(), "1".to_owned()), |d| (d.rule, d.occurrence))
}

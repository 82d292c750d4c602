//! Measurements that are possible and unusual: told, then confirmed or corrected, and both kept. And therapy: that there is
//! some, and what for, is known to those who decide; what is said in it is not, by any door.

use axum::http::StatusCode;
use jiff::civil::date;
use kinfold_access::Role;
use kinfold_record::{ChildId, Event, Sensitivity};
use kinfold_store::testing;
use serde_json::json;

use crate::support::marks::More;
use crate::support::people::someone;
use crate::support::{Answer, Browser, Council, OPEN, Tie};

async fn council(people: &[(Role, Tie)], more: fn(ChildId) -> Vec<More>) -> Council {
    let people = people.iter().map(|(role, tie)| someone(*role, *tie)).collect();
    Council::open_with(testing::sqlite().await, people, 0, more).await
}

/// A child of an age for which growth tables come with the program.
fn small(_: ChildId) -> Vec<More> {
    let changed = json!({"kind": "identity_changed", "date_of_birth": "2024-03-09", "sex": "F"});
    vec![(date(2025, 2, 3), Sensitivity::Ordinary, changed)]
}

/// Every field of a form that is hidden or typed, with some of them said otherwise.
async fn measure(browser: &mut Browser, weight: &str, shown: &[String]) -> Answer {
    let path = format!("/children/{OPEN}/record/growth_measured");
    let form = browser.get(&path).await;
    let (key, version) = (form.field("key"), form.field("seen-version"));
    let mut fields = vec![
        ("key", key.as_str()),
        ("seen-version", version.as_str()),
        ("draft-version", "0"),
        ("happened-day", "20"),
        ("happened-month", "11"),
        ("happened-year", "2026"),
        ("weight_g", weight),
        ("height_mm", "910"),
    ];
    fields.extend(shown.iter().map(|mark| ("shown", mark.as_str())));
    let answer = browser.post(&path, &fields).await;
    browser.post(&format!("{path}/discard"), &[]).await;
    answer
}

/// What a page says it has shown, for the form to carry along.
fn shown(page: &Answer) -> Vec<String> {
    let parts = page.body.split("name=\"shown\" value=\"").skip(1);
    parts.map(|rest| rest.split('"').next().unwrap().replace("&#39;", "'").replace("&quot;", "\"")).collect()
}

fn weights(entries: &[Event]) -> Vec<i32> {
    let weight = |event: &Event| match event {
        Event::GrowthMeasured { weight_g, .. } => *weight_g,
        _ => None,
    };
    entries.iter().filter_map(weight).collect()
}

async fn events(council: &Council) -> Vec<Event> {
    let rows = council.store.read().await.unwrap().entries(OPEN.0).await.unwrap();
    rows.iter().map(|row| row.entry().unwrap().event).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_beyond_what_is_usual_is_told_then_confirmed_or_corrected_and_both_are_kept() {
    let council = council(&[(Role::DesignatedNurse, Tie::Circle)], small).await;
    let mut nurse = council.sign_in(Role::DesignatedNurse, Tie::Circle).await;

    // More than 8 standard deviations: no child of this age. Refused, with what was typed.
    let refused = measure(&mut nurse, "60000", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("standard deviations above the middle"), "{}", refused.body);
    assert!(refused.body.contains("value=\"60000\"") && refused.body.contains("value=\"910\""));
    // Not even for somebody who says that they have seen it.
    let words = "Look at the weight again. This is far outside what is usual at this age. Measure again, or check what was typed.";
    let still = measure(&mut nurse, "60000", &[words.to_owned()]).await;
    assert_eq!(still.status, StatusCode::UNPROCESSABLE_ENTITY);

    // Between 4 and 8: told first, recorded only when it comes back as it is.
    let told = measure(&mut nurse, "26000", &[]).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.body.contains(words) && told.body.contains("Nothing is recorded yet"), "{}", told.body);
    assert!(told.body.contains("Record it as it is") && told.body.contains("value=\"26000\""));
    assert_eq!(shown(&told), [words]);
    assert_eq!(weights(&events(&council).await), [] as [i32; 0]);
    let confirmed = measure(&mut nurse, "26000", &shown(&told)).await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.body);
    assert_eq!(weights(&events(&council).await), [26_000]);
    let home = format!("/children/{OPEN}/health");
    let page = nurse.get(&home).await.body;
    assert!(
        page.contains("26.0 kg") && page.contains("far outside what is usual"),
        "said wherever it stands"
    );

    // The scales had stood on a carpet: corrected. The page shows the new figure, the record keeps both.
    let all = nurse.get(&format!("/children/{OPEN}/chronology")).await.body;
    let entry = all
        .split(&format!("/children/{OPEN}/entries/"))
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .next()
        .expect("the measurement can be corrected");
    let path = format!("/children/{OPEN}/entries/{entry}");
    let form = nurse.get(&path).await;
    assert!(form.body.contains("value=\"26000\""), "{}", form.body);
    let (key, version) = (form.field("key"), form.field("seen-version"));
    let fields = [
        ("key", key.as_str()),
        ("seen-version", version.as_str()),
        ("happened-day", "20"),
        ("happened-month", "11"),
        ("happened-year", "2026"),
        ("weight_g", "13400"),
        ("height_mm", "910"),
    ];
    let corrected = nurse.post(&path, &fields).await;
    assert_eq!(corrected.status, StatusCode::SEE_OTHER, "{}", corrected.body);
    assert_eq!(weights(&events(&council).await), [26_000, 13_400]);
    let page = nurse.get(&home).await.body;
    assert!(page.contains("13.4 kg") && !page.contains("26.0 kg") && !page.contains("far outside"));
    let both = nurse.get(&format!("/children/{OPEN}/chronology?corrected=yes")).await.body;
    assert!(both.contains("26000") && both.contains("13400"), "{both}");
}

const NOTE: &str = "zqtherapy";

/// The designated doctor gives the therapy that the child was referred for.
fn therapy(_: ChildId) -> Vec<More> {
    let on = date(2026, 9, 2);
    let doctor = someone(Role::DesignatedDoctor, Tie::Circle);
    let joined =
        json!({"kind": "circle_joined", "role": "therapist", "person": doctor.id, "name": doctor.name});
    let referred = json!({"kind": "referral_made", "referral": "t1", "service": "therapy", "goal": "Sleeps through the night"});
    let begun = json!({"kind": "referral_step", "referral": "t1", "step": "in_treatment"});
    vec![
        (on, Sensitivity::Ordinary, joined),
        (on, Sensitivity::Health, referred),
        (date(2026, 9, 20), Sensitivity::Health, begun),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_in_therapy_is_read_by_who_gives_it_and_the_goal_by_who_decides() {
    let people = [
        (Role::DesignatedDoctor, Tie::Circle),
        (Role::ReviewingOfficer, Tie::Circle),
        (Role::SocialWorker, Tie::Circle),
        (Role::DesignatedNurse, Tie::Circle),
    ];
    let council = council(&people, therapy).await;
    let mut therapist = council.sign_in(Role::DesignatedDoctor, Tie::Circle).await;
    let path = format!("/children/{OPEN}/record/therapy_note");
    let form = therapist.get(&path).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.body);
    let (key, version) = (form.field("key"), form.field("seen-version"));
    let fields = [
        ("key", key.as_str()),
        ("seen-version", version.as_str()),
        ("draft-version", "0"),
        ("happened-day", "20"),
        ("happened-month", "11"),
        ("happened-year", "2026"),
        ("text", NOTE),
    ];
    let written = therapist.post(&path, &fields).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.body);
    let home = format!("/children/{OPEN}/health");
    let page = therapist.get(&home).await.body;
    assert!(page.contains(NOTE) && page.contains("Therapy notes"), "whoever gives it reads it again");

    let rows = council.store.read().await.unwrap().entries(OPEN.0).await.unwrap();
    let note =
        rows.iter().map(|row| row.entry().unwrap()).find(|e| matches!(e.event, Event::TherapyNote { .. }));
    let note = note.expect("it is recorded").id;
    for role in [Role::ReviewingOfficer, Role::SocialWorker, Role::DesignatedNurse] {
        let mut reader = council.sign_in(role, Tie::Circle).await;
        reader.confirm().await;
        let page = reader.get(&home).await.body;
        assert!(
            page.contains("Goal: Sleeps through the night"),
            "{role}: that there is therapy, and what for"
        );
        for path in [
            home.clone(),
            format!("/children/{OPEN}"),
            format!("/children/{OPEN}/chronology"),
            format!("/children/{OPEN}/chronology?corrected=yes"),
            format!("{home}/summary?recipient=reviewing_officer"),
            format!("{home}/passport"),
            format!("/children/{OPEN}/reviews"),
            format!("/fhir/Patient/{OPEN}/$everything"),
        ] {
            let page = reader.get(&path).await.body;
            assert!(!page.contains(NOTE) && !page.contains("Therapy note"), "{role} finds it at {path}");
        }
        for path in
            [format!("/children/{OPEN}/record/therapy_note"), format!("/children/{OPEN}/entries/{note}")]
        {
            assert_eq!(reader.get(&path).await.status, StatusCode::NOT_FOUND, "{role} {path}");
        }
    }
}

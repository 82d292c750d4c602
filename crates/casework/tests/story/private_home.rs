//! A home that is kept private, in what people typed: who may know it reads every word and is warned before they write it,
//! everybody else reads the rest, and nothing is lost of what they were not shown.

use kinfold_casework::chronology::ChronologyFilter;
use kinfold_casework::{Actor, Error, NewEntry, WITHHELD};
use kinfold_forms::{Answer, Key};
use kinfold_record::PersonId;
use serde_json::{Value, json};

use crate::forms::{FORM, save, text};
use crate::world::{CARER, REVIEWER, TODAY, WORKER, World, id, on_both};

const STREET: &str = "Zelkova Rise";

async fn records(world: &World, actor: &Actor, key: &str, new: NewEntry) -> Result<Vec<String>, Error> {
    let version = world.casework.child_page(actor, world.child).await.unwrap().handle.version;
    let recorded = world.casework.record(actor, world.child, version, key, vec![new]).await?;
    Ok(recorded.doubts.into_iter().map(|d| d.message).collect())
}

fn event(event: Value) -> NewEntry {
    NewEntry::on(TODAY, serde_json::from_value(event).unwrap())
}

/// A child whose home is kept private, and a carer who has signed.
async fn at_home(world: &World) -> (Actor, Actor) {
    let worker = world.sign_in(WORKER).await;
    let place = json!({"kind": "placement_started", "placement_type": "U6", "carer_name": "Isolde Fennimore",
        "address": format!("14 {STREET}, Fernshire"), "postcode": "FE9 9ZZ", "address_confidential": true});
    assert!(records(world, &worker, "home", event(place)).await.unwrap().is_empty(), "an address is no slip");
    let joined = json!({"kind": "circle_joined", "role": "foster_carer", "person": PersonId(id(CARER))});
    records(world, &worker, "carer", event(joined)).await.unwrap();
    let carer = world.sign_in(CARER).await;
    let words = world.casework.undertaking(&carer, world.child).await.unwrap().words;
    let seen = (words.id.as_str(), words.version);
    world.casework.sign_undertaking(&carer, world.child, seen, true, "A. Carer").await.unwrap();
    (worker, carer)
}

/// Everything the chronology says to somebody.
async fn reads(world: &World, reader: &Actor) -> String {
    let page = world.casework.chronology(reader, world.child, &ChronologyFilter::default()).await.unwrap();
    page.lines.iter().map(|l| serde_json::to_string(&l.entry.event).unwrap()).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_names_the_home_is_read_by_those_who_may_know_it_and_taken_out_for_others() {
    on_both(|world| async move {
        let (worker, carer) = at_home(&world).await;
        let note =
            event(json!({"kind": "note", "text": format!("We met at 14 {STREET} and had tea. FE99ZZ")}));
        let foreseen = world.casework.foresee(&worker, world.child, "n1", &note).await.unwrap();
        let said = foreseen.doubts.iter().map(|d| d.message.as_str()).collect::<String>();
        assert!(said.contains("names a home that is kept private") && said.contains(STREET), "{said}");
        let doubts = records(&world, &worker, "n1", note).await.unwrap();
        assert_eq!(doubts.len(), 1, "and it is recorded all the same: {doubts:?}");
        let reviewer = world.sign_in(REVIEWER).await;
        for knows in [&worker, &reviewer] {
            assert!(reads(&world, knows).await.contains(STREET), "{}", knows.name());
        }
        let shown = reads(&world, &carer).await;
        assert!(!shown.contains(STREET) && !shown.to_lowercase().contains("fe99zz"), "{shown}");
        assert!(shown.contains(&format!("We met at {WITHHELD} and had tea. {WITHHELD}")), "{shown}");
        // Whoever may not know is told nothing by a guess: neither in a warning, nor in their own words.
        let guess = event(json!({"kind": "note", "text": format!("Is it {STREET}?")}));
        let foreseen = world.casework.foresee(&carer, world.child, "n2", &guess).await.unwrap();
        assert!(foreseen.doubts.is_empty(), "{foreseen:?}");
        assert!(records(&world, &carer, "n2", guess).await.unwrap().is_empty());
        assert!(reads(&world, &carer).await.contains(&format!("Is it {STREET}?")), "their own words");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_was_not_shown_they_do_not_overwrite() {
    on_both(|world| async move {
        let (worker, carer) = at_home(&world).await;
        // The open form of which a part is kept from the carer: what they add is saved, what they were not shown stays.
        let form = world.casework.start_form(&worker, world.child, FORM, None, "k").await.unwrap();
        let typed = format!("Welsh, spoken at 14 {STREET}");
        save(&world.casework, &worker, &world, form, "wishes", &[("language", text(&typed))]).await.unwrap();
        let desk = world.casework.form_desk(&carer, world.child, form).await.unwrap();
        let shown = desk.answers.get(&Key::of("language")).cloned();
        assert_eq!(shown, text(&format!("Welsh, spoken at {WITHHELD}")));
        let said = Some(Answer::ChildWords("Not at the surgery.".to_owned()));
        let given = [("language", shown.clone()), ("said", said.clone())];
        save(&world.casework, &carer, &world, form, "wishes", &given).await.unwrap();
        let desk = world.casework.form_desk(&worker, world.child, form).await.unwrap();
        assert_eq!(desk.answers.get(&Key::of("language")), text(&typed).as_ref(), "it stays whole");
        assert_eq!(desk.answers.get(&Key::of("said")), said.as_ref());
        let other =
            save(&world.casework, &carer, &world, form, "wishes", &[("language", text("English"))]).await;
        let Err(Error::Invalid(problems)) = other else { panic!("{other:?}") };
        assert_eq!(problems[0].field, "language");
    })
    .await;
}

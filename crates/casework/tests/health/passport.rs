//! The passport as the young person has it: the last that was issued to them and nothing else, to be kept as a file.

use jiff::civil::date;
use kinfold_casework::Error;
use kinfold_record::{ChildId, Sensitivity};
use kinfold_store::testing::both;
use serde_json::json;

use crate::world::{CARER, HIDDEN, NURSE, OPEN, STRANGER, World, YOUNG, event, id};

#[tokio::test(flavor = "multi_thread")]
async fn the_young_person_has_the_last_that_was_issued_and_hears_of_a_newer_one() {
    for database in both().await {
        println!("on {}", database.name);
        let on = date(2026, 11, 2);
        let allergy = |mark: &str| event(json!({"kind": "allergy_noted", "item": mark, "name": mark}));
        let facts = [
            (on, allergy("zqpeanuts"), Sensitivity::Health),
            (on, allergy("zqsecret"), Sensitivity::Safeguarding),
        ];
        let world = World::with(database, &facts).await;
        let child = ChildId(id(OPEN));
        let young = world.sign_in(YOUNG).await;
        // None was issued yet.
        assert!(matches!(world.casework.health_passport(&young, child).await, Err(Error::Absent)));
        assert!(matches!(world.casework.passport_copy(&young, child).await, Err(Error::Absent)));
        assert!(matches!(world.casework.fhir_passport(&young, child).await, Err(Error::Absent)));
        assert!(matches!(world.casework.health_page(&young, child).await, Err(Error::Absent) | Ok(_)));

        let nurse = world.sign_in(NURSE).await;
        let page = world.casework.health_passport(&nurse, child).await.unwrap();
        let seen = page.page.unwrap().handle.version;
        world.casework.issue_passport(&nurse, child, seen, "k1", "asked", &[]).await.unwrap();
        let young = world.sign_in(YOUNG).await;
        let passport = world.casework.health_passport(&young, child).await.unwrap();
        let said = format!("{:?}", passport.rendered);
        assert!(said.contains("zqpeanuts") && !said.contains("zqsecret"), "{said}");
        assert!(passport.page.is_none() && !passport.changed);
        assert_eq!((passport.name.as_str(), passport.issued.len()), ("Robin Ashdown", 1));

        // Something changes: they keep what they were given, and hear that there could be a newer one.
        let nurse = world.sign_in(NURSE).await;
        let new = kinfold_casework::NewEntry::on(date(2026, 11, 30), allergy("zqlatex"));
        let seen = world.casework.health_page(&nurse, child).await.unwrap().handle.version;
        world.casework.record(&nurse, child, seen, "k2", vec![new]).await.unwrap();
        let young = world.sign_in(YOUNG).await;
        let before = world.log_size().await;
        let copy = world.casework.passport_copy(&young, child).await.unwrap();
        assert!(copy.changed && !format!("{:?}", copy.rendered).contains("zqlatex"));
        let bundle = world.casework.fhir_passport(&young, child).await.unwrap().to_string();
        assert!(bundle.contains("zqpeanuts"), "{bundle}");
        for hidden in ["zqlatex", "zqsecret", "Mill Lane"] {
            assert!(!bundle.contains(hidden), "{hidden}");
        }
        assert_eq!(world.log_size().await, before + 2, "each copy is a line in the log");
        // Who issues it next gives them the new one.
        let nurse = world.sign_in(NURSE).await;
        let page = world.casework.health_passport(&nurse, child).await.unwrap();
        assert!(page.changed);
        let seen = page.page.unwrap().handle.version;
        world.casework.issue_passport(&nurse, child, seen, "k3", "changed", &[]).await.unwrap();
        let young = world.sign_in(YOUNG).await;
        let passport = world.casework.health_passport(&young, child).await.unwrap();
        assert!(format!("{:?}", passport.rendered).contains("zqlatex") && !passport.changed);
        assert_eq!(passport.issued[0].version, Some(2));

        // Theirs alone.
        let hidden = ChildId(id(HIDDEN));
        assert!(matches!(world.casework.health_passport(&young, hidden).await, Err(Error::Absent)));
        let stranger = world.sign_in(STRANGER).await;
        assert!(matches!(world.casework.passport_copy(&stranger, child).await, Err(Error::Absent)));
        let carer = world.sign_in(CARER).await;
        let theirs =
            world.casework.fhir_passport(&carer, child).await.map(|b| b.to_string()).unwrap_or_default();
        assert!(!theirs.contains("zqsecret"));
    }
}

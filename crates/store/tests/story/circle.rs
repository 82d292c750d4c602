use kinfold_store::testing::both;
use kinfold_store::*;

use crate::rows::{at, child, council, day, id, place};

#[tokio::test]
async fn a_circle_is_replaced_only_when_it_differs() {
    for db in both().await {
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(100, "Kit")]).await.unwrap();
        let key = CircleMemberRow { key_worker: true, ..place(100, 10, "social_worker") };
        let aunt = CircleMemberRow { to_on: Some(day(9)), ..place(100, 11, "relative") };
        assert!(unit.replace_circle(id(100), &[aunt.clone(), key.clone()]).await.unwrap());
        assert!(!unit.replace_circle(id(100), &[key.clone(), aunt.clone()]).await.unwrap(), "{}", db.name);
        assert_eq!(unit.circle_of(id(100), None).await.unwrap(), [key.clone(), aunt.clone()]);
        assert_eq!(unit.circle_of(id(100), Some(day(9))).await.unwrap(), std::slice::from_ref(&key));
        assert_eq!(unit.places_of(id(11), day(8)).await.unwrap(), [aunt]);
        assert!(unit.replace_circle(id(100), std::slice::from_ref(&key)).await.unwrap());
        assert_eq!(unit.circle_of(id(100), None).await.unwrap(), [key]);
    }
}

#[tokio::test]
async fn a_tie_holds_everything_between_a_person_and_a_child() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        let row = ChildRow { team: Some(id(2)), restricted: true, ..child(100, "Kit") };
        unit.insert_children(&[row]).await.unwrap();
        let nothing = Tie {
            restricted: true,
            team: Some(id(2)),
            circle: Vec::new(),
            reader: false,
            break_glass_until: None,
        };
        assert_eq!(unit.tie(id(100), id(10), day(5), at(0)).await.unwrap(), Some(nothing), "{}", db.name);
        assert_eq!(unit.tie(id(101), id(10), day(5), at(0)).await.unwrap(), None);

        unit.insert_circle(&[place(100, 10, "social_worker"), place(100, 11, "carer")]).await.unwrap();
        let reader = RestrictedReaderRow {
            child: id(100),
            person: id(10),
            from_on: day(1),
            to_on: None,
            granted_by: Some(id(12)),
        };
        unit.add_restricted_reader(&reader).await.unwrap();
        let glass = BreakGlassRow {
            id: id(70),
            person: id(10),
            child: id(100),
            reason: "Found at the door at night".to_owned(),
            from_at: at(0),
            until_at: at(600),
            reviewed_by: None,
            reviewed_at: None,
            outcome: None,
        };
        unit.insert_break_glass(&glass).await.unwrap();
        let tie = unit.tie(id(100), id(10), day(5), at(1)).await.unwrap().unwrap();
        assert_eq!(tie.circle, [place(100, 10, "social_worker")]);
        assert_eq!((tie.reader, tie.break_glass_until), (true, Some(at(600))));
        assert!(unit.end_restricted_reader(id(100), id(10), day(5)).await.unwrap());
        let tie = unit.tie(id(100), id(10), day(5), at(600)).await.unwrap().unwrap();
        assert_eq!((tie.reader, tie.break_glass_until), (false, None), "{}", db.name);
        assert_eq!(unit.restricted_readers(id(100)).await.unwrap().len(), 1);

        assert_eq!(unit.break_glass_of(id(10), at(599)).await.unwrap(), [glass]);
        assert!(unit.end_break_glass(id(70), at(300)).await.unwrap());
        assert!(unit.break_glass_of(id(10), at(300)).await.unwrap().is_empty());
        assert_eq!(unit.break_glasses(true, Page::first(5)).await.unwrap().total, 1);
        assert!(unit.review_break_glass(id(70), id(12), at(900), "justified").await.unwrap());
        assert!(!unit.review_break_glass(id(70), id(11), at(901), "not_justified").await.unwrap());
        assert_eq!(unit.break_glasses(true, Page::first(5)).await.unwrap().total, 0);
        let reviewed = &unit.break_glasses(false, Page::first(5)).await.unwrap().rows[0];
        assert_eq!((reviewed.reviewed_by, reviewed.outcome.as_deref()), (Some(id(12)), Some("justified")));
    }
}

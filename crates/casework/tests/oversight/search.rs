//! Finding a child however the name is typed, and never one that may not be found.

use crate::world::{COUNCILLOR, HEAD, KATHERINE, READER, ROBIN, WORKER, WREN, World, ZOE, id, on_both};

async fn found(world: &World, actor: &kinfold_casework::Actor, typed: &str) -> Vec<uuid::Uuid> {
    world.casework.find(actor, typed).await.unwrap().children.into_iter().map(|child| child.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_is_found_however_the_name_is_typed() {
    on_both(|world| async move {
        let head = world.sign_in(HEAD).await;
        for (typed, child) in [
            ("Katherine", KATHERINE),
            ("catherine", KATHERINE),
            ("Kathryn obrien", KATHERINE),
            ("O'Brien", KATHERINE),
            ("o’brien", KATHERINE),
            ("o brien", KATHERINE),
            ("brien", KATHERINE),
            ("Kitty", KATHERINE),
            ("kit", KATHERINE),
            ("Ktaherine", KATHERINE),
            ("O'Brein", KATHERINE),
            ("Katherime", KATHERINE),
            ("zoe", ZOE),
            ("Zoë Łoś", ZOE),
            ("los-smith", ZOE),
            ("smith", ZOE),
            ("Smyth", ZOE),
            ("Ashdown Robin", ROBIN),
            ("ashdwon", ROBIN),
            ("4/3/2009", KATHERINE),
            ("4 March 2009", KATHERINE),
            ("2009-03-04", KATHERINE),
            ("brien 04.03.09", KATHERINE),
            ("485 777 3456", ROBIN),
            ("a123456789012", ROBIN),
            ("L0042", ROBIN),
            ("f-101", ROBIN),
        ] {
            let found = found(&world, &head, typed).await;
            assert_eq!(found.first(), Some(&id(child)), "{typed}: {found:?}");
        }
        for typed in ["Margaret", "1/1/1999", "0000000000", "’", "%", "zzzz", "' OR 1=1 --"] {
            assert!(found(&world, &head, typed).await.is_empty(), "{typed}");
        }
        assert!(found(&world, &head, &"a".repeat(100_000)).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_goes_straight_to_the_child_but_only_in_scope() {
    on_both(|world| async move {
        let head = world.sign_in(HEAD).await;
        assert_eq!(world.casework.find(&head, " F-102 ").await.unwrap().exact, Some(id(KATHERINE)));
        let worker = world.sign_in(WORKER).await;
        let page = world.casework.find(&worker, "F-102").await.unwrap();
        assert!(page.exact.is_none() && page.children.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restricted_child_is_found_by_its_named_reader_alone() {
    on_both(|world| async move {
        for typed in ["Wren", "Hidden", "Wern", "Hiden", "1/1/2012", "F-104"] {
            for person in [HEAD, WORKER, COUNCILLOR] {
                let actor = world.sign_in(person).await;
                assert!(found(&world, &actor, typed).await.is_empty(), "{person} {typed}");
            }
        }
        let reader = world.sign_in(READER).await;
        assert_eq!(found(&world, &reader, "Wren").await, [id(WREN)]);
        let log = world.log().await;
        let searches: Vec<_> = log.iter().filter(|(action, _)| action == "search").collect();
        assert!(searches.len() > 10);
        assert!(
            searches.iter().all(|(_, detail)| !detail.to_lowercase().contains("wren")),
            "what was typed is not kept"
        );
    })
    .await;
}

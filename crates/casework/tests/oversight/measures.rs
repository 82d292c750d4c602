//! Figures are for those with the right to them, lists of children for those who may find each child, and the log says
//! who looked and who took a copy.

use jiff::civil::date;
use kinfold_casework::measures::{Audience, MeasurePage, Part, Public, Seen};
use kinfold_casework::rows::Page;
use kinfold_casework::{Actor, Error};

use crate::world::{
    ADMINISTRATOR, COUNCILLOR, HEAD, KATHERINE, MANAGER, NewChild, PASSWORD, READER, ROBIN, SOUTH,
    SOUTH_MANAGER, WORKER, World, ZOE, id, on_both,
};

/// The year that runs on the day of the world: nobody was in the record before it.
const RUNNING: Option<i16> = Some(2027);
const LOOKED_AFTER: &str = "children.looked_after";

async fn open(world: &World, actor: &Actor, measure: &str, part: Part) -> MeasurePage {
    world.casework.measure(actor, measure, RUNNING, part, Page::first(100)).await.unwrap()
}

fn figures(seen: Seen) -> Public {
    match seen {
        Seen::Figures(public) => public,
        Seen::NotRecorded => panic!("nothing was recorded"),
    }
}

async fn listed(world: &World, actor: &Actor) -> Option<Vec<uuid::Uuid>> {
    let page = open(world, actor, LOOKED_AFTER, Part::Numerator).await;
    let children = page.children?;
    let mut ids: Vec<_> = children.page.rows.iter().map(|row| row.child.id).collect();
    assert_eq!(
        usize::try_from(children.page.total).unwrap(),
        ids.len(),
        "nobody is counted who is not listed"
    );
    ids.sort_unstable();
    Some(ids)
}

#[tokio::test(flavor = "multi_thread")]
async fn all_children_are_counted_and_only_those_one_may_find_are_listed() {
    on_both(|world| async move {
        let head = world.sign_in(HEAD).await;
        let page = open(&world, &head, LOOKED_AFTER, Part::Numerator).await;
        assert_eq!(page.audience, Audience::Inside);
        assert_eq!(figures(page.line.seen).value, Some(4.0));
        assert_eq!(page.year.span.to, date(2026, 12, 1), "the twelve months to today");
        assert_eq!(
            listed(&world, &head).await.unwrap(),
            [id(ROBIN), id(KATHERINE), id(ZOE)],
            "the restricted child is counted and not listed"
        );
        let south = world.sign_in(SOUTH_MANAGER).await;
        assert_eq!(listed(&world, &south).await.unwrap(), [id(KATHERINE), id(ZOE)]);
        let north = world.sign_in(MANAGER).await;
        assert_eq!(listed(&world, &north).await.unwrap(), [id(ROBIN)]);
        let rest = open(&world, &head, LOOKED_AFTER, Part::Rest).await.children.unwrap();
        assert_eq!(rest.page.total, 0, "everybody counted over is counted");
        let first = world.casework.measure(&head, LOOKED_AFTER, RUNNING, Part::Denominator, Page::first(2));
        let children = first.await.unwrap().children.unwrap();
        assert_eq!((children.page.rows.len(), children.page.total), (2, 3));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_councillor_sees_what_may_be_published_and_others_see_nothing() {
    on_both(|world| async move {
        let token = world.token(COUNCILLOR).await;
        let councillor = world.casework.actor(&token).await.unwrap();
        let page = open(&world, &councillor, LOOKED_AFTER, Part::Numerator).await;
        assert_eq!(page.audience, Audience::Public);
        let shown = figures(page.line.seen);
        assert_eq!((shown.value, shown.numerator, shown.denominator), (None, None, None), "four are few");
        assert!(page.children.is_none() && page.left_out.is_empty());
        for (split, groups) in &page.splits {
            for (group, shown) in groups {
                let few = |n: Option<u32>| n.is_some_and(|n| (1..6).contains(&n));
                assert!(!few(shown.numerator) && !few(shown.denominator), "{split} {group}");
            }
        }
        for line in world.casework.measures(&councillor, RUNNING).await.unwrap().lines {
            let Seen::Figures(shown) = line.seen else { continue };
            assert!(shown.numerator.is_none_or(|n| n == 0 || n > 5), "{}", line.measure.id);
        }
        world.casework.reauthenticate(&councillor, PASSWORD).await.unwrap();
        let councillor = world.casework.actor(&token).await.unwrap();
        let taken = world.casework.export_measure_children(&councillor, LOOKED_AFTER, RUNNING, "csv").await;
        assert!(matches!(taken, Err(Error::Absent)));
        for nobody in [WORKER, READER, ADMINISTRATOR] {
            let actor = world.sign_in(nobody).await;
            assert!(matches!(world.casework.measures(&actor, None).await, Err(Error::Absent)));
            let one = world.casework.measure(&actor, LOOKED_AFTER, None, Part::Numerator, Page::first(1));
            assert!(matches!(one.await, Err(Error::Absent)));
            assert!(matches!(world.casework.export_measures(&actor, None, "csv").await, Err(Error::Absent)));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_recorded_has_no_figure_and_a_new_child_is_counted_at_once() {
    on_both(|world| async move {
        let head = world.sign_in(HEAD).await;
        let dental = open(&world, &head, "health.dental", Part::Numerator).await;
        assert_eq!(dental.line.seen, Seen::NotRecorded);
        assert!(dental.children.is_none() && dental.splits.is_empty());
        let last_year =
            world.casework.measure(&head, LOOKED_AFTER, Some(2026), Part::Numerator, Page::first(1));
        assert_eq!(figures(last_year.await.unwrap().line.seen).value, Some(0.0));
        let wrong = world.casework.measure(&head, "no.such", None, Part::Numerator, Page::first(1)).await;
        assert!(matches!(wrong, Err(Error::Absent)));
        let ash = NewChild {
            n: 104,
            given: "Ash",
            family: "Newcome",
            known_as: None,
            born: date(2019, 5, 5),
            team: SOUTH,
            reference: "F-105",
            numbers: [None; 3],
            restricted: false,
        };
        world.add(&ash).await;
        let page = open(&world, &head, LOOKED_AFTER, Part::Numerator).await;
        assert_eq!(figures(page.line.seen).value, Some(5.0), "figures kept from before are not shown");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_and_copies_are_in_the_log_without_names_and_a_copy_takes_the_password() {
    on_both(|world| async move {
        let token = world.token(HEAD).await;
        let head = world.casework.actor(&token).await.unwrap();
        world.casework.measures(&head, RUNNING).await.unwrap();
        open(&world, &head, LOOKED_AFTER, Part::Numerator).await;
        let log = world.log().await;
        let looks: Vec<_> = log.iter().filter(|(action, _)| action == "view_measures").collect();
        assert_eq!(looks.len(), 2);
        assert!(looks[1].1.contains("\"measure\":\"children.looked_after\""), "{}", looks[1].1);
        assert!(looks[1].1.contains("\"children\":3"), "{}", looks[1].1);
        let refused = world.casework.export_measures(&head, RUNNING, "csv").await;
        assert!(matches!(refused, Err(Error::Reauthenticate)));
        let refused = world.casework.export_measure_children(&head, LOOKED_AFTER, RUNNING, "csv").await;
        assert!(matches!(refused, Err(Error::Reauthenticate)));
        world.casework.reauthenticate(&head, PASSWORD).await.unwrap();
        let head = world.casework.actor(&token).await.unwrap();
        let table = world.casework.export_measures(&head, RUNNING, "csv").await.unwrap();
        assert!(table.rows.len() > 100 && table.rows.iter().all(|row| row.len() == table.columns.len()));
        let list =
            world.casework.export_measure_children(&head, LOOKED_AFTER, RUNNING, "xlsx").await.unwrap();
        assert_eq!(list.rows.len(), 3);
        let log = world.log().await;
        let copies: Vec<_> = log.iter().filter(|(action, _)| action == "export_measures").collect();
        assert_eq!(copies.len(), 2, "what was refused took nothing away");
        assert!(copies[1].1.contains("\"rows\":3") && copies[1].1.contains("xlsx"), "{}", copies[1].1);
        for (_, detail) in &log {
            assert!(!detail.contains("Robin") && !detail.contains("Katherine"), "{detail}");
        }
    })
    .await;
}

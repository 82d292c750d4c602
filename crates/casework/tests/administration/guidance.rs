use std::sync::Arc;

use jiff::ToSpan;
use kinfold_casework::guidance_book::Preview;
use kinfold_casework::{Casework, Cost, Error, FixedClock, Keys};
use kinfold_guidance::{ChangeKind, Guidance};
use kinfold_record::ChildId;
use kinfold_store::Page;

use crate::world::{ADMINISTRATOR, MANAGER, TODAY, WORKER, World, id, noon, on_both};

fn rule(id: &str, days: &str) -> String {
    format!(
        r#"id = "{id}"
version = 1
title = "Supervision of the case"
strand = "care"
why = "The worker's manager looks at the plan early."
confidence = "L"
effective_from = 2020-01-01
owner = {{ role = "team_manager" }}

[source]
cite = "Fernshire procedures 4.2"

[starts]
on = "care_period"

[due]
within = "{days}"
opens = "start"

[[met_by]]
event = "note"
"#
    )
}

fn layer(days: &str) -> Vec<(String, String)> {
    vec![("rules/care/local.supervision.toml".to_owned(), rule("local.supervision", days))]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_layer_is_looked_at_switched_on_and_off_and_found_again_at_the_next_start() {
    on_both(|world: World| async move {
        let admin = world.sign_in(ADMINISTRATOR).await;
        let casework = &world.casework;
        let Preview::Fits(fits) =
            casework.preview_layer(&admin, "fernshire", &layer("10 working days")).await.unwrap()
        else {
            panic!("the layer fits")
        };
        assert_eq!(fits.changes.len(), 1);
        assert_eq!(fits.changes[0].kind, ChangeKind::Added);
        assert_eq!((fits.looked_at, fits.changed), (1, 1));
        assert_eq!(fits.duties[0].1.start, 1);
        assert!(casework.local_layers(&admin).await.unwrap().is_empty(), "looking writes nothing");
        let on = casework.switch_layer_on(&admin, "fernshire", &layer("10 working days")).await.unwrap();
        assert_eq!(on.changed, 1);
        let mut unit = world.database.store.glance().await.unwrap();
        assert!(unit.duties_of(world.child.0).await.unwrap().iter().any(|d| d.rule == "local.supervision"));
        drop(unit);
        let again = open(&world).await.unwrap();
        assert!(
            again.book().guidance.rules.iter().any(|r| r.id == "local.supervision"),
            "in force after a restart"
        );
        let off = casework.switch_layer_off(&admin, "fernshire").await.unwrap();
        assert_eq!(off.changed, 1);
        assert!(!casework.local_layers(&admin).await.unwrap()[0].active);
    })
    .await;
}

/// Nothing is owed by it on the day it is switched on, so that nothing else would bring the child back on its day.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_new_rule_asks_from_a_later_day_on_is_owed_on_that_day() {
    on_both(|world: World| async move {
        let admin = world.sign_in(ADMINISTRATOR).await;
        let tomorrow = TODAY.tomorrow().unwrap();
        let owed = async || {
            let mut unit = world.database.store.glance().await.unwrap();
            unit.duties_of(world.child.0).await.unwrap().iter().any(|d| d.rule == "local.supervision")
        };
        let mut unit = world.database.store.glance().await.unwrap();
        let before = unit.child_row(world.child.0).await.unwrap().unwrap().child.projection.next_change;
        assert!(
            before.is_none_or(|day| day > tomorrow),
            "{before:?}: the child is not looked at tomorrow anyway"
        );
        drop(unit);
        let files: Vec<(String, String)> = layer("10 working days")
            .into_iter()
            .map(|(path, text)| {
                // In care since 2 November: for thirty days tomorrow.
                let from = "on = \"care_period\"\nwhile = { care_for = \"30 days\" }";
                (path, text.replace("on = \"care_period\"", from))
            })
            .collect();
        world.casework.switch_layer_on(&admin, "fernshire", &files).await.unwrap();
        assert!(!owed().await);
        world.clock.set(noon(tomorrow));
        assert_eq!(world.casework.refresh_due().await.unwrap().looked_at, 1);
        assert!(owed().await);
    })
    .await;
}

/// One record that cannot be read must not keep all others from being worked out.
#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_record_keeps_nobody_else_waiting() {
    on_both(|world: World| async move {
        let admin = world.sign_in(ADMINISTRATOR).await;
        // Before and after it, whichever comes first.
        let others = [ChildId(id(1)), ChildId(id(90_000))];
        for (n, other) in (0..).zip(others) {
            world.add_chronology(other, &format!("F9{n}"), 10_000 * (n + 1)).await;
        }
        let mut unit = world.database.store.write().await.unwrap();
        let mut damaged = unit.child_row(world.child.0).await.unwrap().unwrap().child.projection;
        damaged.timeline.truncate(9);
        unit.save_projection(world.child.0, &damaged).await.unwrap();
        unit.commit().await.unwrap();

        let on =
            world.casework.switch_layer_on(&admin, "fernshire", &layer("10 working days")).await.unwrap();
        assert_eq!((on.looked_at, on.changed, on.damaged), (3, 2, 1));
        let mut unit = world.database.store.glance().await.unwrap();
        for other in others {
            let duties = unit.duties_of(other.0).await.unwrap();
            assert!(duties.iter().any(|d| d.rule == "local.supervision"), "{other:?}");
        }
        let next = unit.child_row(others[0].0).await.unwrap().unwrap().child.projection.next_change.unwrap();
        drop(unit);
        world.clock.set(noon(next));
        let due = world.casework.refresh_due().await.unwrap();
        assert_eq!((due.looked_at, due.changed, due.damaged), (3, 2, 1));

        // And nobody goes untold of what is late, not even for the damaged one.
        world.clock.set(noon(next.saturating_add(90.days())));
        assert_eq!(world.casework.refresh_due().await.unwrap().damaged, 1);
        world.casework.run_escalation().await.unwrap();
        let mut unit = world.database.store.glance().await.unwrap();
        for child in [others[0], world.child, others[1]] {
            let duties = unit.duties_of(child.0).await.unwrap();
            assert!(duties.iter().any(|duty| duty.rung > 0), "{child:?}");
        }
        let told = unit.notices_of(id(MANAGER), false, Page::first(500)).await.unwrap();
        assert!(told.rows.iter().any(|notice| notice.child == Some(world.child.0)));
        drop(unit);

        // What is damaged is made again from its entries; where these cannot be read, the others are all the same.
        let rebuilt = world.casework.rebuild(|_| {}).await.unwrap();
        assert_eq!((rebuilt.looked_at, rebuilt.changed, rebuilt.refused), (3, 1, vec![]));
        assert_eq!(world.casework.refresh_all().await.unwrap().damaged, 0);
        let mut unit = world.database.store.write().await.unwrap();
        let row = unit.child_row(world.child.0).await.unwrap().unwrap().child;
        let mut entry = unit.entries(world.child.0).await.unwrap().remove(0);
        (entry.id, entry.body) = (id(77_777), r#"{"event":"Robin Ashdown"}"#.to_owned());
        let entry_id = entry.id.to_string();
        unit.append_entries(world.child.0, row.version, &[entry]).await.unwrap();
        unit.commit().await.unwrap();
        let rebuilt = world.casework.rebuild(|_| {}).await.unwrap();
        assert_eq!((rebuilt.looked_at, rebuilt.changed, rebuilt.refused.len()), (2, 0, 1));
        let refused = &rebuilt.refused[0];
        assert!(refused.starts_with("F1: ") && refused.contains(&entry_id), "{refused}");
        assert!(!refused.contains("Robin"), "{refused}");
    })
    .await;
}

async fn open(world: &World) -> kinfold_casework::Result<Casework> {
    let clock = Arc::new(FixedClock::new(noon(TODAY)));
    Casework::open(
        world.database.store.clone(),
        Guidance::national().unwrap(),
        Keys::generate(),
        clock,
        Cost::Invented,
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_told_with_file_and_line_and_change_nothing() {
    on_both(|world: World| async move {
        let admin = world.sign_in(ADMINISTRATOR).await;
        let wrong = vec![(
            "rules/care/local.supervision.toml".to_owned(),
            rule("local.supervision", "10 working dayz"),
        )];
        let Preview::Mistakes(mistakes) =
            world.casework.preview_layer(&admin, "fernshire", &wrong).await.unwrap()
        else {
            panic!("the layer has a mistake")
        };
        assert!(
            mistakes.iter().any(|m| m.file == "fernshire/rules/care/local.supervision.toml" && m.line == 17),
            "{mistakes:?}"
        );
        let refused = world.casework.switch_layer_on(&admin, "fernshire", &wrong).await;
        assert!(matches!(refused, Err(Error::Guidance(_))));
        for path in ["../rules/x.toml", "rules/../../x.toml", "policy/never.cedar", "rules/a b.toml"] {
            let files = vec![(path.to_owned(), String::new())];
            let refused = world.casework.preview_layer(&admin, "fernshire", &files).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{path}");
        }
        // Read as what they are, and so found wanting for what they say and not for where they lie.
        for path in ["forms/local.visit.toml", "words/licensed/sdq/en.toml", "growth/uk90.csv"] {
            let files = vec![(path.to_owned(), "nothing of use".to_owned())];
            let read = world.casework.preview_layer(&admin, "fernshire", &files).await.unwrap();
            let Preview::Mistakes(mistakes) = read else { panic!("{path} says nothing") };
            assert!(mistakes.iter().any(|m| m.file == format!("fernshire/{path}")), "{path}: {mistakes:?}");
        }
    })
    .await;
}

/// What the authority works with beside rules: a framework, a survey, an action plan, a needs profile, an outline.
#[tokio::test(flavor = "multi_thread")]
async fn a_council_lays_its_own_papers_over_the_national_ones() {
    on_both(|world: World| async move {
        let admin = world.sign_in(ADMINISTRATOR).await;
        let casework = &world.casework;
        let outline = include_str!("../../../../guidance/outlines/corporate.pledge.toml");
        let own = |text: &str| vec![("outlines/local.pledge.toml".to_owned(), text.to_owned())];
        let text = outline
            .replace("id = \"corporate.pledge\"", "id = \"local.pledge\"")
            .replace("Pledge to children in care", "Fernshire’s pledge");
        let wrong = own(&text.replace("measure = \"health.assessment\"", "measure = \"health.assesment\""));
        let Preview::Mistakes(mistakes) = casework.preview_layer(&admin, "fernshire", &wrong).await.unwrap()
        else {
            panic!("it names a measure that is not there")
        };
        assert!(
            mistakes.iter().any(|m| m.file == "fernshire/outlines/local.pledge.toml" && m.line > 1),
            "{mistakes:?}"
        );
        casework.switch_layer_on(&admin, "fernshire", &own(&text)).await.unwrap();
        let offered = |casework: &Casework| {
            casework.book().guidance.outlines.offered(TODAY).iter().any(|o| o.head.id == "local.pledge")
        };
        assert!(offered(casework));
        casework.switch_layer_off(&admin, "fernshire").await.unwrap();
        assert!(!offered(casework));
        // Read as what they are, and so found wanting for what they say and not for where they lie.
        for folder in ["frameworks", "surveys", "plans", "needs", "outlines"] {
            let files = vec![(format!("{folder}/local.x.toml"), "nothing of use".to_owned())];
            let Preview::Mistakes(mistakes) =
                casework.preview_layer(&admin, "fernshire", &files).await.unwrap()
            else {
                panic!("{folder}")
            };
            assert!(mistakes[0].file.starts_with("fernshire/"), "{mistakes:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_was_used_is_never_edited() {
    on_both(|world: World| async move {
        let admin = world.sign_in(ADMINISTRATOR).await;
        world.casework.switch_layer_on(&admin, "fernshire", &layer("10 working days")).await.unwrap();
        world.casework.switch_layer_off(&admin, "fernshire").await.unwrap();
        let edited =
            world.casework.preview_layer(&admin, "fernshire", &layer("5 working days")).await.unwrap();
        let Preview::Mistakes(mistakes) = edited else { panic!("the rule was used with other words") };
        assert!(mistakes[0].message.contains("new version"));
        let refused = world.casework.switch_layer_on(&admin, "fernshire", &layer("5 working days")).await;
        assert!(matches!(refused, Err(Error::Guidance(_))));
        // And at the start: what the database remembers is compared with what is in force.
        let mut unit = world.database.store.write().await.unwrap();
        let mut row = unit.guidance_layers().await.unwrap().remove(0);
        row.files = row.files.replace("10 working days", "5 working days");
        row.active = true;
        unit.save_guidance_layer(&row).await.unwrap();
        unit.commit().await.unwrap();
        let started = open(&world).await;
        assert!(matches!(started, Err(Error::Guidance(words)) if words.contains("local.supervision")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_administrator_changes_guidance_and_everybody_at_work_reads_it() {
    on_both(|world: World| async move {
        let worker = world.sign_in(WORKER).await;
        let refused = world.casework.preview_layer(&worker, "x", &layer("1 day")).await;
        assert!(matches!(refused, Err(Error::Absent)));
        assert!(matches!(world.casework.local_layers(&worker).await, Err(Error::Absent)));
        let page = world.casework.rule_page(&worker, "review.first").await.unwrap();
        assert!(page.texts[&1].contains("CPPCR 2010 reg 33(1)"));
        assert!(page.decided.unwrap().total() > 0);
    })
    .await;
}

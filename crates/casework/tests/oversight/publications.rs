//! What is published: a draft that two write in and lose nothing, versions that never change, figures that are those of the
//! measures page, and promises that are judged by what they are tied to.

use std::collections::HashMap;

use jiff::civil::date;
use kinfold_casework::authority::frozen::PaperBlock;
use kinfold_casework::authority::plan::Status;
use kinfold_casework::authority::publish::publication::{Kept, PromiseTest};
use kinfold_casework::authority::publish::{NewPromise, NewPublication, NewSection};
use kinfold_casework::authority::{NewPlan, NewRecommendation, PlanChange};
use kinfold_casework::measures::{Part, Seen};
use kinfold_casework::rows::Page;
use kinfold_casework::{Actor, Error};
use uuid::Uuid;

use crate::world::{CLERK, COUNCILLOR, DIRECTOR, HEAD, NURSE, TODAY, World, noon, on_both};

async fn begun(world: &World, actor: &Actor, outline: &str) -> Uuid {
    let new = NewPublication { outline: outline.to_owned(), title: "How we did".to_owned(), year: 2026 };
    world.casework.start_publication(actor, &new, outline).await.unwrap()
}

fn section(heading: &str, text: &str) -> NewSection {
    NewSection { heading: heading.to_owned(), text: text.to_owned(), measures: Vec::new() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_version_never_changes_and_a_correction_is_a_new_one_that_says_so() {
    on_both(|world| async move {
        let director = world.sign_in(DIRECTOR).await;
        let clerk = world.sign_in(CLERK).await;
        let casework = &world.casework;
        let id = begun(&world, &director, "annual_report.scrutiny").await;
        assert!(
            matches!(casework.published_version(id, None).await, Err(Error::Absent)),
            "a draft is not public"
        );
        assert!(casework.published().await.unwrap().is_empty());
        let page = casework.publication(&clerk, id).await.unwrap();
        let draft = page.publication;
        assert_eq!(draft.sections.len(), 11);
        assert!(
            draft.sections[0]
                .text
                .contains("Fernshire County Council did as a corporate parent in the year to March 2026"),
            "{}",
            draft.sections[0].text
        );

        // Two write: in two sections without meeting, in one with both texts.
        let (one, two) = (draft.sections[0].item, draft.sections[1].item);
        let seen = draft.version;
        casework
            .write_section(&director, (id, Some(one)), seen, &section("In short", "Better."), "a")
            .await
            .unwrap();
        casework
            .write_section(&clerk, (id, Some(two)), seen, &section("Children", "Forty."), "b")
            .await
            .unwrap();
        let second =
            casework.write_section(&clerk, (id, Some(one)), seen, &section("In short", "Worse."), "c").await;
        assert!(matches!(second, Err(Error::Conflict { .. })), "{second:?}");
        let now = casework.publication(&clerk, id).await.unwrap().publication;
        assert_eq!(now.section(one).unwrap().text, "Better.", "nothing is overwritten");
        let long = section("In short", &"é".repeat(100_000));
        let Err(Error::Invalid(problems)) =
            casework.write_section(&clerk, (id, Some(one)), 999, &long, "d").await
        else {
            panic!()
        };
        assert!(problems[0].message.contains("80000 characters too long"));

        // Who publishes, and what was seen is what is published.
        let head = world.sign_in(HEAD).await;
        let nurse = world.sign_in(NURSE).await;
        let councillor = world.sign_in(COUNCILLOR).await;
        for other in [&nurse, &councillor] {
            assert!(matches!(casework.publish(other, id, 999, "", "x").await, Err(Error::Absent)));
            assert!(matches!(
                casework.write_section(other, (id, None), 0, &section("X", "Y"), "y").await,
                Err(Error::Absent)
            ));
        }
        casework.remark_on_draft(&councillor, id, "Say more about homes", "z").await.unwrap();
        let stale = casework.publish(&head, id, seen, "", "p0").await;
        assert!(matches!(stale, Err(Error::Conflict { .. })), "{stale:?}");
        let version = now.version;
        assert_eq!(casework.publish(&head, id, version, "", "p1").await.unwrap(), 1);
        assert_eq!(casework.publish(&head, id, version, "", "p1").await.unwrap(), 1, "sent twice");
        let first = casework.published_version(id, Some(1)).await.unwrap().version;
        assert!(
            matches!(casework.publish(&head, id, 999, "", "p2").await, Err(Error::Invalid(_))),
            "nothing new"
        );

        // Whatever happens afterwards, that version stays.
        casework
            .write_section(&clerk, (id, Some(one)), 999, &section("Corrected", "Quite good."), "e")
            .await
            .unwrap();
        casework.take_out_part(&clerk, (id, two), 999, "f").await.unwrap();
        world.clock.set(noon(date(2027, 6, 1)));
        let head = world.sign_in(HEAD).await;
        casework.fix_figures(&head, id, "g").await.unwrap();
        assert_eq!(casework.published_version(id, Some(1)).await.unwrap().version, first);
        assert_eq!(
            casework.published_version(id, None).await.unwrap().version,
            first,
            "a draft changes nothing"
        );
        let silent = casework.publish(&head, id, 999, " ", "p3").await;
        assert!(
            matches!(silent, Err(Error::Invalid(_))),
            "a second version says what it puts right: {silent:?}"
        );
        assert_eq!(casework.publish(&head, id, 999, "A figure was wrong.", "p4").await.unwrap(), 2);
        assert_eq!(
            casework.published_version(id, Some(1)).await.unwrap().version,
            first,
            "not a word differs"
        );
        let newest = casework.published_version(id, None).await.unwrap();
        assert_eq!(newest.version.corrects.as_deref(), Some("A figure was wrong."));
        assert_eq!(newest.version.document.sections[0].heading, "Corrected");
        assert!(
            casework.published_version(id, Some(1)).await.unwrap().is_replaced() && !newest.is_replaced()
        );
        assert!(matches!(casework.published_version(id, Some(3)).await, Err(Error::Absent)));
        let log = world.log().await;
        assert_eq!(log.iter().filter(|(action, _)| action == "publish").count(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_outline_asks_its_writer_for_is_never_published() {
    on_both(|world| async move {
        let director = world.sign_in(DIRECTOR).await;
        let casework = &world.casework;
        let id = begun(&world, &director, "care_leavers.local_offer").await;
        let refused = casework.publish(&director, id, 999, "", "early").await.unwrap_err();
        let words = format!("{refused:?}");
        assert!(
            words.contains("Staying well, People who care about you") && words.contains("Your say"),
            "{words}"
        );
        assert!(!words.contains("This is for you"), "what is written is not asked for: {words}");
        let draft = casework.publication(&director, id).await.unwrap().publication;
        for part in draft.sections.iter().filter(|part| part.text.starts_with('[')) {
            let answer = section(&part.heading, "- Ask [your adviser] about it.\nWe help.");
            let key = part.item.to_string();
            casework.write_section(&director, (id, Some(part.item)), 999, &answer, &key).await.unwrap();
        }
        casework.publish(&director, id, 999, "", "late").await.unwrap();
        let document = casework.published_version(id, None).await.unwrap().version.document;
        assert_eq!(document.sections.len(), draft.sections.len());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_those_of_the_measures_page_and_small_numbers_stay_hidden() {
    on_both(|world| async move {
        let director = world.sign_in(DIRECTOR).await;
        let casework = &world.casework;
        for outline in [
            "annual_report.childrens_council",
            "annual_report.scrutiny",
            "annual_report.public_health",
            "annual_report.nhs_commissioner",
            "annual_report.leader",
            "corporate.strategy",
        ] {
            let id = begun(&world, &director, outline).await;
            casework.publish(&director, id, 999, "", &format!("{outline} p")).await.unwrap();
            let document = casework.published_version(id, None).await.unwrap().version.document;
            assert_eq!(document.figures_on, Some(TODAY));
            let blocks = document.sections.iter().flat_map(|s| &s.blocks);
            let figures: Vec<_> = blocks
                .filter_map(|block| match block {
                    PaperBlock::Figures { figures } => Some(figures),
                    _ => None,
                })
                .flatten()
                .collect();
            assert!(!figures.is_empty(), "{outline}");
            let councillor = world.sign_in(COUNCILLOR).await;
            for figure in figures {
                let page = casework
                    .measure(&councillor, &figure.measure, Some(2026), Part::Numerator, Page::first(1))
                    .await
                    .unwrap();
                let value = match page.line.seen {
                    Seen::NotRecorded => None,
                    Seen::Figures(public) => public.value,
                };
                assert_eq!(
                    (figure.value, figure.to),
                    (value, page.year.span.to),
                    "{outline} {}",
                    figure.measure
                );
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_judged_by_what_it_is_tied_to_and_people_say_why() {
    on_both(|world| async move {
        let director = world.sign_in(DIRECTOR).await;
        let casework = &world.casework;
        let plan = casework
            .make_plan(&director, &NewPlan { title: "Plan".to_owned(), ..NewPlan::default() }, "plan")
            .await
            .unwrap();
        let new = NewRecommendation { number: "1".into(), text: "Ask them".into(), ..Default::default() };
        let item = casework.add_recommendation(&director, plan, &new, "r").await.unwrap();
        let id = begun(&world, &director, "corporate.pledge").await;
        let tied = NewPromise {
            text: "We ask you.".to_owned(),
            means: "We ask each of you.".to_owned(),
            test: PromiseTest::Action { plan, recommendation: item },
        };
        casework.write_promise(&director, (id, None), 0, &tied, "a").await.unwrap();
        let nothing = NewPromise {
            test: PromiseTest::Measure { measure: "no.such".into(), at_least: Some(1.0), at_most: None },
            ..tied.clone()
        };
        assert!(matches!(
            casework.write_promise(&director, (id, None), 0, &nothing, "b").await,
            Err(Error::Invalid(_))
        ));
        let both = NewPromise {
            test: PromiseTest::Measure {
                measure: "health.dental".into(),
                at_least: Some(1.0),
                at_most: Some(2.0),
            },
            ..tied.clone()
        };
        assert!(matches!(
            casework.write_promise(&director, (id, None), 0, &both, "c").await,
            Err(Error::Invalid(_))
        ));
        assert!(
            matches!(casework.promises_to_judge(&director, id).await, Err(Error::Absent)),
            "not published"
        );
        casework.publish(&director, id, 999, "", "p").await.unwrap();

        let found = casework.promises_to_judge(&director, id).await.unwrap();
        assert_eq!(found.len(), 7);
        // Four children: no figure may be shown, so that nobody can say whether it is kept.
        let figure = found[0].found.as_ref().unwrap();
        assert_eq!(figure.kept, Kept::NotKnown);
        assert!(found[5].found.is_none(), "people say it");
        assert_eq!(found[6].found.as_ref().unwrap().kept, Kept::NotYet, "the action is not done");

        let mut said: HashMap<Uuid, (Option<Kept>, String)> = found
            .iter()
            .map(|judging| {
                (judging.promise.item, (Some(Kept::Kept), "Not enough is written down.".to_owned()))
            })
            .collect();
        said.insert(found[6].promise.item, (Some(Kept::Kept), String::new()));
        said.insert(found[5].promise.item, (None, String::new()));
        let Err(Error::Invalid(problems)) = casework.judge_promises(&director, id, &said, "j0").await else {
            panic!()
        };
        assert_eq!(problems.iter().map(|p| p.field.as_str()).collect::<Vec<_>>(), ["kept-5", "why-6"]);
        said.insert(found[6].promise.item, (Some(Kept::Kept), "We ask from May on.".to_owned()));
        said.insert(found[5].promise.item, (Some(Kept::Kept), String::new()));
        casework.judge_promises(&director, id, &said, "j1").await.unwrap();
        let shown = casework.pledge().await.unwrap().unwrap();
        let judged = shown.judged(found[6].promise.item).unwrap();
        assert_eq!(
            (judged.kept, judged.why.as_deref()),
            (Kept::NotYet, Some("We ask from May on.")),
            "the action says it, not people"
        );
        assert_eq!(shown.judged(found[5].promise.item).unwrap().kept, Kept::Kept);

        let done = PlanChange::Status { status: Status::Done, reason: "All asked".to_owned() };
        casework.change_plan(&director, (plan, item), 99, &done, "d").await.unwrap();
        let found = casework.promises_to_judge(&director, id).await.unwrap();
        assert_eq!(found[6].found.as_ref().unwrap().kept, Kept::Kept);
        let still = casework.pledge().await.unwrap().unwrap();
        assert_eq!(still.judged(found[6].promise.item).unwrap().kept, Kept::NotYet, "until it is said anew");
        let nurse = world.sign_in(NURSE).await;
        assert!(matches!(casework.promises_to_judge(&nurse, id).await, Err(Error::Absent)));
        let clerk = world.sign_in(CLERK).await;
        assert!(casework.promises_to_judge(&clerk, id).await.is_ok());
    })
    .await;
}

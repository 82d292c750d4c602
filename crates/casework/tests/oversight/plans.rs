//! Action plans: who may write what, nothing overwritten, late ones told once a step, and a report that stays as it was.

use jiff::civil::{Date, date};
use kinfold_casework::authority::plan::{Lead, Status};
use kinfold_casework::authority::{NewPlan, NewRecommendation, PlanChange, PlanHead, PlanPage};
use kinfold_casework::board::ExportedCell;
use kinfold_casework::{Actor, Error};
use uuid::Uuid;

use crate::world::{
    CLERK, COUNCILLOR, DIRECTOR, HEAD, NURSE, PASSWORD, TODAY, WORKER, World, id, noon, on_both,
};

fn recommendation(number: &str, email: &str, due: Option<Date>) -> NewRecommendation {
    NewRecommendation {
        number: number.to_owned(),
        text: format!("Do what {number} says"),
        email: email.to_owned(),
        target_on: due,
        ..NewRecommendation::default()
    }
}

async fn plan_with(world: &World, director: &Actor, due: Date) -> (Uuid, Uuid) {
    let new = NewPlan { title: "After the review".to_owned(), report_months: 6, ..NewPlan::default() };
    let plan = world.casework.make_plan(director, &new, "made").await.unwrap();
    let first = recommendation("1", "person11@fernshire.example", Some(due));
    let item = world.casework.add_recommendation(director, plan, &first, "first").await.unwrap();
    (plan, item)
}

async fn seen(world: &World, actor: &Actor, plan: Uuid) -> PlanPage {
    world.casework.plan(actor, plan, None).await.unwrap()
}

fn progress(text: &str) -> PlanChange {
    PlanChange::Progress { text: text.to_owned(), on: TODAY }
}

fn status(status: Status, reason: &str) -> PlanChange {
    PlanChange::Status { status, reason: reason.to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_writes_what_is_theirs() {
    on_both(|world| async move {
        let director = world.sign_in(DIRECTOR).await;
        let (plan, item) = plan_with(&world, &director, date(2027, 1, 31)).await;
        let lead = world.sign_in(WORKER).await;
        let nurse = world.sign_in(NURSE).await;
        let councillor = world.sign_in(COUNCILLOR).await;
        let at = (plan, item);
        let casework = &world.casework;
        let refused = |answer: Result<(), Error>| assert!(matches!(answer, Err(Error::Absent)), "{answer:?}");

        assert_eq!(
            world.notices(WORKER).await[0].link,
            Some(format!("/plans/{plan}/{item}")),
            "the lead is told"
        );
        casework.change_plan(&lead, at, 0, &progress("Letters sent"), "a").await.unwrap();
        refused(casework.change_plan(&nurse, at, 0, &progress("Not mine"), "b").await);
        refused(
            casework
                .change_plan(&lead, at, 99, &PlanChange::Lead { email: String::new(), post: "X".into() }, "c")
                .await,
        );
        let said = PlanChange::Comment { text: "Show us in October".to_owned(), on: TODAY };
        refused(casework.change_plan(&lead, at, 0, &said, "d").await);
        refused(casework.change_plan(&director, at, 0, &said, "e").await);
        casework.change_plan(&councillor, at, 0, &said, "f").await.unwrap();
        refused(casework.change_plan(&councillor, at, 0, &progress("Not theirs"), "g").await);
        let clerk = world.sign_in(CLERK).await;
        casework.change_plan(&clerk, at, 0, &said, "h").await.unwrap();
        assert!(matches!(casework.make_plan(&lead, &NewPlan::default(), "i").await, Err(Error::Absent)));
        assert!(matches!(
            casework.report_plan(&councillor, plan, "Panel", "", "j").await,
            Err(Error::Absent)
        ));

        let page = seen(&world, &nurse, plan).await;
        let found = page.plan.recommendation(item).unwrap();
        assert_eq!(found.progress.len(), 1);
        assert_eq!(
            found.comments.iter().map(|c| c.written.by).collect::<Vec<_>>(),
            [Some(id(COUNCILLOR)), Some(id(CLERK))]
        );
        assert_eq!(found.status(), Status::UnderWay, "something was done and nobody said otherwise");
        assert!(!page.may_edit && !page.may_comment && !page.may_report_on(found));
        assert!(seen(&world, &lead, plan).await.may_report_on(found));
        let log = world.log().await;
        let wrote = log
            .iter()
            .filter(|(action, detail)| action == "edit_plans" && detail.contains("progress"))
            .count();
        assert_eq!(wrote, 1);
        assert_eq!(log.iter().filter(|(action, _)| action == "comment_as_panel").count(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_second_is_told_and_a_form_sent_twice_counts_once() {
    on_both(|world| async move {
        let director = world.sign_in(DIRECTOR).await;
        let (plan, item) = plan_with(&world, &director, date(2027, 1, 31)).await;
        let at = (plan, item);
        let casework = &world.casework;
        let before = seen(&world, &director, plan).await.plan.version;
        let head = world.sign_in(HEAD).await;
        casework.change_plan(&head, at, before, &status(Status::AtRisk, "No money yet"), "a").await.unwrap();
        casework.change_plan(&head, at, before, &status(Status::AtRisk, "No money yet"), "a").await.unwrap();
        let second =
            casework.change_plan(&director, at, before, &status(Status::UnderWay, "All well"), "b").await;
        let Err(Error::Conflict { current }) = second else { panic!("{second:?}") };
        let page = seen(&world, &director, plan).await;
        assert_eq!(page.plan.recommendation(item).unwrap().standings.len(), 1, "sent twice, kept once");
        // Something else of the same recommendation is no conflict, and having seen both one may decide.
        let words = PlanChange::Words { number: "1".to_owned(), text: "Better words".to_owned() };
        casework.change_plan(&director, at, before, &words, "c").await.unwrap();
        casework
            .change_plan(&director, at, current, &status(Status::UnderWay, "All well"), "d")
            .await
            .unwrap();
        let page = seen(&world, &director, plan).await;
        let found = page.plan.recommendation(item).unwrap();
        assert_eq!((found.text.as_str(), found.status()), ("Better words", Status::UnderWay));
        assert_eq!(found.standings[0].reason, "No money yet", "what was said before stays");

        let long = progress(&"é".repeat(100_000));
        let Err(Error::Invalid(problems)) = casework.change_plan(&director, at, 0, &long, "e").await else {
            panic!()
        };
        assert!(problems[0].field == "text" && problems[0].message.contains("80000 characters too long"));
        let moved =
            PlanChange::Target { words: String::new(), on: Some(date(2027, 3, 1)), reason: String::new() };
        assert!(
            matches!(casework.change_plan(&director, at, 99, &moved, "f").await, Err(Error::Invalid(_))),
            "why?"
        );
        let nobody = PlanChange::Lead { email: "nobody@fernshire.example".to_owned(), post: String::new() };
        assert!(matches!(
            casework.change_plan(&director, at, 99, &nobody, "g").await,
            Err(Error::Invalid(_))
        ));
        let twice = recommendation("1", "", None);
        assert!(matches!(
            casework.add_recommendation(&director, plan, &twice, "h").await,
            Err(Error::Invalid(_))
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_climbs_and_everybody_is_told_once() {
    on_both(|world| async move {
        let director = world.sign_in(DIRECTOR).await;
        let (plan, item) = plan_with(&world, &director, TODAY).await;
        let ongoing = NewRecommendation { target: "Ongoing".to_owned(), ..recommendation("2", "", None) };
        world.casework.add_recommendation(&director, plan, &ongoing, "second").await.unwrap();
        let late = |notices: Vec<kinfold_casework::rows::NoticeRow>| {
            notices.into_iter().filter(|n| n.kind == "plan_late").map(|n| n.text).collect::<Vec<_>>()
        };
        let told = async |person: u128| late(world.notices(person).await).len();
        let on = async |day: Date| {
            world.clock.set(noon(day));
            world.casework.run_escalation().await.unwrap();
            world.casework.run_escalation().await.unwrap();
            (told(WORKER).await, told(HEAD).await, told(DIRECTOR).await)
        };
        assert_eq!(on(TODAY).await, (0, 0, 0), "the last day is in time");
        assert_eq!(on(date(2026, 12, 2)).await, (1, 0, 0));
        assert_eq!(on(date(2026, 12, 15)).await, (1, 0, 0));
        assert_eq!(on(date(2026, 12, 16)).await, (1, 1, 0), "a fortnight later the head of service");
        assert_eq!(on(date(2026, 12, 30)).await, (1, 1, 1), "and then the director");
        assert_eq!(on(date(2027, 3, 1)).await, (1, 1, 1));
        let text = &late(world.notices(HEAD).await)[0];
        assert_eq!(text, "Recommendation 1 of the action plan “After the review” is late.");

        let director = world.sign_in(DIRECTOR).await;
        let page = seen(&world, &director, plan).await;
        assert_eq!(page.plan.recommendation(item).unwrap().days_late(page.on), Some(90));
        let moved = PlanChange::Target {
            words: String::new(),
            on: Some(date(2027, 3, 31)),
            reason: "The panel agreed".to_owned(),
        };
        world.casework.change_plan(&director, (plan, item), page.plan.version, &moved, "a").await.unwrap();
        assert_eq!(on(date(2027, 3, 31)).await, (1, 1, 1));
        assert_eq!(on(date(2027, 4, 1)).await, (2, 1, 1), "a new date, a new ladder");
        let director = world.sign_in(DIRECTOR).await;
        world
            .casework
            .change_plan(&director, (plan, item), i64::MAX, &status(Status::Done, "All there"), "b")
            .await
            .unwrap();
        assert_eq!(on(date(2027, 6, 1)).await, (2, 1, 1), "what is done is not late");
        let lines = world.log().await.into_iter().filter(|(action, _)| action == "plan_late").count();
        assert_eq!(lines, 4, "a line in the log for each time that somebody was told");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_stays_as_it_was_made() {
    on_both(|world| async move {
        let director = world.sign_in(DIRECTOR).await;
        let (plan, item) = plan_with(&world, &director, date(2026, 12, 5)).await;
        let at = (plan, item);
        let casework = &world.casework;
        assert_eq!(seen(&world, &director, plan).await.plan.next_report_on(), Some(date(2027, 6, 1)));
        casework.change_plan(&director, at, 0, &progress("Letters sent"), "a").await.unwrap();
        world.clock.set(noon(date(2026, 12, 10)));
        let director = world.sign_in(DIRECTOR).await;
        let report = casework.report_plan(&director, plan, "Panel", "Good so far", "b").await.unwrap();
        assert_eq!(casework.report_plan(&director, plan, "Panel", "Good so far", "b").await.unwrap(), report);
        let then = casework.plan(&director, plan, Some(report)).await.unwrap();

        casework.change_plan(&director, at, 99, &progress("And more"), "c").await.unwrap();
        let words = PlanChange::Words { number: "9".to_owned(), text: "Other words".to_owned() };
        casework.change_plan(&director, at, 99, &words, "d").await.unwrap();
        casework.change_plan(&director, at, 99, &status(Status::Done, "There"), "e").await.unwrap();
        world.clock.set(noon(date(2027, 5, 1)));
        let director = world.sign_in(DIRECTOR).await;
        let now = casework.plan(&director, plan, Some(report)).await.unwrap();
        assert_eq!((now.plan.clone(), now.on), (then.plan, date(2026, 12, 10)), "not a word differs");
        assert_eq!(now.plan.recommendations[0].days_late(now.on), Some(5), "late as on that day");
        assert!(!now.may_edit && now.report.unwrap().words.as_deref() == Some("Good so far"));
        assert!(matches!(casework.plan(&director, plan, Some(2)).await, Err(Error::Absent)), "no report");
        assert_eq!(seen(&world, &director, plan).await.plan.next_report_on(), None, "nothing is left to do");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_leaves_as_a_table_after_the_password() {
    on_both(|world| async move {
        let director = world.sign_in(DIRECTOR).await;
        let (plan, item) = plan_with(&world, &director, date(2026, 12, 5)).await;
        world.casework.change_plan(&director, (plan, item), 0, &progress("=1+1"), "a").await.unwrap();
        assert!(matches!(
            world.casework.export_plan(&director, plan, None, "csv").await,
            Err(Error::Reauthenticate)
        ));
        let token = world.token(DIRECTOR).await;
        let director = world.casework.actor(&token).await.unwrap();
        world.casework.reauthenticate(&director, PASSWORD).await.unwrap();
        let director = world.casework.actor(&token).await.unwrap();
        let table = world.casework.export_plan(&director, plan, None, "csv").await.unwrap();
        assert_eq!(table.columns.len(), table.rows[0].len());
        assert_eq!(table.rows[0][0], ExportedCell::Text("1".to_owned()));
        assert_eq!(table.rows[0][3], ExportedCell::Day(date(2026, 12, 5)));
        assert_eq!(table.rows[0][6], ExportedCell::Text("Person 11".to_owned()));
        assert!(world.log().await.iter().any(|(action, _)| action == "export_plan"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_in_the_guidance_is_taken_up_complete() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        let files = world.casework.plan_files(&clerk).unwrap();
        assert!(!files.is_empty(), "an example is there");
        for file in files {
            let plan = world.casework.take_up_plan(&clerk, &file.id, &file.id).await.unwrap();
            let page = seen(&world, &clerk, plan).await;
            let book = world.casework.book();
            let of = book.guidance.plans.on(&file.id, TODAY).unwrap();
            assert_eq!(page.plan.recommendations.len(), of.actions.len());
            for (taken, of) in page.plan.recommendations.iter().zip(&of.actions) {
                assert_eq!(taken.number, of.number.as_str());
                assert!(taken.text.starts_with(&of.recommendation));
                assert!(of.points.iter().all(|point| taken.text.contains(point.as_str())), "{}", of.number);
                assert_eq!(taken.target().and_then(|t| t.on), of.due());
                assert!(of.targets.iter().all(|t| taken.target().unwrap().words.contains(&t.words)));
                assert_eq!(taken.progress.len(), of.progress.len());
                assert_eq!(taken.comments.len(), of.comments.len());
                assert!(matches!(&taken.lead, Some((Lead::Post(post), _)) if *post == of.lead));
            }
            assert_eq!(page.plan.comments.len(), of.comments.len());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_is_late_is_told_once_and_a_plan_goes_into_other_hands() {
    on_both(|world| async move {
        let director = world.sign_in(DIRECTOR).await;
        let (plan, _) = plan_with(&world, &director, date(2030, 1, 31)).await;
        let told = async |person: u128| {
            let notices = world.notices(person).await;
            notices.iter().filter(|n| n.kind == "plan_report_late").count()
        };
        let on = async |day: Date| {
            world.clock.set(noon(day));
            world.casework.run_escalation().await.unwrap();
            world.casework.run_escalation().await.unwrap();
            (told(DIRECTOR).await, told(CLERK).await, told(HEAD).await)
        };
        assert_eq!(on(date(2027, 6, 1)).await, (0, 0, 0), "the last day is in time");
        assert_eq!(on(date(2027, 6, 2)).await, (1, 1, 0), "whoever answers for it, and the clerk, once");
        assert_eq!(on(date(2027, 9, 1)).await, (1, 1, 0));
        let director = world.sign_in(DIRECTOR).await;
        world.casework.report_plan(&director, plan, "Panel", "", "r").await.unwrap();
        assert_eq!(on(date(2028, 3, 1)).await, (1, 1, 0));

        let director = world.sign_in(DIRECTOR).await;
        let seen_at = seen(&world, &director, plan).await.plan.version;
        let mut head = PlanHead {
            title: "After the second review".to_owned(),
            about: String::new(),
            email: "nobody@fernshire.example".to_owned(),
        };
        let casework = &world.casework;
        let nobody = casework.change_plan_head(&director, plan, seen_at, &head, "a").await;
        assert!(matches!(nobody, Err(Error::Invalid(_))), "{nobody:?}");
        head.email = format!("person{HEAD}@fernshire.example");
        casework.change_plan_head(&director, plan, seen_at, &head, "b").await.unwrap();
        let second = casework.change_plan_head(&director, plan, seen_at, &head, "c").await;
        assert!(matches!(second, Err(Error::Conflict { .. })), "{second:?}");
        let page = seen(&world, &director, plan).await;
        assert_eq!((page.plan.title.as_str(), page.plan.owner), ("After the second review", id(HEAD)));
        assert_eq!(world.notices(HEAD).await[0].link, Some(format!("/plans/{plan}")));
        let nurse = world.sign_in(NURSE).await;
        assert!(matches!(casework.change_plan_head(&nurse, plan, 999, &head, "d").await, Err(Error::Absent)));
        assert_eq!(on(date(2028, 3, 2)).await, (1, 2, 1), "the next report is asked of whoever answers now");
    })
    .await;
}

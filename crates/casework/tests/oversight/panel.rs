//! The panel: a meeting from its call to its agreed minutes, a pack that stays as it was, decisions that become actions,
//! and words that were let be passed on and no others.

use jiff::civil::{Date, date};
use kinfold_casework::authority::frozen::{Figure, PaperBlock};
use kinfold_casework::authority::panel::meeting::Presence;
use kinfold_casework::authority::panel::{
    Decision, NewItem, NewMeeting, NewPaper, NewVisit, NewWords, VisitKind,
};
use kinfold_casework::authority::{NewPlan, NewRecommendation, PlanChange};
use kinfold_casework::measures::{Part, Seen, figure_words};
use kinfold_casework::rows::Page;
use kinfold_casework::{Actor, Error};
use uuid::Uuid;

use crate::world::{CLERK, COUNCILLOR, DIRECTOR, NURSE, TODAY, WORKER, World, noon, on_both};

fn meeting(on: Date) -> NewMeeting {
    NewMeeting { on, at: "10 am".to_owned(), place: "County Hall".to_owned(), reason: String::new() }
}

fn words(words: &str, agreed: bool) -> NewWords {
    NewWords { words: words.to_owned(), of: "children".to_owned(), agreed }
}

async fn plan(world: &World, actor: &Actor) -> Uuid {
    let new = NewPlan { title: "After the review".to_owned(), ..NewPlan::default() };
    let plan = world.casework.make_plan(actor, &new, "plan").await.unwrap();
    for (number, due) in [("1", date(2027, 6, 1)), ("2", date(2026, 11, 1)), ("3", date(2026, 10, 1))] {
        let new = NewRecommendation {
            number: number.to_owned(),
            text: format!("Do what {number} says"),
            target_on: Some(due),
            ..NewRecommendation::default()
        };
        world.casework.add_recommendation(actor, plan, &new, &format!("r{number}")).await.unwrap();
    }
    plan
}

async fn blocks(world: &World, actor: &Actor, id: Uuid) -> Vec<PaperBlock> {
    let page = world.casework.meeting(actor, id).await.unwrap();
    page.meeting.pack().unwrap().sections.iter().flat_map(|s| s.blocks.clone()).collect()
}

fn figures(blocks: &[PaperBlock]) -> Vec<Figure> {
    blocks
        .iter()
        .filter_map(|block| match block {
            PaperBlock::Figures { figures } => Some(figures.clone()),
            _ => None,
        })
        .flatten()
        .collect()
}

fn quotes(blocks: &[PaperBlock]) -> Vec<String> {
    blocks
        .iter()
        .filter_map(|block| match block {
            PaperBlock::Quotes { quotes } => Some(quotes.iter().map(|q| q.words.clone()).collect::<Vec<_>>()),
            _ => None,
        })
        .flatten()
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_from_its_call_to_its_agreed_minutes() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        let councillor = world.sign_in(COUNCILLOR).await;
        let casework = &world.casework;
        let plan = plan(&world, &clerk).await;
        let id = casework.call_meeting(&clerk, &meeting(TODAY), "call").await.unwrap();
        assert_eq!(casework.call_meeting(&clerk, &meeting(TODAY), "call").await.unwrap(), id, "sent twice");
        assert!(matches!(casework.call_meeting(&councillor, &meeting(TODAY), "x").await, Err(Error::Absent)));
        assert_eq!(world.notices(COUNCILLOR).await[0].link, Some(format!("/panel/{id}")), "called and told");
        let page = casework.meeting(&councillor, id).await.unwrap();
        assert!(!page.may_run && page.may_remark);
        assert!(page.meeting.items.len() > 5, "the usual agenda is there");
        assert_eq!(page.meeting.guests.len(), 2, "the councillor and the director");

        // A member says something before; a nurse reads and writes nothing.
        let nurse = world.sign_in(NURSE).await;
        let item = page.meeting.items[1].item;
        casework.remark_on_meeting(&councillor, (id, Some(item)), "Why so late?", "r").await.unwrap();
        assert!(matches!(casework.remark_on_meeting(&nurse, (id, None), "I", "s").await, Err(Error::Absent)));
        assert!(matches!(casework.issue_pack(&councillor, id, "p").await, Err(Error::Absent)));

        // Empty minutes are no minutes, and cannot be agreed.
        let empty = casework.write_minute(&clerk, (id, item), 99, "  ", "m0").await;
        assert!(matches!(empty, Err(Error::Invalid(_))), "{empty:?}");
        let Err(Error::Invalid(problems)) = casework.agree_minutes(&clerk, id, "a0").await else { panic!() };
        assert!(problems[0].message.contains("no minutes yet"), "{problems:?}");
        let long = casework.write_minute(&clerk, (id, item), 99, &"é".repeat(100_000), "m1").await;
        let Err(Error::Invalid(problems)) = long else { panic!("{long:?}") };
        assert!(problems[0].message.contains("80000 characters too long"));

        // Two clerks write the same minute: the second is told, and nothing is overwritten.
        let before = casework.meeting(&clerk, id).await.unwrap().meeting.version;
        casework.write_minute(&clerk, (id, item), before, "They are late because…", "m2").await.unwrap();
        let second = casework.write_minute(&clerk, (id, item), before, "Something else", "m3").await;
        assert!(matches!(second, Err(Error::Conflict { .. })), "{second:?}");

        // A decision says who and by when, and is followed like every other action.
        let mut decision = Decision {
            plan,
            action: NewRecommendation {
                number: "4".to_owned(),
                text: "Meet the districts".to_owned(),
                ..NewRecommendation::default()
            },
        };
        let at = (id, item);
        assert!(
            matches!(casework.decide_at_panel(&clerk, at, &decision, "d0").await, Err(Error::Invalid(_))),
            "who?"
        );
        decision.action.email = "person11@fernshire.example".to_owned();
        assert!(
            matches!(casework.decide_at_panel(&clerk, at, &decision, "d1").await, Err(Error::Invalid(_))),
            "when?"
        );
        decision.action.target_on = Some(date(2027, 1, 31));
        let action = casework.decide_at_panel(&clerk, at, &decision, "d2").await.unwrap();
        assert_eq!(
            casework.decide_at_panel(&clerk, at, &decision, "d2").await.unwrap(),
            action,
            "sent twice"
        );
        let followed = casework.plan(&councillor, plan, None).await.unwrap();
        let found = followed.plan.recommendation(action).unwrap();
        assert!(found.from.as_deref().unwrap().starts_with("Corporate parenting panel, 1 December 2026"));
        assert_eq!(world.notices(WORKER).await[0].link, Some(format!("/plans/{plan}/{action}")));

        let Err(Error::Invalid(problems)) = casework.agree_minutes(&clerk, id, "a1").await else { panic!() };
        assert!(problems[0].message.contains("who came"), "{problems:?}");
        let guests = casework.meeting(&clerk, id).await.unwrap().meeting.guests;
        let came = [(guests[0].item, Presence::Attended), (guests[1].item, Presence::Apologies)];
        casework.note_attendance(&clerk, id, &came, "n").await.unwrap();
        casework.agree_minutes(&clerk, id, "a2").await.unwrap();
        let agreed = casework.meeting(&clerk, id).await.unwrap().meeting;
        assert_eq!(agreed.count(Presence::Attended), 1);
        let late = casework.write_minute(&clerk, (id, item), 999, "After all", "m4").await;
        assert!(matches!(late, Err(Error::Invalid(_))), "agreed minutes never change: {late:?}");
        assert!(matches!(
            casework.decide_at_panel(&clerk, at, &decision, "d3").await,
            Err(Error::Invalid(_))
        ));
        assert!(matches!(
            casework
                .put_item(&clerk, (id, None), 999, &NewItem { title: "X".into(), ..Default::default() }, "i")
                .await,
            Err(Error::Invalid(_))
        ));
        assert_eq!(casework.meeting(&clerk, id).await.unwrap().meeting, agreed);

        // What was decided comes back at the next meeting.
        world.clock.set(noon(date(2027, 3, 1)));
        let clerk = world.sign_in(CLERK).await;
        let next = casework.call_meeting(&clerk, &meeting(date(2027, 3, 1)), "next").await.unwrap();
        casework.issue_pack(&clerk, next, "pack").await.unwrap();
        let told = blocks(&world, &clerk, next).await;
        let PaperBlock::Actions { actions } =
            told.iter().find(|b| matches!(b, PaperBlock::Actions { .. })).unwrap()
        else {
            panic!()
        };
        assert_eq!(
            actions.iter().map(|a| a.recommendation).collect::<Vec<_>>(),
            [action],
            "what was decided"
        );
        assert_eq!(actions[0].days_late, Some(29));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pack_stays_as_it_was_and_its_figures_are_those_of_the_measures_page() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        let casework = &world.casework;
        let plan_id = plan(&world, &clerk).await;
        let worker = world.sign_in(WORKER).await;
        let refused = casework.hand_on_words(&worker, &words("Nobody asked me", false), "w0").await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "not without their yes: {refused:?}");
        casework.hand_on_words(&worker, &words("I want to see my dog", true), "w1").await.unwrap();
        casework.hand_on_words(&worker, &words("Take this back", true), "w2").await.unwrap();
        let mine = casework.panel_words(&worker).await.unwrap();
        assert_eq!((mine.lines.len(), mine.all), (2, false));
        let nurse = world.sign_in(NURSE).await;
        assert!(casework.panel_words(&nurse).await.unwrap().lines.is_empty(), "only one’s own");
        let named = |words: &str| mine.lines.iter().find(|line| line.quote.words == words).unwrap().id;
        let back = named("Take this back");
        assert!(matches!(casework.take_back_words(&nurse, back, "").await, Err(Error::Absent)));
        casework.take_back_words(&worker, back, "").await.unwrap();

        let id = casework.call_meeting(&clerk, &meeting(TODAY), "call").await.unwrap();
        casework.issue_pack(&clerk, id, "pack").await.unwrap();
        casework.issue_pack(&clerk, id, "pack").await.unwrap();
        let before = casework.meeting(&clerk, id).await.unwrap().meeting;
        assert_eq!(before.packs.len(), 1, "sent twice");
        let told = blocks(&world, &clerk, id).await;
        assert_eq!(quotes(&told), ["I want to see my dog"]);
        let late: Vec<_> = told
            .iter()
            .filter_map(|b| match b {
                PaperBlock::Actions { actions } => {
                    Some(actions.iter().map(|a| a.number.as_str()).collect::<Vec<_>>())
                }
                _ => None,
            })
            .collect();
        assert_eq!(late, [["3", "2", "1"]], "what is latest comes first");

        // Each figure is that of the measures page, as it may be published.
        let councillor = world.sign_in(COUNCILLOR).await;
        let placed = figures(&told);
        assert!(placed.len() > 10);
        for figure in &placed {
            let page = casework
                .measure(&councillor, &figure.measure, Some(figure.year), Part::Numerator, Page::first(1))
                .await
                .unwrap();
            assert_eq!(page.year.span.to, figure.to);
            let value = match page.line.seen {
                Seen::NotRecorded => None,
                Seen::Figures(public) => public.value,
            };
            assert_eq!(value, figure.value, "{}", figure.measure);
            if let Some(value) = value {
                assert_eq!(figure.figure, figure_words(page.line.measure.unit, value));
            }
        }
        let children = placed.iter().find(|f| f.measure == "children.looked_after").unwrap();
        assert_eq!((children.figure.as_str(), children.value), ("not shown", None), "four children are few");

        // Whatever happens afterwards, the pack stays.
        let change = PlanChange::Progress { text: "Done something".to_owned(), on: TODAY };
        let item = casework.plan(&clerk, plan_id, None).await.unwrap().plan.recommendations[0].item;
        casework.change_plan(&clerk, (plan_id, item), 99, &change, "c").await.unwrap();
        casework.take_back_words(&clerk, named("I want to see my dog"), "").await.unwrap();
        let first = before.items[0].item;
        let other = NewItem { title: "Other".to_owned(), ..NewItem::default() };
        casework.put_item(&clerk, (id, Some(first)), 999, &other, "i").await.unwrap();
        world.clock.set(noon(date(2027, 2, 1)));
        let clerk = world.sign_in(CLERK).await;
        let after = casework.meeting(&clerk, id).await.unwrap().meeting;
        assert_eq!(after.packs, before.packs, "not a word differs");
        casework.issue_pack(&clerk, id, "again").await.unwrap();
        let again = casework.meeting(&clerk, id).await.unwrap().meeting;
        assert_eq!(
            (again.packs.len(), &again.packs[0]),
            (2, &before.packs[0]),
            "a second one beside the first"
        );
        assert_eq!(quotes(&blocks(&world, &clerk, id).await), Vec::<String>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_and_visits_are_kept_and_what_is_no_document_is_refused() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        let casework = &world.casework;
        let id = casework.call_meeting(&clerk, &meeting(TODAY), "call").await.unwrap();
        let item = casework.meeting(&clerk, id).await.unwrap().meeting.items[5].item;
        let paper = |bytes: &[u8]| NewPaper {
            title: "Report of the reviewing officers".to_owned(),
            name: "../report.pdf".to_owned(),
            bytes: bytes.to_vec(),
        };
        let refused = casework.lay_paper(&clerk, (id, item), &paper(b"<html>"), "f0").await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        casework.lay_paper(&clerk, (id, item), &paper(b"%PDF-1.7\n1"), "f1").await.unwrap();
        let file = casework.meeting(&clerk, id).await.unwrap().meeting.item(item).unwrap().papers[0].file;
        casework.issue_pack(&clerk, id, "pack").await.unwrap();
        casework.take_paper_away(&clerk, (id, item), file, "f2").await.unwrap();
        let councillor = world.sign_in(COUNCILLOR).await;
        let given = casework.panel_paper(&councillor, id, file).await.unwrap();
        assert_eq!(
            (given.bytes.as_slice(), given.kind.as_str()),
            (b"%PDF-1.7\n1".as_slice(), "application/pdf")
        );
        assert!(!given.name.contains("report"), "the name tells nothing: {}", given.name);
        assert!(matches!(
            casework.panel_paper(&councillor, Uuid::from_u128(9), file).await,
            Err(Error::Absent)
        ));

        let visit = |text: &str| NewVisit {
            on: TODAY,
            what: Some(VisitKind::Home),
            place: "The Larches".to_owned(),
            members: "Councillor Person 18".to_owned(),
            text: text.to_owned(),
        };
        let director = world.sign_in(DIRECTOR).await;
        assert!(matches!(
            casework.write_visit(&director, None, &visit("Warm"), "v0").await,
            Err(Error::Absent)
        ));
        casework.write_visit(&councillor, None, &visit("Warm"), "v1").await.unwrap();
        let seen = casework.visits(&director).await.unwrap().visits[0].clone();
        casework
            .write_visit(&councillor, Some((seen.id, seen.version)), &visit("Warm and loud"), "v2")
            .await
            .unwrap();
        let stale = casework.write_visit(&clerk, Some((seen.id, seen.version)), &visit("Cold"), "v3").await;
        assert!(matches!(stale, Err(Error::Conflict { .. })), "{stale:?}");
        let tomorrow = NewVisit { on: date(2026, 12, 2), ..visit("Not yet") };
        assert!(matches!(
            casework.write_visit(&councillor, None, &tomorrow, "v4").await,
            Err(Error::Invalid(_))
        ));
        assert_eq!(casework.visits(&director).await.unwrap().visits[0].text, "Warm and loud");
        casework.withdraw_visit(&councillor, (seen.id, 9), "Another day", "v5").await.unwrap();
        assert!(casework.visits(&director).await.unwrap().visits.is_empty());
    })
    .await;
}

//! Surveys: invited by a link that works once, reminded, closed; and where it was promised that nobody can tell who answered
//! what, nothing that is kept can tell it.

use std::collections::BTreeSet;
use std::sync::Mutex;

use jiff::civil::{Date, date};
use kinfold_casework::outbox::Carrier;
use kinfold_casework::surveys::{
    Cleared, Counted, NewRound, Recipient, SurveyAnswered, SurveyOpened, read_recipients,
};
use kinfold_casework::{Actor, Error};
use kinfold_forms::{Answer, Answers, Key};
use uuid::Uuid;

use crate::world::{CLERK, COUNCILLOR, TODAY, WORKER, World, noon, on_both, on_both_with};

/// Letters that were sent.
#[derive(Default)]
struct Post(Mutex<Vec<(String, String, String)>>);

impl Carrier for Post {
    async fn carry(&self, to: &str, subject: &str, text: &str) -> Result<(), String> {
        self.0.lock().unwrap().push((to.to_owned(), subject.to_owned(), text.to_owned()));
        Ok(())
    }
}

impl Post {
    /// Takes what was sent by now.
    fn take(&self) -> Vec<(String, String, String)> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

const CLOSES: Date = date(2026, 12, 28);

fn schools(count: usize) -> Vec<Recipient> {
    (0..count)
        .map(|n| Recipient { name: format!("School {n}"), email: format!("office{n}@school.example") })
        .collect()
}

async fn open(world: &World, clerk: &Actor, count: usize) -> Uuid {
    let new = NewRound {
        survey: "schools.survey".to_owned(),
        title: "Autumn 2026".to_owned(),
        closes_on: Some(CLOSES),
        recipients: schools(count),
    };
    world.casework.open_round(clerk, &new, "open").await.unwrap()
}

/// The links that were sent, by address.
async fn links(world: &World) -> Vec<(String, String)> {
    let post = Post::default();
    world.casework.run_outbox(&post).await.unwrap();
    let token =
        |text: &str| text.split("/survey/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let letters = post.take().into_iter().filter(|(_, _, text)| text.contains("/survey/"));
    letters.map(|(to, _, text)| (to, token(&text))).collect()
}

fn answers(code: &str, wish: Option<&str>) -> Answers {
    let mut answers = Answers::default();
    let questions = [
        "coordination",
        "designated_teachers",
        "information",
        "social_workers",
        "after_16",
        "substances",
        "health_information",
        "school_meals",
        "mental_health",
        "disability",
        "sexual_health",
    ];
    for question in questions {
        answers.set(Key::of(question), Some(Answer::Choice(code.into())));
    }
    answers.set(Key::of("would_help"), wish.map(|w| Answer::Text(w.to_owned())));
    answers
}

async fn answer(world: &World, token: &str, code: &str, wish: Option<&str>) -> SurveyAnswered {
    world.casework.answer_survey(token, &answers(code, wish)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_works_once_and_says_so() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        open(&world, &clerk, 2).await;
        let sent = links(&world).await;
        assert_eq!(sent.len(), 2);
        let (_, token) = &sent[0];
        assert!(matches!(world.casework.survey_outside(token).await.unwrap(), SurveyOpened::Open { .. }));
        assert!(matches!(world.casework.survey_outside("nothing").await, Err(Error::Absent)));
        let half = world.casework.answer_survey(token, &Answers::default()).await;
        assert!(matches!(half, Err(Error::Invalid(_))), "{half:?}");
        let mut long = answers("very", None);
        long.set(Key::of("would_help"), Some(Answer::Text("é".repeat(100_000))));
        assert!(matches!(world.casework.answer_survey(token, &long).await, Err(Error::Invalid(_))));

        // Two at once, and one after them: one is kept.
        let (one, other) =
            tokio::join!(answer(&world, token, "very", None), answer(&world, token, "little", None));
        assert!(one != other && [one, other].contains(&SurveyAnswered::Thanks), "{one:?} {other:?}");
        assert_eq!(answer(&world, token, "little", None).await, SurveyAnswered::Used);
        assert!(matches!(world.casework.survey_outside(token).await.unwrap(), SurveyOpened::Used));

        world.clock.set(noon(date(2026, 12, 29)));
        assert!(matches!(world.casework.survey_outside(&sent[1].1).await.unwrap(), SurveyOpened::Closed));
        assert_eq!(answer(&world, &sent[1].1, "very", None).await, SurveyAnswered::Closed);
    })
    .await;
}

/// Every row of the database, as a backup holds them.
async fn rows(world: &World) -> Vec<String> {
    let folder = std::env::temp_dir().join(format!("kinfold-survey-{}", Uuid::now_v7()));
    world.database.store.backup(&folder).await.unwrap();
    let text = std::fs::read_to_string(&folder).unwrap();
    std::fs::remove_file(&folder).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_kept_joins_an_answer_to_whoever_gave_it() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        open(&world, &clerk, 5).await;
        let sent = links(&world).await;
        let mut unit = world.database.store.glance().await.unwrap();
        let counts = unit.survey_counts().await.unwrap();
        let before = unit.survey_invitations(counts[0].0).await.unwrap();
        drop(unit);
        assert!(
            before.iter().all(|row| row.id.get_version_num() == 4),
            "an id that begins with a time would tell an order"
        );
        let mut last = rows(&world).await;
        for (at, (_, token)) in sent.iter().enumerate() {
            world
                .clock
                .set(noon(TODAY) + jiff::SignedDuration::from_secs(3_600 + 60 * i64::try_from(at).unwrap()));
            assert_eq!(
                answer(&world, token, "very", Some(&format!("Wish {at}"))).await,
                SurveyAnswered::Thanks
            );
            let now = rows(&world).await;
            let old: BTreeSet<&String> = last.iter().collect();
            let new: Vec<&String> = now.iter().filter(|row| !old.contains(row)).collect();
            let table = |row: &&&String| row.split('"').nth(1).unwrap_or_default().to_owned();
            let tables: BTreeSet<String> = new.iter().map(|row| table(&row)).collect();
            let known = ["audit", "audit_head", "epoch", "rows", "survey_box", "survey_invitation"];
            assert!(tables.iter().all(|t| known.contains(&t.as_str())), "{tables:?}");
            // The line in the log has a time. So it may hold nothing of the invitation.
            let logged: Vec<_> = new.iter().filter(|row| table(row) == "audit").collect();
            assert_eq!(logged.len(), 1, "one line");
            let ids = before.iter().map(|row| row.id.to_string());
            for mark in ids.chain(sent.iter().map(|(_, token)| token.clone())) {
                assert!(!logged[0].contains(&mark), "{logged:?}");
            }
            assert!(!now.iter().any(|row| row.contains("Wish")), "no answer stands there for all to read");
            last = now;
        }
        // What the box holds, opened with the key: no name, no time, and the order of its random ids.
        let mut unit = world.database.store.glance().await.unwrap();
        let after = unit.survey_invitations(counts[0].0).await.unwrap();
        drop(unit);
        assert!(after.iter().all(|row| row.used));
        for (was, is) in before.iter().zip(&after) {
            assert_eq!((was.id, &was.recipient, &was.token_hash), (is.id, &is.recipient, &is.token_hash));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_have_not_answered_are_reminded_and_nothing_says_who_they_are() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        let round = open(&world, &clerk, 3).await;
        let sent = links(&world).await;
        answer(&world, &sent[0].1, "very", None).await;
        world.casework.remind_round(&clerk, round).await.unwrap();
        world.casework.remind_round(&clerk, round).await.unwrap();
        let mut unit = world.database.store.glance().await.unwrap();
        assert_eq!(unit.waiting().await.unwrap(), 3, "a letter for each, and twice on a day is once");
        drop(unit);
        let reminded: BTreeSet<String> = links(&world).await.into_iter().map(|(to, _)| to).collect();
        let rest: BTreeSet<String> = sent[1..].iter().map(|(to, _)| to.clone()).collect();
        assert_eq!(reminded, rest);
        // In its last week a round reminds by itself, once.
        world.clock.set(noon(date(2026, 12, 21)));
        world.casework.run_escalation().await.unwrap();
        assert_eq!(links(&world).await.len(), 2);
        world.casework.run_escalation().await.unwrap();
        assert_eq!(links(&world).await.len(), 0);
        world.casework.close_round(&clerk, round).await.unwrap();
        let again = world.casework.remind_round(&clerk, round).await;
        assert!(matches!(again, Err(Error::Invalid(_))), "{again:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_came_to_is_read_once_it_is_closed_and_looked_through() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        let councillor = world.sign_in(COUNCILLOR).await;
        let round = open(&world, &clerk, 20).await;
        let sent = links(&world).await;
        for (at, (_, token)) in sent.iter().enumerate().take(18) {
            let code = if at < 16 { "fairly" } else { "not_at_all" };
            answer(&world, token, code, (at < 8).then_some("Ask Ms Fenwick")).await;
        }
        let casework = &world.casework;
        let open_page = casework.survey_round(&councillor, round).await.unwrap();
        assert!(
            open_page.results.is_none() && open_page.answered == 18,
            "one more answer would show in the difference"
        );
        assert!(matches!(casework.survey_texts(&clerk, round, "would_help").await, Err(Error::Absent)));
        casework.close_round(&clerk, round).await.unwrap();
        let results = casework.survey_round(&councillor, round).await.unwrap().results.unwrap();
        let Counted::Choices(choices) = &results.questions[0].counted else { panic!("no choices") };
        assert!(choices.rows.iter().all(|row| row.count.is_none_or(|n| n == 0 || n >= 6)), "{choices:?}");
        let Counted::Texts(texts) = &results.questions.last().unwrap().counted else { panic!("no texts") };
        assert!(texts.enough && texts.cleared.is_none(), "nobody has looked");

        assert!(matches!(casework.survey_texts(&councillor, round, "would_help").await, Err(Error::Absent)));
        let page = casework.survey_texts(&clerk, round, "would_help").await.unwrap();
        assert_eq!(page.texts.len(), 8);
        let mut cleared: Vec<Cleared> = page
            .texts
            .iter()
            .map(|_| Cleared { text: "Ask the office".to_owned(), leave_out: false })
            .collect();
        cleared[3].leave_out = true;
        let short = casework.clear_texts(&clerk, round, "would_help", &cleared[1..]).await;
        assert!(matches!(short, Err(Error::Invalid(_))), "all of them, or none");
        casework.clear_texts(&clerk, round, "would_help", &cleared).await.unwrap();
        let results = casework.survey_round(&councillor, round).await.unwrap().results.unwrap();
        let Counted::Texts(texts) = &results.questions.last().unwrap().counted else { panic!("no texts") };
        assert_eq!(texts.cleared.as_ref().unwrap().len(), 7);
        assert_eq!(texts.left_out, 1);
        assert!(!format!("{results:?}").contains("Fenwick"));
        assert!(matches!(
            casework.survey_round(&world.sign_in(WORKER).await, Uuid::nil()).await,
            Err(Error::Absent)
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_stands_beside_the_year_before() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        let first = open(&world, &clerk, 12).await;
        for (_, token) in links(&world).await {
            answer(&world, &token, "little", None).await;
        }
        world.casework.close_round(&clerk, first).await.unwrap();
        let new = NewRound {
            survey: "schools.survey".to_owned(),
            title: "Spring 2027".to_owned(),
            closes_on: Some(CLOSES),
            recipients: schools(10),
        };
        let second = world.casework.open_round(&clerk, &new, "second").await.unwrap();
        assert_eq!(
            world.casework.open_round(&clerk, &new, "second").await.unwrap(),
            second,
            "a form sent twice"
        );
        for (_, token) in links(&world).await {
            answer(&world, &token, "very", None).await;
        }
        world.casework.close_round(&clerk, second).await.unwrap();
        let results = world.casework.survey_round(&clerk, second).await.unwrap().results.unwrap();
        let before = &results.questions[0].before;
        assert_eq!(before.len(), 1);
        assert_eq!(before[0].title, "Autumn 2026");
        let share = before[0].tenths.iter().find(|(code, _)| code == "little").unwrap().1;
        assert_eq!(share, Some(1_000));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_and_what_is_entered() {
    on_both(|world| async move {
        let worker = world.sign_in(WORKER).await;
        let clerk = world.sign_in(CLERK).await;
        let found = read_recipients("School,office@school.example\nNo address here\n");
        assert_eq!(found.wrong.len(), 1);
        let mut new = NewRound {
            survey: "schools.survey".to_owned(),
            title: "Autumn".to_owned(),
            closes_on: Some(CLOSES),
            recipients: found.right,
        };
        assert!(matches!(world.casework.open_round(&worker, &new, "a").await, Err(Error::Absent)));
        assert!(world.casework.survey_rounds(&worker).await.is_ok(), "a social worker reads");
        new.closes_on = Some(date(2026, 1, 1));
        assert!(matches!(world.casework.open_round(&clerk, &new, "b").await, Err(Error::Invalid(_))));
        new.closes_on = Some(CLOSES);
        let round = world.casework.open_round(&clerk, &new, "c").await.unwrap();
        let more = [new.recipients[0].clone(), schools(1)[0].clone()];
        assert_eq!(
            world.casework.widen_round(&clerk, round, &more, "d").await.unwrap(),
            1,
            "one was invited before"
        );
        assert!(matches!(
            world.casework.widen_round(&clerk, round, &more, "e").await,
            Err(Error::Invalid(_))
        ));
        assert_eq!(links(&world).await.len(), 2);
    })
    .await;
}

/// The survey of the manual, which is small, as it is or by name.
fn suppers(by_name: bool) -> Vec<(&'static str, String)> {
    let manual = include_str!("../../../../docs/reference/surveys.md");
    let text = manual.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    assert!(text.contains("anonymous = true"));
    let text = if by_name { text.replace("anonymous = true", "anonymous = false") } else { text.to_owned() };
    vec![("surveys/local.suppers.toml", text)]
}

async fn opened_suppers(world: &World, clerk: &Actor) -> Uuid {
    let new = NewRound {
        survey: "local.suppers".to_owned(),
        title: "Suppers".to_owned(),
        closes_on: Some(CLOSES),
        recipients: schools(3),
    };
    world.casework.open_round(clerk, &new, "open").await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_is_by_name_each_answer_is_read_by_those_who_run_surveys_and_by_nobody_else() {
    on_both_with(suppers(true), |world| async move {
        let (clerk, councillor) = (world.sign_in(CLERK).await, world.sign_in(COUNCILLOR).await);
        let round = opened_suppers(&world, &clerk).await;
        let post = Post::default();
        world.casework.run_outbox(&post).await.unwrap();
        let letters = post.take();
        assert!(
            letters.iter().all(|(_, _, text)| text.contains("kept with your name, and read by")),
            "{letters:?}"
        );
        let token =
            |text: &str| text.split("/survey/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        let (to, _, text) = &letters[1];
        let mut given = Answers::default();
        given.set(Key::of("together"), Some(Answer::Scale(2)));
        given.set(Key::of("why_not"), Some(Answer::Text("Late shifts".to_owned())));
        let sent = world.casework.answer_survey(&token(text), &given).await.unwrap();
        assert_eq!(sent, SurveyAnswered::Thanks);
        let page = world.casework.single_answers(&clerk, round).await.unwrap();
        let name = to.replace("office", "School ").replace("@school.example", "");
        assert_eq!(page.answered, [(name.clone(), given)]);
        assert!(page.silent.len() == 2 && !page.silent.contains(&name), "{:?}", page.silent);
        let (_, detail) = world.log().await.pop().unwrap();
        assert!(detail.contains("single_answers"), "that somebody looked is kept: {detail}");
        assert!(matches!(world.casework.single_answers(&councillor, round).await, Err(Error::Absent)));
        assert!(matches!(world.casework.single_answers(&clerk, Uuid::nil()).await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_it_was_promised_that_nobody_can_tell_no_page_tells_it() {
    on_both_with(suppers(false), |world| async move {
        let clerk = world.sign_in(CLERK).await;
        let round = opened_suppers(&world, &clerk).await;
        let (_, token) = links(&world).await.remove(0);
        let mut given = Answers::default();
        given.set(Key::of("together"), Some(Answer::Scale(2)));
        given.set(Key::of("why_not"), Some(Answer::Text("Late shifts".to_owned())));
        world.casework.answer_survey(&token, &given).await.unwrap();
        assert!(matches!(world.casework.single_answers(&clerk, round).await, Err(Error::Absent)));
        world.casework.close_round(&clerk, round).await.unwrap();
        assert!(matches!(world.casework.single_answers(&clerk, round).await, Err(Error::Absent)));
        let page = world.casework.survey_round(&clerk, round).await.unwrap();
        assert!(!format!("{page:?}").contains("Late shifts"), "and the results of so few are none");
    })
    .await;
}

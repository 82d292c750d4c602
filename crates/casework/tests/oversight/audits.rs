//! Self-assessments: partners side by side and never averaged, figures as they may be published, a finding that becomes
//! an action, and two audits compared.

use jiff::civil::date;
use kinfold_casework::authority::audit::Evidence;
use kinfold_casework::authority::panel::NewPaper;
use kinfold_casework::authority::{AuditChange, NewAudit, NewEvidence, NewPlan, NewRecommendation};
use kinfold_casework::{Actor, Clock as _, Error};
use kinfold_guidance::framework::compare::Movement;
use uuid::Uuid;

use crate::world::{
    ADMINISTRATOR, COUNCILLOR, DIRECTOR, HEAD, MANAGER, NURSE, WORKER, World, id, on_both, on_both_with,
};

const QUESTION: &str = "safe_policy";

async fn started(world: &World, director: &Actor, title: &str) -> Uuid {
    let new = NewAudit {
        title: title.to_owned(),
        framework: "healthy_care.audit".to_owned(),
        location: "Ottersley".to_owned(),
        from: date(2025, 12, 1),
        to: date(2026, 11, 30),
        partners: "Council\nHealth\n\nCouncil".to_owned(),
    };
    world.casework.start_audit(director, &new, title).await.unwrap()
}

fn rate(partner: &str, level: &str, reason: &str) -> AuditChange {
    AuditChange::Rate { partner: partner.to_owned(), level: level.to_owned(), reason: reason.to_owned() }
}

fn bring(evidence: NewEvidence) -> AuditChange {
    AuditChange::Bring { partner: "Council".to_owned(), evidence }
}

#[tokio::test(flavor = "multi_thread")]
async fn partners_stand_side_by_side_and_nothing_is_averaged() {
    on_both(|world| async move {
        let casework = &world.casework;
        let director = world.sign_in(DIRECTOR).await;
        let audit = started(&world, &director, "First").await;
        let at = (audit, QUESTION);
        let page = casework.self_assessment(&director, audit).await.unwrap();
        assert_eq!(page.audit.partners, ["Council", "Health"]);
        assert_eq!(page.framework.items().count(), 24);
        assert!(page.profile[0].fields[0].lowest().is_none(), "unanswered is no level");

        let nurse = world.sign_in(NURSE).await;
        let manager = world.sign_in(MANAGER).await;
        casework
            .change_audit(&manager, at, 0, &rate("Council", "green", "All written down"), "a")
            .await
            .unwrap();
        casework
            .change_audit(&nurse, at, 0, &rate("Health", "red", "We have not seen it"), "b")
            .await
            .unwrap();
        let page = casework.self_assessment(&director, audit).await.unwrap();
        let judged = page.audit.answers(QUESTION).judged(QUESTION);
        assert_eq!((judged.level.clone(), judged.apart.len(), judged.disagreed()), (None, 2, true));
        assert_eq!((page.profile[0].fields[0].open, page.profile[0].fields[0].disagreed), (1, 1));

        let agree = AuditChange::Agree { level: "red".to_owned(), reason: "Health has to see it".to_owned() };
        assert!(matches!(casework.change_audit(&nurse, at, 99, &agree, "c").await, Err(Error::Absent)));
        let none = (audit, "safe_practice");
        assert!(matches!(
            casework.change_audit(&director, none, 99, &agree, "d").await,
            Err(Error::Invalid(_))
        ));
        casework.change_audit(&director, at, 99, &agree, "e").await.unwrap();
        let page = casework.self_assessment(&director, audit).await.unwrap();
        let judged = page.audit.answers(QUESTION).judged(QUESTION);
        assert_eq!(
            (judged.level.as_deref(), judged.apart),
            (Some("red"), vec!["green".into()]),
            "what was said stays"
        );
        assert_eq!(page.profile[0].fields[0].lowest().map(|l| l.as_str()), Some("red"));

        let lines = casework.self_assessments(&director).await.unwrap().audits;
        assert_eq!((lines[0].questions, lines[0].judged, lines[0].disagreed), (24, 1, 1));
        casework.close_audit(&director, audit, "Begin with policy").await.unwrap();
        let late = casework.change_audit(&nurse, at, 99, &rate("Health", "amber", "Now we have"), "f").await;
        assert!(matches!(late, Err(Error::Invalid(_))), "{late:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_by_right_or_by_those_it_was_given_to() {
    on_both(|world| async move {
        let casework = &world.casework;
        let director = world.sign_in(DIRECTOR).await;
        let audit = started(&world, &director, "First").await;
        let at = (audit, QUESTION);
        let worker = world.sign_in(WORKER).await;
        let rating = rate("Council", "green", "Yes");
        assert!(matches!(casework.change_audit(&worker, at, 0, &rating, "a").await, Err(Error::Absent)));
        let own = |email: &str| AuditChange::Own { partner: "Council".to_owned(), email: email.to_owned() };
        let missing = casework.change_audit(&director, at, 0, &own("nobody@fernshire.example"), "b").await;
        assert!(matches!(missing, Err(Error::Invalid(_))));
        casework.change_audit(&director, at, 0, &own("person11@fernshire.example"), "c").await.unwrap();
        let told = &world.notices(WORKER).await[0];
        assert_eq!(told.link.as_deref(), Some(format!("/audits/{audit}/questions/{QUESTION}").as_str()));
        casework.change_audit(&worker, at, 0, &rating, "d").await.unwrap();
        let other = (audit, "safe_practice");
        assert!(matches!(casework.change_audit(&worker, other, 0, &rating, "e").await, Err(Error::Absent)));

        let page = casework.self_assessment(&director, audit).await.unwrap();
        let second = rate("Council", "red", "No");
        let seen = page.audit.version;
        casework.change_audit(&director, at, seen, &second, "f").await.unwrap();
        let third = casework.change_audit(&worker, at, seen, &rate("Council", "amber", "Well"), "g").await;
        assert!(matches!(third, Err(Error::Conflict { .. })), "{third:?}");
        let health = rate("Health", "amber", "Well");
        casework.change_audit(&worker, at, 0, &health, "h").await.unwrap();
        let bad: [(AuditChange, &str); 4] = [
            (rate("Nobody", "green", "Yes"), "partner"),
            (rate("Council", "purple", "Yes"), "level"),
            (rate("Council", "green", " "), "reason"),
            (rate("Council", "green", &"é".repeat(100_000)), "reason"),
        ];
        for (change, field) in bad {
            let Err(Error::Invalid(problems)) = casework.change_audit(&director, at, 99, &change, "i").await
            else {
                panic!("{change:?} was taken")
            };
            assert_eq!(problems[0].field, field);
        }
        let councillor = world.sign_in(COUNCILLOR).await;
        let page = casework.self_assessment(&councillor, audit).await.unwrap();
        assert!(!page.may_lead && !page.may_answer(QUESTION));
        assert_eq!(page.audit.answers(QUESTION).judgements.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_is_the_figure_that_everybody_may_see_and_stays_as_it_was() {
    on_both(|world| async move {
        let casework = &world.casework;
        let head = world.sign_in(HEAD).await;
        let audit = started(&world, &head, "First").await;
        let at = (audit, QUESTION);
        let measure = |id: &str| bring(NewEvidence::Measure { measure: id.to_owned() });
        casework.change_audit(&head, at, 0, &measure("children.looked_after"), "a").await.unwrap();
        let unknown = casework.change_audit(&head, at, 0, &measure("no.such"), "b").await;
        assert!(matches!(unknown, Err(Error::Invalid(_))));
        let councillor = world.sign_in(COUNCILLOR).await;
        let shown = casework
            .measure(
                &councillor,
                "children.looked_after",
                None,
                kinfold_casework::measures::Part::Numerator,
                kinfold_casework::rows::Page::first(1),
            )
            .await
            .unwrap();
        let page = casework.self_assessment(&councillor, audit).await.unwrap();
        let Evidence::Measure { year, to, figure, title, .. } =
            &page.audit.answers(QUESTION).evidence[0].evidence.clone()
        else {
            panic!()
        };
        assert_eq!(
            (*year, *to),
            (shown.year.year, shown.year.span.to),
            "the year that the measures page opens on"
        );
        assert_eq!(title.as_str(), shown.line.measure.title.as_str());
        let public =
            matches!(shown.line.seen, kinfold_casework::measures::Seen::Figures(of) if of.value.is_none());
        assert!(public, "four children are few enough to be hidden");
        assert!(figure.starts_with("not shown"), "as the councillor’s page hides it: {figure}");

        let said =
            NewEvidence::Quotation { words: "They asked me first".to_owned(), of: "children".to_owned() };
        casework.change_audit(&head, at, 0, &bring(said), "c").await.unwrap();
        let link = NewEvidence::Link { title: "x".to_owned(), address: "javascript:alert(1)".to_owned() };
        assert!(matches!(
            casework.change_audit(&head, at, 0, &bring(link), "d").await,
            Err(Error::Invalid(_))
        ));
        let page = casework.self_assessment(&head, audit).await.unwrap();
        let entry = page.audit.answers(QUESTION).evidence[1].written.version;
        let back = AuditChange::Withdraw { entry, reason: "Somebody could be known by it".to_owned() };
        casework.change_audit(&head, at, 0, &back, "e").await.unwrap();
        assert!(matches!(casework.change_audit(&head, at, 0, &back, "f").await, Err(Error::Absent)), "once");
        let page = casework.self_assessment(&head, audit).await.unwrap();
        assert_eq!(page.audit.answers(QUESTION).evidence.iter().filter(|b| b.withdrawn.is_some()).count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_can_be_a_document_kept_here_and_the_children_behind_a_measure() {
    on_both(|world| async move {
        let casework = &world.casework;
        let (head, worker) = (world.sign_in(HEAD).await, world.sign_in(WORKER).await);
        let (first, second) =
            (started(&world, &head, "First").await, started(&world, &head, "Second").await);
        let at = (first, QUESTION);
        let paper = |bytes: &[u8]| {
            let (title, name) = ("The pathway".to_owned(), "secret-name.pdf".to_owned());
            bring(NewEvidence::File(NewPaper { title, name, bytes: bytes.to_vec() }))
        };
        for wrong in [b"<html>".as_slice(), b""] {
            let refused = casework.change_audit(&head, at, 0, &paper(wrong), "a").await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        let bytes = b"%PDF-1.7 the pathway";
        assert!(matches!(casework.change_audit(&worker, at, 0, &paper(bytes), "b").await, Err(Error::Absent)));
        casework.change_audit(&head, at, 0, &paper(bytes), "c").await.unwrap();
        let list = bring(NewEvidence::List { measure: "health.assessment".to_owned() });
        casework.change_audit(&head, at, 0, &list, "d").await.unwrap();
        let page = casework.self_assessment(&head, first).await.unwrap();
        let answers = page.audit.answers(QUESTION);
        let Evidence::File { file, .. } = answers.evidence[0].evidence.clone() else { panic!() };
        assert!(matches!(&answers.evidence[1].evidence, Evidence::List { measure, .. } if measure == "health.assessment"));

        let download = casework.audit_file(&worker, first, file).await.unwrap();
        assert_eq!((download.bytes.as_slice(), download.kind.as_str()), (bytes.as_slice(), "application/pdf"));
        assert!(!download.name.contains("secret"), "{}", download.name);
        casework.change_audit(&head, (second, QUESTION), 0, &paper(bytes), "e").await.unwrap();
        let foreign = casework.audit_file(&worker, second, file).await;
        assert!(matches!(foreign, Err(Error::Absent)), "the one has a document, and it is not this one");
        let administrator = world.sign_in(ADMINISTRATOR).await;
        assert!(matches!(casework.audit_file(&administrator, first, file).await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_becomes_an_action_and_two_audits_are_compared() {
    on_both(|world| async move {
        let casework = &world.casework;
        let director = world.sign_in(DIRECTOR).await;
        let first = started(&world, &director, "First").await;
        world.clock.set(world.clock.now() + jiff::SignedDuration::from_mins(1));
        let second = started(&world, &director, "Second").await;
        for (audit, level) in [(first, "red"), (second, "green")] {
            let change = rate("Council", level, "So it is");
            casework
                .change_audit(&director, (audit, QUESTION), 0, &change, &format!("{audit}"))
                .await
                .unwrap();
        }
        let both = casework.compare_audits(&director, second, first).await.unwrap();
        assert_eq!((both.before.audit.id, both.after.audit.id), (first, second));
        assert_eq!(both.lines.len(), 24);
        let line = both.lines.iter().find(|line| line.item == QUESTION).unwrap();
        assert_eq!(line.movement, Movement::Up(2));

        let plan = NewPlan { title: "What we found".to_owned(), ..NewPlan::default() };
        let plan = casework.make_plan(&director, &plan, "plan").await.unwrap();
        let new = NewRecommendation {
            number: "1".to_owned(),
            text: "Write it down".to_owned(),
            email: "person17@fernshire.example".to_owned(),
            ..NewRecommendation::default()
        };
        let nurse = world.sign_in(NURSE).await;
        let refused = casework.act_on_finding(&nurse, (first, QUESTION), plan, &new, "a").await;
        assert!(matches!(refused, Err(Error::Absent)));
        let item = casework.act_on_finding(&director, (first, QUESTION), plan, &new, "b").await.unwrap();
        assert_eq!(
            casework.act_on_finding(&director, (first, QUESTION), plan, &new, "b").await.unwrap(),
            item
        );
        let page = casework.plan(&director, plan, None).await.unwrap();
        let made = page.plan.recommendation(item).unwrap();
        assert!(made.from.as_deref().unwrap().starts_with("First: Entitlement 1"), "{:?}", made.from);
        assert_eq!(made.lead_person(), Some(id(HEAD)));
        let page = casework.self_assessment(&director, first).await.unwrap();
        assert_eq!(page.audit.answers(QUESTION).actions, [(plan, item)]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_framework_that_was_edited_after_it_was_used_is_noticed() {
    let manual = include_str!("../../../../docs/reference/frameworks.md");
    let text = manual.split("```toml\n").nth(1).unwrap().split("```").next().unwrap().to_owned();
    let edited = text.replace("Every home knows what the child likes to eat", "Every home has enough to eat");
    assert_ne!(edited, text);
    let again = format!("# The same.\n{text}");
    let path = "frameworks/local.welcome.toml";
    on_both_with(vec![(path, text)], |world| {
        let (again, edited) = (again.clone(), edited.clone());
        async move {
            let director = world.sign_in(DIRECTOR).await;
            let new = NewAudit {
                title: "Welcome".to_owned(),
                framework: "local.welcome".to_owned(),
                location: String::new(),
                from: date(2025, 12, 1),
                to: date(2026, 11, 30),
                partners: "Council".to_owned(),
            };
            let audit = world.casework.start_audit(&director, &new, "a").await.unwrap();
            assert!(!world.casework.self_assessment(&director, audit).await.unwrap().edited);
            for (text, noticed) in [(again, false), (edited, true)] {
                let casework = world.served_again(&[(path, text)]).await;
                let page = casework.self_assessment(&director, audit).await.unwrap();
                assert_eq!(page.edited, noticed);
            }
        }
    })
    .await;
}

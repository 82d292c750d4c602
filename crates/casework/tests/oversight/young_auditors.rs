//! Young people look at how well they are looked after, led by a partner agency: in plain words, beside the partners, never
//! averaged, and nothing else of the authority's pages opens to them.

use jiff::civil::date;
use kinfold_casework::authority::{AuditChange, NewAudit, NewPlan, NewRecommendation};
use kinfold_casework::{Actor, Clock as _, Error};
use uuid::Uuid;

use crate::world::{COUNCILLOR, DIRECTOR, LEAD, NURSE, OTHER_YOUNG, World, YOUNG, id, on_both, on_both_with};

const QUESTION: &str = "safe_policy";
const OTHER: &str = "safe_practice";

async fn started(world: &World, lead: &Actor, framework: &str, title: &str) -> Uuid {
    let new = NewAudit {
        title: title.to_owned(),
        framework: framework.to_owned(),
        location: String::new(),
        from: date(2025, 12, 1),
        to: date(2026, 11, 30),
        partners: "Council\nHealth\nChildren’s council".to_owned(),
    };
    world.casework.start_audit(lead, &new, title).await.unwrap()
}

fn absent<T>(answer: &Result<T, Error>) -> bool {
    matches!(answer, Err(Error::Absent))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_young_auditor_says_what_they_think_beside_the_partners() {
    on_both(|world| async move {
        let casework = &world.casework;
        let (lead, young, other) =
            (world.sign_in(LEAD).await, world.sign_in(YOUNG).await, world.sign_in(OTHER_YOUNG).await);
        let nurse = world.sign_in(NURSE).await;
        let audit = started(&world, &lead, "healthy_care.audit", "First").await;
        let second = started(&world, &lead, "healthy_care.audit", "Second").await;
        let at = (audit, QUESTION);
        assert!(absent(&casework.young_audit(&young, audit).await), "nobody invited them yet");

        for wrong in ["nobody at fernshire", ""] {
            let refused = casework.invite_young_auditor(&lead, audit, wrong, wrong).await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{wrong}");
        }
        let email = "person25@fernshire.example";
        assert!(absent(&casework.invite_young_auditor(&nurse, audit, email, "a").await));
        casework.invite_young_auditor(&lead, audit, email, "a").await.unwrap();
        let told = &world.notices(YOUNG).await[0];
        assert_eq!(told.link.as_deref(), Some(format!("/me/audits/{audit}").as_str()));

        // What they were invited to opens, and nothing else does.
        let page = casework.young_audit(&young, audit).await.unwrap();
        assert_eq!((page.line.questions, page.line.answered), (24, 0));
        let (_, item) = casework
            .self_assessment(&lead, audit)
            .await
            .unwrap()
            .framework
            .item(QUESTION)
            .map(|(p, i)| (p.clone(), i.clone()))
            .unwrap();
        assert_eq!(Some(&page.question(QUESTION).unwrap().words), item.plain.as_ref());
        assert!(absent(&casework.young_audit(&young, second).await));
        assert!(absent(&casework.young_audit(&other, audit).await));
        assert!(casework.young_audits(&other).await.unwrap().is_empty());
        assert!(absent(&casework.young_audit(&lead, audit).await), "it is for young people alone");
        assert!(absent(&casework.self_assessment(&young, audit).await));
        assert!(absent(&casework.self_assessments(&young).await) && absent(&casework.plans(&young).await));
        let rate = |partner: &str, level: &str| AuditChange::Rate {
            partner: partner.to_owned(),
            level: level.to_owned(),
            reason: "We asked".to_owned(),
        };
        assert!(absent(&casework.change_audit(&young, at, 0, &rate("Council", "red"), "b").await));

        // Their own judgement stands beside that of the partners, which holds; nothing is averaged.
        casework.change_audit(&nurse, at, 0, &rate("Health", "green"), "c").await.unwrap();
        let before = casework.young_audit(&young, audit).await.unwrap();
        assert!(before.question(QUESTION).unwrap().partners.is_empty(), "nobody leads what they say");
        let said = |level: &'static str, reason: &'static str| (level, reason);
        for (what, field) in [(said("purple", "x"), "level"), (said("red", " "), "reason")] {
            let Err(Error::Invalid(problems)) = casework.answer_as_young_auditor(&young, at, what, "d").await
            else {
                panic!("{what:?} was taken")
            };
            assert_eq!(problems[0].field, field);
        }
        let foreign = casework.answer_as_young_auditor(&other, at, said("red", "No"), "e").await;
        assert!(absent(&foreign));
        casework.answer_as_young_auditor(&young, at, said("red", "Nobody told me"), "f").await.unwrap();
        let councillor = world.sign_in(COUNCILLOR).await;
        let page = casework.self_assessment(&councillor, audit).await.unwrap();
        let answers = page.audit.answers(QUESTION);
        let judged = answers.judged(QUESTION);
        assert_eq!(judged.level.as_deref(), Some("green"), "the partners’ judgement holds");
        assert_eq!(judged.apart, ["red"], "and that a young person sees it differently is recorded");
        assert_eq!(page.name(Some(id(YOUNG))), "Young auditor 1", "nobody reads that they are in care");
        assert_eq!(answers.young[&id(YOUNG)].reason, "Nobody told me");
        let mine = casework.young_audit(&young, audit).await.unwrap();
        assert_eq!(mine.question(QUESTION).unwrap().partners.len(), 1, "now they see it");

        // A question that was given to them is answered for the partner.
        let own = AuditChange::Own { partner: "Children’s council".to_owned(), email: email.to_owned() };
        casework.change_audit(&lead, (audit, OTHER), 0, &own, "g").await.unwrap();
        casework
            .answer_as_young_auditor(&young, (audit, OTHER), said("amber", "Sometimes"), "h")
            .await
            .unwrap();
        let page = casework.self_assessment(&lead, audit).await.unwrap();
        let other = page.audit.answers(OTHER);
        assert_eq!(other.judgements["Children’s council"].level, "amber");
        assert!(other.young.is_empty());

        // Once the invitation has ended nothing opens any more, and what they said stays.
        casework.end_young_auditor(&lead, audit, 1).await.unwrap();
        assert!(absent(&casework.end_young_auditor(&lead, audit, 1).await));
        assert!(absent(&casework.young_audit(&young, audit).await));
        let late = casework.answer_as_young_auditor(&young, at, said("green", "Well"), "i").await;
        assert!(absent(&late));
        let page = casework.self_assessment(&lead, audit).await.unwrap();
        assert_eq!(page.audit.answers(QUESTION).young.len(), 1);
        assert_eq!(page.name(Some(id(YOUNG))), "Young auditor 1");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_agency_leads_an_audit_and_keeps_no_plan_and_reads_no_child() {
    on_both(|world| async move {
        let casework = &world.casework;
        let (lead, director) = (world.sign_in(LEAD).await, world.sign_in(DIRECTOR).await);
        let first = started(&world, &lead, "healthy_care.audit", "First").await;
        let second = started(&world, &lead, "healthy_care.audit", "Second").await;
        let own =
            AuditChange::Own { partner: "Health".to_owned(), email: "person20@fernshire.example".to_owned() };
        casework.change_audit(&lead, (first, QUESTION), 0, &own, "a").await.unwrap();
        assert_eq!(casework.compare_audits(&lead, first, second).await.unwrap().lines.len(), 24);

        let plain = NewPlan { title: "What we found".to_owned(), ..NewPlan::default() };
        assert!(absent(&casework.make_plan(&lead, &plain, "b").await), "the council keeps its plans");
        let plan = casework.make_plan(&director, &plain, "c").await.unwrap();
        let new = NewRecommendation {
            number: "1".to_owned(),
            text: "Write it down".to_owned(),
            post: "Head of health".to_owned(),
            ..NewRecommendation::default()
        };
        assert!(absent(&casework.add_recommendation(&lead, plan, &new, "d").await));
        let item = casework.act_on_finding(&lead, (first, QUESTION), plan, &new, "e").await.unwrap();
        let page = casework.plan(&lead, plan, None).await.unwrap();
        assert!(page.plan.recommendation(item).is_some() && !page.may_edit);
        let robin = kinfold_record::ChildId(id(crate::world::ROBIN));
        assert!(absent(&casework.child_page(&lead, robin).await));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_framework_without_plain_words_is_not_for_young_auditors() {
    let manual = include_str!("../../../../docs/reference/frameworks.md");
    let text = manual.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let plain = "plain = \"Did anybody ask you what should be in the welcome book?\"\n";
    assert!(text.contains(plain));
    let files = vec![("frameworks/local.welcome.toml", text.replace(plain, ""))];
    on_both_with(files, |world| async move {
        let lead = world.sign_in(LEAD).await;
        let audit = started(&world, &lead, "local.welcome", "Welcome").await;
        let email = "person25@fernshire.example";
        let refused = world.casework.invite_young_auditor(&lead, audit, email, "a").await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "it has no plain words: {refused:?}");
    })
    .await;
}

/// What whoever leads can see of an invitation: the page without the ids that nobody is shown, and the last line of the log.
async fn after_inviting(world: &World, lead: &Actor, audit: Uuid, email: &str) -> (Vec<String>, String) {
    let key = Uuid::now_v7().to_string();
    world.casework.invite_young_auditor(lead, audit, email, &key).await.unwrap();
    let (_, logged) = world.log().await.pop().unwrap();
    let page = world.casework.self_assessment(lead, audit).await.unwrap();
    let shown = |(young, still): &(Uuid, bool)| format!("{} {still}", page.name(Some(*young)));
    (page.audit.young.iter().map(shown).collect(), logged.replace(&audit.to_string(), ""))
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_invites_cannot_tell_an_account_from_none() {
    on_both(|world| async move {
        let casework = &world.casework;
        let lead = world.sign_in(LEAD).await;
        // A young person, somebody who works here, somebody whose account was closed, and nobody at all.
        let addresses = [
            "person25@fernshire.example",
            "person20@fernshire.example",
            "person26@fernshire.example",
            "nobody@fernshire.example",
        ];
        let mut unit = world.database.store.write().await.unwrap();
        let mut closed = unit.person(id(OTHER_YOUNG)).await.unwrap().unwrap();
        closed.disabled_at = Some(world.clock.now());
        unit.update_person(&closed).await.unwrap();
        unit.commit().await.unwrap();
        let mut seen = Vec::new();
        for (at, email) in addresses.into_iter().enumerate() {
            let audit = started(&world, &lead, "healthy_care.audit", &format!("Audit {at}")).await;
            let first = after_inviting(&world, &lead, audit, email).await;
            // Again, in other letters: still one.
            casework
                .invite_young_auditor(&lead, audit, &format!(" {} ", email.to_uppercase()), &format!("b{at}"))
                .await
                .unwrap();
            let own = AuditChange::Own { partner: "Health".to_owned(), email: email.to_owned() };
            let owned =
                casework.change_audit(&lead, (audit, QUESTION), 0, &own, &format!("c{at}")).await.is_ok();
            let second = after_inviting(&world, &lead, audit, &format!("other{at}@fernshire.example")).await;
            casework.end_young_auditor(&lead, audit, 1).await.unwrap();
            let ended = after_inviting(&world, &lead, audit, email).await;
            let page = casework.self_assessment(&lead, audit).await.unwrap();
            let owner = page.audit.answers(QUESTION).owners["Health"].0;
            seen.push((first, owned, second, ended, page.name(Some(owner)).to_owned()));
        }
        assert_eq!(seen[0].0.0, ["Young auditor 1 true"]);
        assert_eq!(seen[0].2.0.len(), 2, "another address is somebody else");
        for (other, email) in seen.iter().zip(addresses) {
            assert_eq!(*other, seen[0], "{email} looks different");
        }
        // Only the young person was told, of the invitations and of the question.
        let told = world.notices(YOUNG).await;
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(world.notices(NURSE).await.is_empty() && world.notices(OTHER_YOUNG).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_made_later_keeps_the_number_of_its_address() {
    on_both(|world| async move {
        let casework = &world.casework;
        let lead = world.sign_in(LEAD).await;
        let audit = started(&world, &lead, "healthy_care.audit", "First").await;
        let mut unit = world.database.store.write().await.unwrap();
        let mut young = unit.person(id(YOUNG)).await.unwrap().unwrap();
        let (email, now) = (young.email.clone(), world.clock.now());
        young.disabled_at = Some(now);
        unit.update_person(&young).await.unwrap();
        unit.commit().await.unwrap();
        casework.invite_young_auditor(&lead, audit, &email, "a").await.unwrap();
        casework.invite_young_auditor(&lead, audit, "other@fernshire.example", "b").await.unwrap();
        let mut unit = world.database.store.write().await.unwrap();
        let mut young = unit.person(id(YOUNG)).await.unwrap().unwrap();
        young.disabled_at = None;
        unit.update_person(&young).await.unwrap();
        unit.commit().await.unwrap();
        casework.invite_young_auditor(&lead, audit, &email, "c").await.unwrap();
        let page = casework.self_assessment(&lead, audit).await.unwrap();
        assert_eq!(page.audit.young.len(), 2);
        assert_eq!(page.name(Some(id(YOUNG))), "Young auditor 1");
        let young = world.sign_in(YOUNG).await;
        assert!(casework.young_audit(&young, audit).await.is_ok(), "and it opens to them");
    })
    .await;
}

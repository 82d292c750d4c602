//! Young people look at how well they are looked after, led by a partner agency: in plain words, beside the partners, never
//! averaged, and nothing else of the authority's pages opens to them.

use jiff::civil::date;
use kinfold_casework::authority::{AuditChange, NewAudit, NewPlan, NewRecommendation};
use kinfold_casework::{Actor, Error};
use uuid::Uuid;

use crate::world::{COUNCILLOR, DIRECTOR, LEAD, NURSE, OTHER_YOUNG, World, YOUNG, id, on_both};

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

        for wrong in ["person20@fernshire.example", "nobody@fernshire.example", ""] {
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
        let old = started(&world, &lead, "nice.fieldwork", "Third").await;
        let email = "person25@fernshire.example";
        let refused = casework.invite_young_auditor(&lead, old, email, "f").await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "it has no plain words: {refused:?}");
    })
    .await;
}

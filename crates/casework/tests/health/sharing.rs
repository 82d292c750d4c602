//! Whatever the facts and whoever receives them: no page, list, export, document, FHIR answer, letter, summary or passport
//! holds a fact that its recipient may not have. Every generated fact bears a mark of its own, and the marks are looked for in what came out.

use jiff::civil::date;
use kinfold_casework::Error;
use kinfold_casework::health::{Decided, QueueAsk, Rendering, SharePurpose, SummaryAsk};
use kinfold_record::{ChildId, Event, Sensitivity};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use crate::doors;
use crate::world::{
    CARER, CLERK, EVERYBODY, HIDDEN, NURSE, OPEN, REVIEWER, STRANGER, WORKER, World, YOUNG, event, id,
};

/// What a generated fact is: which kind of event, how closed it is, and for whom family history was decided.
#[derive(Debug, Clone)]
struct Fact {
    kind: usize,
    label: usize,
    decided_for: Option<&'static str>,
}

const KINDS: [&str; 9] =
    ["allergy", "condition", "medicine", "need", "family", "sexual", "therapy", "substance", "answers"];
const LABELS: [Sensitivity; 5] = [
    Sensitivity::Ordinary,
    Sensitivity::Health,
    Sensitivity::ThirdParty,
    Sensitivity::Safeguarding,
    Sensitivity::Restricted,
];
const RECIPIENTS: [&str; 10] = [
    "child",
    "parent",
    "carer",
    "social_worker",
    "gp",
    "school",
    "adopter",
    "court",
    "area_health_team",
    "newspaper",
];

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let one = (0..KINDS.len(), 0..LABELS.len(), prop::option::of(prop::sample::select(RECIPIENTS.to_vec())))
        .prop_map(|(kind, label, decided_for)| Fact { kind, label, decided_for });
    prop::collection::vec(one, 3..14)
}

/// The mark of a fact: nothing else in the program has it in its words.
fn mark(n: usize) -> String {
    format!("zq{n:03}x")
}

impl Fact {
    fn label(&self) -> Sensitivity {
        match KINDS[self.kind] {
            "family" => Sensitivity::FamilyHealth,
            "sexual" => Sensitivity::SexualHealth,
            "therapy" => Sensitivity::Therapy,
            "substance" => Sensitivity::SubstanceUse,
            "answers" => Sensitivity::Answers,
            _ => LABELS[self.label],
        }
    }

    /// The label that the entry bears. What was said of alcohol and drugs was an everyday entry or health before it had a
    /// label of its own, and such entries stand for ever.
    fn written_as(&self) -> Sensitivity {
        match (KINDS[self.kind], self.label) {
            ("substance", 0) => Sensitivity::Ordinary,
            ("substance", 1) => Sensitivity::Health,
            _ => self.label(),
        }
    }

    fn events(&self, n: usize) -> Vec<Event> {
        let (mark, item) = (mark(n), format!("r{n}"));
        let one = match KINDS[self.kind] {
            "allergy" => json!({"kind": "allergy_noted", "item": item, "name": mark}),
            "condition" => json!({"kind": "condition_noted", "item": item, "name": mark, "text": mark}),
            "medicine" => json!({"kind": "medicine_started", "item": item, "name": mark, "dose": mark}),
            "need" => json!({"kind": "health_need", "need": item, "area": "emotional", "text": mark}),
            "family" => {
                json!({"kind": "family_history", "item": item, "relation": "mother", "topic": "mental", "text": mark})
            }
            "sexual" => json!({"kind": "sexual_health_note", "topic": "advice", "text": mark}),
            "substance" => json!({"kind": "substance_screening", "outcome": "refer", "text": mark}),
            "answers" => {
                json!({"kind": "sdq_answers", "informant": "self", "form": "s11_17", "language": mark})
            }
            _ => json!({"kind": "therapy_note", "text": mark}),
        };
        let mut out = vec![event(one)];
        if let ("family", Some(recipient)) = (KINDS[self.kind], self.decided_for) {
            out.push(event(json!({"kind": "family_history_shared", "item": item, "decision": "share",
                "recipients": [recipient], "why": "decided"})));
        }
        out
    }

    /// Whether this recipient of a summary may have it at all, said again from the policy in words and not from the code
    /// that renders: compartments go to nobody, the birth family by decision, others' facts by decision.
    fn may_go_to(&self, recipient: &str, decided: Decided) -> bool {
        match self.label() {
            Sensitivity::Ordinary | Sensitivity::Health => recipient != "newspaper",
            Sensitivity::ThirdParty => decided.others && recipient != "newspaper",
            Sensitivity::FamilyHealth => self.decided_for == Some(recipient) && recipient != "newspaper",
            _ => false,
        }
    }
}

/// Whether somebody who reads the open child's record may know an entry with this label, from the policies in words.
fn may_read(person: u128, label: Sensitivity) -> bool {
    match (person, label) {
        (STRANGER, _) => false,
        (NURSE, Sensitivity::Ordinary | Sensitivity::Health | Sensitivity::FamilyHealth) => true,
        (NURSE, Sensitivity::SubstanceUse | Sensitivity::Answers) => true,
        (NURSE, _) => false,
        (CLERK, _) => false,
        // Their passport, and everyday entries.
        (YOUNG, label) => matches!(label, Sensitivity::Ordinary | Sensitivity::Health),
        (_, Sensitivity::SubstanceUse) => false,
        (WORKER, Sensitivity::Answers) => true,
        (_, Sensitivity::Answers) => false,
        (_, Sensitivity::Therapy | Sensitivity::SexualHealth) => false,
        (CARER, Sensitivity::ThirdParty | Sensitivity::Safeguarding | Sensitivity::Restricted) => false,
        (CARER | REVIEWER, Sensitivity::FamilyHealth) => false,
        (_, Sensitivity::Restricted) => false,
        _ => true,
    }
}

/// Everything that leaves casework for somebody, as one text.
async fn everything(
    world: &World,
    person: u128,
    ask: &SummaryAsk,
    document: Uuid,
) -> (String, Option<String>) {
    let actor = world.sign_in(person).await;
    let mut out = doors::told(world, &actor, document).await;
    let mut take = |text: Result<String, Error>| match text {
        Ok(text) => out.push_str(&text),
        Err(Error::Absent | Error::Forbidden(_)) => {}
        Err(error) => panic!("{person}: {error}"),
    };
    let casework = &world.casework;
    for child in [OPEN, HIDDEN].map(|n| ChildId(id(n))) {
        take(casework.health_page(&actor, child).await.map(|p| format!("{:?} {:?}", p.facts, p.sdq)));
        take(casework.family_health(&actor, child).await.map(|p| format!("{:?}", p.facts.family)));
        take(casework.health_passport(&actor, child).await.map(|p| format!("{:?}", p.rendered)));
    }
    take(casework.health_queue(&actor, &QueueAsk::default()).await.map(|p| format!("{:?}", p.lines)));
    take(casework.health_referrals(&actor).await.map(|p| format!("{:?}", p.lines)));
    take(casework.health_capacity(&actor).await.map(|c| format!("{c:?}")));
    take(
        casework
            .export_health_queue(&actor, &QueueAsk::default(), "csv")
            .await
            .map(|e| format!("{:?}", e.rows)),
    );
    let summary = casework.health_summary(&actor, ChildId(id(OPEN)), ask).await;
    let summary = summary.ok().map(|s| format!("{:?}", s.rendered));
    (out, summary)
}

fn run(facts: &[Fact], ask: &SummaryAsk) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let mut entries = Vec::new();
        for (n, fact) in facts.iter().enumerate() {
            for event in fact.events(n) {
                entries.push((date(2026, 11, 2), event, fact.written_as()));
            }
        }
        // One database is enough here: what may leave is decided above it, and the pages are told on both.
        let database = kinfold_store::testing::sqlite().await;
        let world = World::with(database, &entries).await;
        let document = doors::busy(&world).await;
        let outside = doors::outside(&world).await;
        for n in 0..facts.len() {
            assert!(!outside.contains(&mark(n)), "somebody outside is told {}: {outside}", mark(n));
        }
        for person in EVERYBODY.into_iter().chain([YOUNG]) {
            let (seen, summary) = everything(&world, person, ask, document).await;
            // A questionnaire answer by answer, in the document of its form.
            let answers = seen.contains("Items 1 to 25");
            assert_eq!(answers, matches!(person, WORKER | NURSE), "{person} and the answers one by one");
            for (n, fact) in facts.iter().enumerate() {
                let (mark, label) = (mark(n), fact.label());
                let allowed = may_read(person, label);
                assert!(allowed || !seen.contains(&mark), "{person} sees {mark} ({label:?})");
                let theirs = (person == WORKER && label == Sensitivity::Health)
                    || (person == NURSE && label == Sensitivity::SubstanceUse);
                assert!(!theirs || seen.contains(&mark), "the test sees nothing at all: {mark}");
                let Some(summary) = &summary else { continue };
                let goes = allowed && fact.may_go_to(&ask.recipient, ask.decided);
                assert!(
                    goes || !summary.contains(&mark),
                    "{mark} ({label:?}) goes to {}: {summary}",
                    ask.recipient
                );
            }
            if person != WORKER {
                assert!(!seen.contains("Quillon"), "{person} finds the hidden child");
            }
            if let Some(summary) = summary {
                let may = ask.decided.address && ask.recipient != "parent";
                assert!(may || !summary.contains("Mill Lane"), "the address goes to {}", ask.recipient);
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 8, ..ProptestConfig::default() })]
    #[test]
    fn nothing_that_leaves_holds_a_fact_its_recipient_may_not_have(
        facts in facts(),
        recipient in prop::sample::select(RECIPIENTS.to_vec()),
        rendering in prop::option::of(prop::sample::select(Rendering::ALL.to_vec())),
        purpose in prop::sample::select(SharePurpose::ALL.to_vec()),
        address in any::<bool>(),
        others in any::<bool>(),
    ) {
        let ask = SummaryAsk {
            recipient: recipient.to_owned(),
            rendering,
            purpose: Some(purpose),
            decided: Decided { address, others },
        };
        run(&facts, &ask);
    }
}

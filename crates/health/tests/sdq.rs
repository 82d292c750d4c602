//! Scoring of the strengths and difficulties questionnaire, by the figures of the reference.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use jiff::civil::date;
use kinfold_health::sdq::{
    Answers, Confidence, Form, NotForReturn, Scale, Scheme, Scored, Unscored, band, changes, score,
};
use proptest::prelude::*;

fn answered(form: Form, items: &[(usize, u8)]) -> kinfold_health::sdq::Scores {
    let mut answers = Answers::new();
    for (item, answer) in items {
        answers.item(*item, Some(*answer)).unwrap();
    }
    score(form, &answers)
}

fn all(answer: u8) -> Vec<(usize, u8)> {
    (1..=25).map(|item| (item, answer)).collect()
}

#[test]
fn five_items_count_the_other_way_round() {
    let scores = answered(Form::Carer4To17, &all(2));
    assert_eq!(scores.emotional, Ok(10));
    // 7 of conduct, 11 and 14 of peers, 21 and 25 of hyperactivity.
    assert_eq!(scores.conduct, Ok(8));
    assert_eq!(scores.hyperactivity, Ok(6));
    assert_eq!(scores.peer, Ok(6));
    assert_eq!(scores.prosocial, Ok(10));
    assert_eq!(scores.total, Ok(30));
    let scores = answered(Form::Carer4To17, &all(0));
    assert_eq!(scores.total, Ok(10));
    assert_eq!(scores.prosocial, Ok(0));
    let worst: Vec<(usize, u8)> =
        (1..=25).map(|item| (item, if [7, 11, 14, 21, 25].contains(&item) { 0 } else { 2 })).collect();
    assert_eq!(answered(Form::Carer4To17, &worst).total, Ok(40));
}

#[test]
fn missing_items_are_made_up_for_and_rounded_half_up() {
    // Three items with 4: 6.67.
    assert_eq!(answered(Form::Carer4To17, &[(3, 2), (8, 1), (13, 1)]).emotional, Ok(7));
    // Four items with 2: 2.5.
    assert_eq!(answered(Form::Carer4To17, &[(3, 2), (8, 0), (13, 0), (16, 0)]).emotional, Ok(3));
    // Three items with 1: 1.67. Three with 2: 3.33.
    assert_eq!(answered(Form::Carer4To17, &[(3, 1), (8, 0), (13, 0)]).emotional, Ok(2));
    assert_eq!(answered(Form::Carer4To17, &[(3, 1), (8, 1), (13, 0)]).emotional, Ok(3));
}

#[test]
fn what_cannot_be_scored_says_why() {
    let mut items = all(1);
    items.retain(|(item, _)| ![5, 12, 22].contains(item));
    let scores = answered(Form::Carer4To17, &items);
    assert_eq!(
        scores.conduct.clone().unwrap_err().to_string(),
        "Cannot be scored: of the five items on conduct only 2 were answered, and three are needed. Ask for items 5, 12 and 22."
    );
    assert_eq!(scores.total, Err(Unscored::Parts(vec![Scale::Conduct])));
    assert_eq!(
        scores.total.unwrap_err().to_string(),
        "The total cannot be worked out, because these parts cannot: conduct."
    );
    // Prosocial behaviour is no part of the total.
    let mut items = all(1);
    items.retain(|(item, _)| Scale::Prosocial.items().unwrap().iter().all(|other| other != item));
    let scores = answered(Form::Carer4To17, &items);
    assert!(scores.prosocial.is_err());
    assert_eq!(scores.total, Ok(20));
    assert_eq!(
        answered(Form::Young11To17, &[]).total.unwrap_err(),
        Unscored::Parts(Scale::DIFFICULTIES.to_vec())
    );
}

#[test]
fn impact_counts_distress_and_the_parts_of_life() {
    let impact = |form, difficulties, questions: &[Option<u8>]| {
        let mut answers = Answers::new();
        answers.difficulties(difficulties).unwrap();
        answers.impact(form, questions).unwrap();
        score(form, &answers).impact
    };
    assert_eq!(impact(Form::Carer4To17, Some(3), &[Some(3); 5]), Ok(10));
    assert_eq!(impact(Form::Teacher4To17, Some(3), &[Some(3); 3]), Ok(6));
    assert_eq!(impact(Form::Carer4To17, Some(1), &[Some(0), Some(1), Some(2), Some(3), None]), Ok(3));
    // No difficulties: none of the questions counts.
    assert_eq!(impact(Form::Carer4To17, Some(0), &[Some(3); 5]), Ok(0));
    assert_eq!(impact(Form::Carer4To17, Some(0), &[]), Ok(0));
    // Missing answers count nothing as long as one is there.
    assert_eq!(impact(Form::Young11To17, None, &[None, Some(2)]), Ok(1));
    assert_eq!(impact(Form::Young11To17, Some(2), &[None; 5]), Err(Unscored::NoImpact));
}

/// The bands of the reference, as they are written there: the first scores of each band from 0, or for prosocial
/// behaviour the last.
#[test]
fn bands_are_those_of_the_reference() {
    use Scale::{Conduct, Emotional, Hyperactivity, Impact, Peer, Prosocial, Total};
    use Scheme::{Four, Three};
    let rows: &[(Form, Scheme, Scale, &[&[u8]])] = &[
        (Form::Carer4To17, Three, Total, &[&[0, 13], &[14, 16], &[17, 40]]),
        (Form::Carer4To17, Three, Emotional, &[&[0, 3], &[4], &[5, 10]]),
        (Form::Carer4To17, Three, Conduct, &[&[0, 2], &[3], &[4, 10]]),
        (Form::Carer4To17, Three, Hyperactivity, &[&[0, 5], &[6], &[7, 10]]),
        (Form::Carer4To17, Three, Peer, &[&[0, 2], &[3], &[4, 10]]),
        (Form::Carer2To4, Three, Total, &[&[0, 12], &[13, 15], &[16, 40]]),
        (Form::Teacher4To17, Three, Total, &[&[0, 11], &[12, 15], &[16, 40]]),
        (Form::Young11To17, Three, Total, &[&[0, 15], &[16, 19], &[20, 40]]),
        (Form::Carer4To17, Four, Total, &[&[0, 13], &[14, 16], &[17, 19], &[20, 40]]),
        (Form::Teacher4To17, Four, Total, &[&[0, 11], &[12, 15], &[16, 18], &[19, 40]]),
        (Form::Young11To17, Four, Total, &[&[0, 14], &[15, 17], &[18, 19], &[20, 40]]),
        (Form::Carer4To17, Four, Emotional, &[&[0, 3], &[4], &[5, 6], &[7, 10]]),
        (Form::Teacher4To17, Four, Emotional, &[&[0, 3], &[4], &[5], &[6, 10]]),
        (Form::Young11To17, Four, Emotional, &[&[0, 4], &[5], &[6], &[7, 10]]),
        (Form::Carer4To17, Four, Conduct, &[&[0, 2], &[3], &[4, 5], &[6, 10]]),
        (Form::Teacher4To17, Four, Conduct, &[&[0, 2], &[3], &[4], &[5, 10]]),
        (Form::Young11To17, Four, Conduct, &[&[0, 3], &[4], &[5], &[6, 10]]),
        (Form::Carer4To17, Four, Hyperactivity, &[&[0, 5], &[6, 7], &[8], &[9, 10]]),
        (Form::Teacher4To17, Four, Hyperactivity, &[&[0, 5], &[6, 7], &[8], &[9, 10]]),
        (Form::Young11To17, Four, Hyperactivity, &[&[0, 5], &[6], &[7], &[8, 10]]),
        (Form::Carer4To17, Four, Peer, &[&[0, 2], &[3], &[4], &[5, 10]]),
        (Form::Teacher4To17, Four, Peer, &[&[0, 2], &[3, 4], &[5], &[6, 10]]),
        (Form::Young11To17, Four, Peer, &[&[0, 2], &[3], &[4], &[5, 10]]),
        (Form::Teacher4To17, Four, Prosocial, &[&[6, 10], &[5], &[4], &[0, 3]]),
        (Form::Young11To17, Four, Prosocial, &[&[7, 10], &[6], &[5], &[0, 4]]),
        (Form::Carer4To17, Four, Impact, &[&[0], &[1], &[2], &[3, 10]]),
        (Form::Teacher4To17, Four, Impact, &[&[0], &[1], &[2], &[3, 6]]),
        (Form::Young11To17, Four, Impact, &[&[0], &[1], &[2], &[3, 10]]),
    ];
    for (form, scheme, scale, ends) in rows {
        for (rank, ends) in ends.iter().enumerate() {
            for end in *ends {
                let found = band(*form, *scheme, *scale, *end).unwrap();
                assert_eq!(found.rank, rank, "{form:?} {scheme:?} {scale:?} {end}");
            }
        }
    }
}

#[test]
fn what_sources_disagree_about_has_no_band_and_what_is_unchecked_says_so() {
    assert_eq!(band(Form::Carer4To17, Scheme::Three, Scale::Prosocial, 6), None);
    assert_eq!(band(Form::Carer4To17, Scheme::Four, Scale::Prosocial, 6), None);
    assert_eq!(band(Form::Teacher2To4, Scheme::Four, Scale::Total, 6), None);
    let sure = |form, scheme| band(form, scheme, Scale::Total, 15).unwrap().confidence;
    assert_eq!(sure(Form::Carer4To17, Scheme::Three), Confidence::Secondary);
    assert_eq!(sure(Form::Carer4To17, Scheme::Four), Confidence::Unverified);
    assert_eq!(sure(Form::Teacher4To17, Scheme::Four), Confidence::Published);
    let words = |form, scheme, scale, score| band(form, scheme, scale, score).unwrap().words();
    assert_eq!(words(Form::Carer4To17, Scheme::Three, Scale::Total, 17), "abnormal");
    assert_eq!(words(Form::Carer4To17, Scheme::Four, Scale::Total, 14), "slightly raised");
    assert_eq!(words(Form::Teacher4To17, Scheme::Four, Scale::Prosocial, 3), "very low");
    assert!(band(Form::Carer4To17, Scheme::Three, Scale::Total, 17).unwrap().is_of_concern());
    assert!(!band(Form::Carer4To17, Scheme::Three, Scale::Total, 16).unwrap().is_of_concern());
}

#[test]
fn the_return_takes_the_carers_total() {
    assert_eq!(answered(Form::Carer4To17, &all(1)).for_return(), Ok(20));
    assert_eq!(answered(Form::Teacher4To17, &all(1)).for_return(), Err(NotForReturn::Informant));
    assert_eq!(answered(Form::Young11To17, &all(1)).for_return(), Err(NotForReturn::Informant));
    assert_eq!(answered(Form::Carer2To4, &all(1)).for_return(), Err(NotForReturn::Form));
    assert!(matches!(answered(Form::Carer4To17, &[]).for_return(), Err(NotForReturn::Unscored(_))));
}

#[test]
fn change_is_between_questionnaires_on_the_same_form() {
    let scored = |on, form, answer| Scored { on, scores: answered(form, &all(answer)) };
    let history = [
        scored(date(2026, 5, 1), Form::Carer4To17, 2),
        scored(date(2025, 5, 1), Form::Carer4To17, 1),
        scored(date(2025, 6, 1), Form::Teacher4To17, 0),
        scored(date(2024, 5, 1), Form::Carer4To17, 0),
        Scored { on: date(2024, 9, 1), scores: answered(Form::Carer4To17, &[]) },
    ];
    let found = changes(&history, Scale::Total, Scheme::Three);
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].from, found[0].to, found[0].scores), (date(2024, 5, 1), date(2025, 5, 1), (10, 20)));
    assert_eq!((found[0].by(), found[0].crossed_upwards()), (10, true));
    assert_eq!((found[1].by(), found[1].crossed_upwards()), (10, false));
    let prosocial = changes(&history, Scale::Prosocial, Scheme::Three);
    assert!(prosocial.iter().all(|change| change.bands.is_none() && !change.crossed_upwards()));
}

fn any_form() -> impl Strategy<Value = Form> {
    proptest::sample::select(&Form::ALL[..])
}

fn any_items() -> impl Strategy<Value = Vec<Option<u8>>> {
    proptest::collection::vec(proptest::option::weighted(0.85, 0u8..=2), 25)
}

fn with(form: Form, items: &[Option<u8>]) -> kinfold_health::sdq::Scores {
    let mut answers = Answers::new();
    for (item, answer) in (1..).zip(items) {
        answers.item(item, *answer).unwrap();
    }
    score(form, &answers)
}

proptest! {
    #[test]
    fn scores_stay_on_their_scales(form in any_form(), items in any_items()) {
        let scores = with(form, &items);
        for scale in Scale::ALL {
            if let Ok(score) = scores.of(scale) {
                let most = if scale == Scale::Total { 40 } else { 10 };
                prop_assert!(*score <= most);
            }
        }
        let parts: Option<u8> = Scale::DIFFICULTIES.iter().map(|scale| scores.of(*scale).clone().ok()).sum();
        prop_assert_eq!(parts, scores.total.ok());
    }

    #[test]
    fn a_worse_answer_never_lowers_a_score(form in any_form(), items in any_items(), at in 0usize..25) {
        let reversed = [7, 11, 14, 21, 25].contains(&(at + 1));
        let mut worse = items.clone();
        worse[at] = match (items[at], reversed) {
            (Some(answer), false) if answer < 2 => Some(answer + 1),
            (Some(answer), true) if answer > 0 => Some(answer - 1),
            (same, _) => same,
        };
        let (before, after) = (with(form, &items), with(form, &worse));
        for scale in Scale::ALL {
            if let (Ok(before), Ok(after)) = (before.of(scale), after.of(scale)) {
                prop_assert!(before <= after, "{scale:?}");
            }
        }
    }

    #[test]
    fn a_higher_score_is_never_in_a_lower_band(form in any_form(), score in 0u8..40, four in any::<bool>()) {
        let scheme = if four { Scheme::Four } else { Scheme::Three };
        for scale in Scale::ALL {
            if let (Some(less), Some(more)) = (band(form, scheme, scale, score), band(form, scheme, scale, score + 1)) {
                let in_order = if less.low { less.rank >= more.rank } else { less.rank <= more.rank };
                prop_assert!(in_order);
            }
        }
    }

    #[test]
    fn any_number_is_refused_or_taken(item in any::<usize>(), answer in any::<u8>(), impact in proptest::collection::vec(proptest::option::of(any::<u8>()), 0..8)) {
        let mut answers = Answers::new();
        let _ = answers.item(item, Some(answer));
        let _ = answers.difficulties(Some(answer));
        let _ = answers.impact(Form::Teacher4To17, &impact);
        let _ = score(Form::Carer4To17, &answers);
    }

    #[test]
    fn any_line_is_refused_or_taken(items in "[-0-3, ]{20,30}", other in ".*", form in any_form()) {
        for line in [&items, &other] {
            if let Ok(answers) = Answers::read(form, line, "") {
                let (items, impact) = answers.lines(form);
                prop_assert_eq!(Answers::read(form, &items, &impact), Ok(answers));
            }
        }
    }
}

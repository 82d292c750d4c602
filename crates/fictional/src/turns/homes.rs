//! Where the child lives: kinds of home by age, moves, who the carers are, and the terms that change without a move.

use jiff::civil::Date;
use kinfold_record::Event;

use crate::dice::{days, plus};
use crate::family::Story;
use crate::places;
use crate::tale::{Stay, Tale, code};

/// Tells every home of every period of care.
pub fn homes(t: &mut Tale<'_>) {
    let life = t.life;
    for period in &life.periods {
        let until = t.until(period);
        let mut starts = starts(t, period.start, until);
        let adopters = t.matched.map(|on| plus(on, 24)).filter(|on| *on > period.start && *on < until);
        if let Some(on) = adopters {
            starts.retain(|start| *start < plus(on, -10));
            starts.push(on);
        }
        for (number, start) in starts.iter().enumerate() {
            let next = starts.get(number + 1).copied();
            let open = next.is_none() && period.end.is_none();
            let with_adopters = adopters == Some(*start);
            stay(t, *start, next.unwrap_or(until), open, with_adopters);
        }
    }
}

/// The first day of each home in a period.
fn starts(t: &mut Tale<'_>, from: Date, until: Date) -> Vec<Date> {
    let mut out = vec![from];
    if t.life.story == Story::ShortBreaks {
        return out;
    }
    let unsettled = t.life.unsettled;
    let dice = &mut t.diary.dice;
    let mut at = from;
    loop {
        let wait = match (unsettled, out.len()) {
            // A first bed for some weeks, then the home they stay in.
            (0, 1) if dice.often(260) => dice.between(12, 70),
            (0, _) => return out,
            (1, 1) => dice.between(40, 420),
            (1, _) => dice.between(380, 900),
            // Four homes within the year, then calmer.
            (_, 1..=4) => dice.between(25, 100),
            (_, _) => dice.between(150, 420),
        };
        at = plus(at, wait);
        if at >= plus(until, -4) {
            return out;
        }
        out.push(at);
    }
}

fn kind(t: &mut Tale<'_>, start: Date, end: Date) -> &'static str {
    let years = t.age(start);
    let story = t.life.story;
    let order = t.statuses.iter().rev().find(|(on, _)| *on <= start).map_or("V2", |(_, status)| *status);
    let mother = t.life.girl && years >= 16;
    let dice = &mut t.diary.dice;
    // Nobody lives with their parents while accommodated by agreement.
    let parents = if matches!(order, "C1" | "C2") { 9 } else { 0 };
    match (story, years) {
        (Story::ShortBreaks, _) => dice.weighted(&[("U6", 70), ("K2", 30)]),
        (Story::Alone, 16..) => dice.weighted(&[(supported(start), 62), ("U6", 38)]),
        (Story::Alone, _) => "U6",
        (_, 16..) => dice.weighted(&[
            (supported(start), 36),
            ("U6", 26),
            ("K2", 17),
            ("U3", 8),
            ("P1", parents),
            ("R3", if mother { 4 } else { 0 }),
        ]),
        (_, 10..) => dice.weighted(&[("U6", 50), ("U3", 14), ("K2", 26), ("P1", parents), ("S1", 2)]),
        (_, 1..) => {
            dice.weighted(&[("U6", 64), ("U3", 22), ("P1", parents), ("K2", if years > 7 { 3 } else { 0 })])
        }
        _ if days(start, end) < 150 => {
            dice.weighted(&[("U6", 76), ("U3", 10), ("R3", 9), ("P1", parents / 2)])
        }
        _ => dice.weighted(&[("U6", 66), ("U3", 20), ("U5", 6), ("P1", parents)]),
    }
}

/// Supported accommodation has been registered, with a code of its own, since 28 October 2023.
fn supported(on: Date) -> &'static str {
    if on < jiff::civil::date(2023, 10, 28) { "H5" } else { "K3" }
}

fn stay(t: &mut Tale<'_>, start: Date, end: Date, open: bool, adopters: bool) {
    let code_ = if adopters { "A6" } else { kind(t, start, end) };
    let first = t.stays.is_empty();
    let location = match code_ {
        "P1" => t.diary.dice.weighted(&[("in_area", 92), ("adjoining", 8)]),
        "A6" | "S1" => t.diary.dice.weighted(&[("adjoining", 40), ("distant", 60)]),
        _ if first => t.diary.dice.weighted(&[
            ("in_area", 68),
            ("adjoining", 16),
            ("distant", 15),
            ("outside_england", 1),
        ]),
        _ => t.diary.dice.weighted(&[
            ("in_area", 57),
            ("adjoining", 19),
            ("distant", 23),
            ("outside_england", 1),
        ]),
    };
    let basis = match code_ {
        _ if t.life.story == Story::ShortBreaks => "short_break",
        "A6" => "adoption",
        "P1" => {
            if t.diary.dice.often(200) {
                "with_parents_early"
            } else {
                "with_parents"
            }
        }
        "U3" if t.diary.dice.often(620) => "temporary_approval",
        "U6" if t.diary.dice.often(30) => "outside_terms",
        _ => "approved",
    };
    let mut stay = Stay {
        start,
        end,
        open,
        code: code_,
        location,
        basis,
        planned: false,
        disrupts: false,
        lasting: None,
        fewer_visits: None,
        carer: None,
        carer_name: String::new(),
    };
    let moved = t.stays.last().is_some_and(|before| before.end == start);
    let (address, postcode, urn, provider) = house(t, &mut stay);
    let planned = !first && t.diary.dice.often(if t.life.unsettled == 2 { 330 } else { 720 });
    let school_years = (14..16).contains(&t.age(start));
    let ks4_disrupted = (school_years && !first).then(|| location == "distant" || t.diary.dice.often(200));
    stay.planned = planned;
    stay.disrupts = ks4_disrupted == Some(true);
    // Birth families are not told where adopters live.
    let hidden = (t.family.hidden && code_ != "P1") || adopters;
    t.turn(
        start,
        Event::PlacementStarted {
            placement_type: code(code_),
            provider: Some(code(provider)),
            carer_name: Some(stay.carer_name.clone()),
            carer: stay.carer,
            address: Some(address),
            postcode: Some(postcode),
            address_confidential: Some(hidden),
            urn,
            location: Some(code(location)),
            basis: Some(code(basis)),
            planned: Some(planned),
            to_eighteen: None,
            same_carer: None,
            ks4_disrupted,
            left_because: moved.then(|| code(why_left(start, planned || adopters))),
        },
    );
    terms(t, &mut stay);
    t.stays.push(stay);
}

/// Why a child left one home for the next. By the day, and not by the dice: the rest of the story stays as it was.
fn why_left(on: Date, as_planned: bool) -> &'static str {
    let turn = (on.day() * 3 + on.month()) % 12;
    match (as_planned, turn) {
        (true, 0) => "LAREQ",
        (true, 1) => "CHILD",
        (true, _) => "CARPL",
        (false, 0..=3) => "CREQB",
        (false, 4..=6) => "CREQO",
        (false, 7 | 8) => "CHILD",
        (false, 9) => "STAND",
        (false, 10) => "CLOSE",
        (false, _) => "OTHER",
    }
}

/// Whose house it is: fills in the carer and returns address, postcode, Ofsted number and provider.
fn house(t: &mut Tale<'_>, stay: &mut Stay) -> (String, String, Option<String>, &'static str) {
    let (address, postcode) = places::address(&mut t.diary.dice, stay.location);
    let dice = &mut t.diary.dice;
    match stay.code {
        "P1" => {
            stay.carer_name.clone_from(&t.family.mother);
            let (a, p) = if stay.location == "in_area" { t.family.home.clone() } else { (address, postcode) };
            return (a, p, None, "PR0");
        }
        "K2" if stay.location == "in_area" => {
            let (name, urn) = places::HOMES[dice.below(places::HOMES.len())];
            name.clone_into(&mut stay.carer_name);
            return (
                format!("{name}, {address}"),
                postcode,
                Some(urn.to_owned()),
                dice.weighted(&[("PR1", 40), ("PR4", 60)]),
            );
        }
        "K3" | "H5" if matches!(stay.location, "in_area") => {
            let (name, urn) = places::SUPPORTED[dice.below(places::SUPPORTED.len())];
            name.clone_into(&mut stay.carer_name);
            return (
                format!("{name}, {address}"),
                postcode,
                Some(urn.to_owned()),
                dice.weighted(&[("PR4", 60), ("PR5", 40)]),
            );
        }
        "K2" | "K3" | "H5" | "S1" | "R3" => {
            let urn = format!("SC{:06}", 900_300 + dice.below(600));
            stay.carer_name = format!(
                "{} House",
                dice.pick(&["Alder", "Bluebell", "Cedar", "Foxglove", "Juniper", "Maple"])
            );
            return (address, postcode, Some(urn), dice.weighted(&[("PR4", 85), ("PR5", 15)]));
        }
        "A6" => {
            stay.carer_name = "Adopters".to_owned();
            return (address, postcode, None, "PR1");
        }
        _ => {}
    }
    let connected = stay.code == "U3";
    let ours = connected || (stay.location == "in_area" && dice.often(760));
    if ours && let Some(carers) = t.carers.as_deref_mut() {
        let household = if connected {
            carers.connected(
                dice,
                t.family,
                (stay.start, stay.end),
                &address,
                &postcode,
                stay.basis == "approved",
            )
        } else {
            carers.find(dice, t.family.number, stay.start, stay.end)
        };
        stay.carer = household.person;
        stay.carer_name.clone_from(&household.name);
        return (household.address.clone(), household.postcode.clone(), Some("SC900001".to_owned()), "PR1");
    }
    let (given, family) = crate::names::adult(dice, true);
    stay.carer_name = format!("{given} {family}");
    let provider = if ours { "PR1" } else { dice.weighted(&[("PR4", 80), ("PR5", 20)]) };
    (address, postcode, Some(if ours { "SC900001" } else { "SC900002" }.to_owned()), provider)
}

/// What changes during a stay without a move.
fn terms(t: &mut Tale<'_>, stay: &mut Stay) {
    let change = |code_: Option<&'static str>,
                  lasting: Option<bool>,
                  fewer: Option<bool>,
                  basis: Option<&'static str>| {
        Event::PlacementTermsChanged {
            placement_type: code_.map(code),
            to_eighteen: lasting,
            long_term_fostering: lasting,
            fewer_visits_agreed: fewer,
            address_confidential: None,
            basis: basis.map(code),
        }
    };
    if stay.basis == "temporary_approval" {
        let full = plus(
            stay.start,
            t.diary.dice.weighted(&[(84, 15), (104, 35), (111, 30), (150, 20)])
                + t.diary.dice.between(-12, 0),
        );
        if full < stay.end {
            t.turn(full, change(None, None, None, Some("approved")));
        }
    }
    if stay.basis == "with_parents_early" {
        let full = plus(stay.start, t.diary.dice.between(15, 24));
        if full < stay.end {
            t.turn(full, change(None, None, None, Some("with_parents")));
        }
    }
    if stay.basis == "outside_terms" {
        // The carers' terms are changed within six working days, or not quite.
        let late = t.diary.dice.often(150);
        let full =
            plus(stay.start, if late { t.diary.dice.between(9, 16) } else { t.diary.dice.between(3, 8) });
        if full < stay.end {
            t.turn(full, change(None, None, None, Some("approved")));
        }
    }
    let fostered = matches!(stay.code, "U6" | "U3") && stay.basis != "short_break";
    if !fostered || t.matched.is_some() || !t.diary.dice.often(550) {
        return;
    }
    let on = plus(stay.start, t.diary.dice.between(300, 520));
    if on < stay.end {
        let long = if stay.code == "U6" { "U4" } else { "U1" };
        stay.lasting = Some(on);
        t.turn(on, change(Some(long), Some(true), None, None));
        let agreed = plus(stay.start, t.diary.dice.between(560, 700)).max(plus(on, 30));
        if agreed < stay.end && t.age(agreed) >= 10 && t.diary.dice.often(300) {
            stay.fewer_visits = Some(agreed);
            t.turn(agreed, change(None, None, Some(true), None));
        }
    }
}

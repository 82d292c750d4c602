//! The return made of the record: what a worker records, and what the year says of it.
#![allow(clippy::expect_used, reason = "a test says what it takes for granted")]

mod common;

use common::TODAY;
use common::made::rows;
use common::told::{Told, care, ceased, home, home_of, review, status, worker};
use jiff::civil::{Date, date};
use kinfold_census::{ProduceOptions, Produced, Table, produce};
use kinfold_record::{Event, EventKind};

fn year(told: &Told, year: i16) -> Produced {
    produce(&[told.chronology()], &ProduceOptions::new(year, TODAY))
}

/// Some cells of every row of a table, joined by a space.
fn cells(made: &Produced, table: Table, columns: &[&str]) -> Vec<String> {
    let at = |c: &&str| table.columns().iter().position(|own| own == c).expect("a column");
    let line = |row: &Vec<String>| columns.iter().map(|c| row[at(c)].as_str()).collect::<Vec<_>>().join(" ");
    rows(&made.year, table).iter().map(line).collect()
}

fn episodes(made: &Produced) -> Vec<String> {
    cells(made, Table::Episodes, &["DECOM", "RNE", "LS", "PLACE", "DEC", "REC", "REASON_PLACE_CHANGE"])
}

fn lacks(made: &Produced) -> Vec<(Table, &'static str)> {
    made.lacks.iter().map(|l| (l.table, l.column)).collect()
}

#[test]
fn an_episode_begins_with_every_change_of_status_and_home() {
    let mut told = Told::born(date(2014, 2, 3));
    told.on(date(2025, 5, 1), care("V2"));
    told.on(date(2025, 5, 1), home("U6"));
    told.on(date(2025, 6, 1), status("C1"));
    told.on(date(2025, 7, 1), Event::PlacementEnded { reason: Some("CHILD".into()), planned: None });
    told.on(date(2025, 7, 1), home("K2"));
    told.on(date(2025, 8, 1), status("C2"));
    told.on(date(2025, 8, 1), home("U6"));
    told.on(date(2025, 9, 1), home_of("U6", true));
    told.on(date(2025, 10, 1), status("E1"));
    told.on(date(2025, 10, 1), home_of("A5", true));
    // The same order again is no change.
    told.on(date(2025, 11, 1), status("E1"));
    told.on(date(2026, 4, 2), ceased("E11"));
    let made = year(&told, 2026);
    assert_eq!(
        episodes(&made),
        [
            "01/05/2025 S V2 U6 01/06/2025 X1 ",
            "01/06/2025 L C1 U6 01/07/2025 X1 CHILD",
            "01/07/2025 P C1 K2 01/08/2025 X1 ",
            "01/08/2025 B C2 U6 01/09/2025 X1 ",
            "01/09/2025 T C2 U6 01/10/2025 X1 ",
            "01/10/2025 U E1 A5   ",
        ]
    );
    assert_eq!(
        cells(&made, Table::Episodes, &["CIN", "HOME_POST", "PL_POST", "PLACE_PROVIDER", "URN"])[0],
        "N1 FN1 1AA FN2 2BB PR1 SC900001"
    );
    let reasons = lacks(&made).iter().filter(|l| **l == (Table::Episodes, "REASON_PLACE_CHANGE")).count();
    assert_eq!(reasons, 3, "for three moves nobody said why");
    // The end belongs to the next year's return.
    assert_eq!(episodes(&year(&told, 2027)), ["01/10/2025 U E1 A5 02/04/2026 E11 "]);
    assert_eq!(episodes(&year(&told, 2028)), Vec::<String>::new());
}

#[test]
fn a_placement_that_changes_its_kind_is_a_change_of_status_of_placement_only() {
    let mut told = Told::born(date(2014, 2, 3));
    told.on(date(2024, 5, 1), care("C2"));
    told.on(date(2024, 5, 1), home("U6"));
    let terms = |kind: &str| Event::PlacementTermsChanged {
        to_eighteen: None,
        long_term_fostering: None,
        fewer_visits_agreed: None,
        address_confidential: None,
        placement_type: Some(kind.into()),
        basis: None,
    };
    told.on(date(2025, 9, 9), terms("U4"));
    told.on(date(2025, 10, 9), terms("U4"));
    let made = year(&told, 2026);
    assert_eq!(episodes(&made), ["01/05/2024 S C2 U6 09/09/2025 X1 PLACE", "09/09/2025 T C2 U4   "]);
    let origin = made.origins.of(Table::Episodes, 1).expect("a row");
    let kinds: Vec<EventKind> = origin.entries.iter().map(|id| told.kind(*id)).collect();
    assert_eq!(
        kinds,
        [EventKind::CareStarted, EventKind::PlacementStarted, EventKind::PlacementTermsChanged]
    );
}

#[test]
fn a_home_that_is_recorded_again_is_no_move() {
    let with = |carer: Option<&str>, on_basis: &str| {
        let mut event = home("U6");
        if let Event::PlacementStarted { carer_name, basis, .. } = &mut event {
            *carer_name = carer.map(Into::into);
            *basis = Some(on_basis.into());
        }
        event
    };
    let mut told = Told::born(date(2014, 2, 3));
    told.on(date(2025, 5, 1), care("C2"));
    told.on(date(2025, 5, 1), with(Some("Wren Alder"), "temporary_approval"));
    told.on(date(2025, 7, 1), with(Some("Wren Alder"), "approved"));
    told.on(date(2025, 9, 1), Event::PlacementEnded { reason: Some("ALLEG".into()), planned: None });
    told.on(date(2025, 9, 1), with(Some("Robin Hazel"), "approved"));
    // Where nobody said who cares for the child, a move is a move.
    told.on(date(2025, 11, 1), with(None, "approved"));
    told.on(date(2025, 12, 1), with(None, "approved"));
    assert_eq!(
        episodes(&year(&told, 2026)),
        [
            "01/05/2025 S C2 U6 01/09/2025 X1 ALLEG",
            "01/09/2025 P C2 U6 01/11/2025 X1 ",
            "01/11/2025 P C2 U6 01/12/2025 X1 ",
            "01/12/2025 P C2 U6   "
        ]
    );
}

#[test]
fn the_first_and_the_last_day_of_the_year_belong_to_it() {
    let mut told = Told::born(date(2014, 2, 3));
    told.on(date(2024, 5, 1), care("C2"));
    told.on(date(2024, 5, 1), home("U6"));
    told.on(date(2025, 4, 1), ceased("E4A"));
    assert_eq!(episodes(&year(&told, 2025)), ["01/05/2024 S C2 U6   "]);
    assert_eq!(episodes(&year(&told, 2026)), ["01/05/2024 S C2 U6 01/04/2025 E4A "]);
    let mut told = Told::born(date(2014, 2, 3));
    told.on(date(2024, 5, 1), care("C2"));
    told.on(date(2024, 5, 1), home("U6"));
    told.on(date(2025, 3, 31), ceased("E4A"));
    assert_eq!(episodes(&year(&told, 2025)), ["01/05/2024 S C2 U6 31/03/2025 E4A "]);
    assert_eq!(year(&told, 2026).year.header.len(), 0);
}

#[test]
fn two_periods_that_touch_are_two_and_a_stay_of_one_day_is_one() {
    let mut told = Told::born(date(2014, 2, 3));
    told.on(date(2025, 5, 1), care("L1"));
    told.on(date(2025, 5, 1), home("U6"));
    told.on(date(2025, 5, 1), ceased("E4A"));
    told.on(date(2025, 6, 1), care("V2"));
    told.on(date(2025, 6, 1), home("U3"));
    told.on(date(2025, 7, 1), ceased("E8"));
    told.on(date(2025, 7, 1), care("C1"));
    told.on(date(2025, 7, 1), home("U6"));
    assert_eq!(
        episodes(&year(&told, 2026)),
        ["01/05/2025 S L1 U6 01/05/2025 E4A ", "01/06/2025 S V2 U3 01/07/2025 E8 ", "01/07/2025 S C1 U6   "]
    );
}

#[test]
fn what_nobody_recorded_stays_empty_and_is_said() {
    let mut told = Told::born(date(2007, 6, 1));
    let event = Event::CareStarted {
        legal_status: "C2".into(),
        category_of_need: None,
        home_postcode: None,
        planned: None,
    };
    told.on(date(2025, 4, 20), event);
    let made = year(&told, 2026);
    // Nobody is looked after from the eighteenth birthday; why care ceased, nobody said.
    assert_eq!(episodes(&made), ["20/04/2025 S C2  01/06/2025  "]);
    let columns: Vec<_> =
        made.lacks.iter().filter(|l| l.table == Table::Episodes).map(|l| l.column).collect();
    assert_eq!(columns, ["CIN", "PLACE", "PLACE_PROVIDER", "REC", "HOME_POST", "PL_POST", "URN"]);
    let why = made.lacks.iter().find(|l| l.column == "REC").expect("it is said");
    assert_eq!((why.source.kind, why.source.field), (EventKind::CareCeased, "reason"));
    assert_eq!((why.child, why.row, why.local_id.as_str()), (told.child, Some(0), "F1"));
    assert!(lacks(&made).contains(&(Table::PrevPerm, "PREV_PERM")));
    assert_eq!(rows(&made.year, Table::PrevPerm), [["F1", "01/06/2007", "", "", ""]]);
}

#[test]
fn a_series_of_short_breaks_is_one_episode_and_asked_little_about() {
    let mut told = Told::girl(date(2012, 6, 1));
    told.on(date(2025, 1, 20), care("V4"));
    told.on(date(2025, 1, 20), home("K2"));
    told.on(date(2025, 8, 20), home("K2"));
    told.on(date(2025, 9, 1), review("looked_after"));
    told.on(date(2025, 9, 2), review("short_break"));
    told.on(date(2025, 2, 2), worker("SW1234567"));
    let made = year(&told, 2026);
    assert_eq!(
        cells(&made, Table::Episodes, &["DECOM", "RNE", "LS", "PLACE", "HOME_POST", "PL_POST", "URN", "DEC"]),
        ["20/01/2025 S V4 K2    "]
    );
    assert_eq!(cells(&made, Table::Header, &["SEX", "MOTHER"]), ["F "]);
    for table in [Table::Reviews, Table::Oc2, Table::SwEpisodes, Table::PrevPerm] {
        assert_eq!(made.year.rows(table), 0, "{table:?}");
    }
    assert_eq!(made.lacks, []);
}

#[test]
fn the_year_of_health_is_asked_of_those_looked_after_for_all_of_it() {
    let sdq = |total| Event::Sdq {
        informant: "parent_carer".into(),
        total,
        reason: total.is_none().then(|| "SDQ2".into()),
    };
    let all_year = |born: Date, started: Date| {
        let mut told = Told::born(born);
        told.on(started, care("C2"));
        told.on(started, home("U6"));
        told
    };
    let oc2 = |told: &Told| {
        rows(&year(told, 2026).year, Table::Oc2)
            .concat()
            .split_off(2.min(year(told, 2026).year.oc2.len() * 2))
            .join("|")
    };
    let mut told = all_year(date(2014, 2, 3), date(2025, 4, 1));
    told.on(date(2025, 5, 1), sdq(Some(12)));
    told.on(date(2025, 9, 1), sdq(Some(17)));
    told.on(date(2025, 10, 1), sdq(None));
    told.on(date(2024, 10, 1), Event::ImmunisationStatus { up_to_date: false });
    told.on(
        date(2025, 5, 5),
        Event::DentalCheck { outcome: None, treatment: None, again_on: None, told_by: None },
    );
    told.on(
        date(2025, 6, 5),
        Event::HealthAssessment {
            assessment: "review".into(),
            practitioner: None,
            text: None,
            child_words: None,
            no_words_reason: None,
        },
    );
    told.on(
        date(2025, 7, 5),
        Event::SubstanceMisuse { identified: true, help_offered: Some(true), help_received: Some(false) },
    );
    told.on(date(2025, 7, 9), Event::Conviction { convicted: true });
    assert_eq!(oc2(&told), "17||1||0|1|1|1|0|1");
    assert_eq!(oc2(&all_year(date(2014, 2, 3), date(2025, 4, 2))), "", "not quite the whole year");
    let none = all_year(date(2022, 2, 3), date(2024, 4, 2));
    assert_eq!(oc2(&none), "||||||0|0|0||".replacen('|', "", 1), "a toddler of whom nothing was recorded");
    let toddler = year(&none, 2026);
    let wanted: Vec<_> = toddler.lacks.iter().filter(|l| l.table == Table::Oc2).map(|l| l.column).collect();
    assert_eq!(wanted, ["SDQ_SCORE", "HEALTH_CHECK", "IMMUNISATIONS"]);
    let refused = |born| {
        let mut told = all_year(born, date(2024, 4, 2));
        told.on(date(2025, 10, 1), sdq(None));
        oc2(&told)
    };
    assert_eq!(refused(date(2008, 4, 2)), "|SDQ2|0|||0|0|0||", "sixteen for one day of the year");
    assert_eq!(refused(date(2008, 4, 1)), "||0|||0|0|0||", "seventeen all year");
}

/// In care from the fifteenth birthday to seventeen and a half.
fn leaver(why: &str) -> Told {
    let mut told = Told::born(date(2006, 1, 10));
    told.on(date(2021, 1, 10), care("C2"));
    told.on(date(2021, 1, 10), home("U6"));
    told.on(date(2023, 7, 10), ceased(why));
    told
}

fn contact(in_touch: &str, activity: Option<&str>) -> Event {
    let accommodation = activity.map(|_| "U1".into());
    Event::LeaverContact { in_touch: in_touch.into(), activity: activity.map(Into::into), accommodation }
}

#[test]
fn a_care_leaver_is_told_of_in_the_years_of_their_birthdays() {
    let mut told = leaver("E6");
    told.on(date(2025, 9, 1), contact("YES", Some("F1")));
    told.on(date(2025, 12, 20), contact("YES", Some("F2")));
    told.on(date(2026, 2, 9), contact("NO", None));
    let made = year(&told, 2026);
    assert_eq!(
        rows(&made.year, Table::Oc3),
        [["F1", "10/01/2006", "YES", "F2", "U1"]],
        "the nearest to the birthday"
    );
    assert_eq!(cells(&made, Table::Header, &["SEX", "MOTHER"]), ["M "]);
    assert_eq!(made.lacks, []);
    // Twenty-one in 2027; that birthday is still to come.
    assert_eq!(year(&told, 2027).year.header.len(), 0);
    // At seventeen the child was still looked after.
    assert_eq!(year(&told, 2023).year.oc3.len(), 0);
    // Eighteen, half a year after leaving: nobody said how they were.
    let made = year(&told, 2024);
    assert_eq!(rows(&made.year, Table::Oc3), [["F1", "10/01/2006", "", "", ""]]);
    assert_eq!(lacks(&made), [(Table::Oc3, "IN_TOUCH")]);
    // Too late to say anything of the birthday.
    told.on(date(2024, 2, 11), contact("YES", Some("F1")));
    assert_eq!(lacks(&year(&told, 2024)), [(Table::Oc3, "IN_TOUCH")]);
    told.on(date(2024, 2, 10), contact("YES", Some("F1")));
    assert_eq!(year(&told, 2024).lacks, []);
    let mut gone = leaver("E6");
    gone.on(date(2026, 1, 12), contact("RHOM", None));
    assert_eq!(rows(&year(&gone, 2026).year, Table::Oc3), [["F1", "10/01/2006", "RHOM", "0", "0"]]);
}

#[test]
fn not_everybody_who_was_looked_after_is_a_care_leaver() {
    for why in ["E11", "E12", "E3", "E2"] {
        assert_eq!(year(&leaver(why), 2026).year.oc3.len(), 0, "{why}");
    }
    let mut short = Told::born(date(2006, 1, 10));
    short.on(date(2022, 5, 1), care("V2"));
    short.on(date(2022, 7, 1), ceased("E4A"));
    short.on(date(2026, 1, 10), contact("YES", Some("F1")));
    assert_eq!(year(&short, 2026).year.oc3.len(), 0, "thirteen weeks are too many for two months");
    let mut died = leaver("E6");
    died.on(date(2025, 6, 1), Event::Died { notified: None });
    assert_eq!(rows(&year(&died, 2026).year, Table::Oc3), [["F1", "10/01/2006", "DIED", "0", "0"]]);
    assert_eq!(year(&died, 2027).year.header.len(), 0);
}

#[test]
fn an_adoption_is_told_from_the_decision_to_the_order() {
    let mut told = Told::born(date(2023, 2, 3));
    told.on(date(2024, 5, 1), care("C1"));
    told.on(date(2024, 5, 1), home("U6"));
    told.on(date(2024, 9, 1), Event::AdoptionDecided { authorised_by: None });
    told.on(
        date(2025, 1, 5),
        Event::AdoptersMatched {
            foster_carers: Some(false),
            adopters: Some(2),
            adopter_sex: Some("FF".into()),
            adopter_status: None,
        },
    );
    // Decided again after the match: the decision that led to it counts.
    told.on(date(2025, 3, 1), Event::AdoptionDecided { authorised_by: None });
    told.on(date(2025, 9, 1), ceased("E12"));
    let made = year(&told, 2026);
    assert_eq!(
        rows(&made.year, Table::Ad1),
        [["F1", "03/02/2023", "01/09/2024", "05/01/2025", "0", "2", "FF", ""]]
    );
    assert_eq!(rows(&made.year, Table::PlacedAdoption), [["F1", "03/02/2023", "01/09/2024", "", ""]]);
    assert!(lacks(&made).contains(&(Table::Ad1, "LS_ADOPTR")));
    assert_eq!(year(&told, 2025).year.ad1.len(), 0);
    let mut given_up = Told::born(date(2023, 2, 3));
    given_up.on(date(2024, 5, 1), care("C1"));
    given_up.on(date(2024, 9, 1), Event::AdoptionDecided { authorised_by: None });
    given_up.on(date(2025, 6, 1), Event::AdoptionDecisionReversed { reason: "RD3".into() });
    let placed = |y| rows(&year(&given_up, y).year, Table::PlacedAdoption).concat().join(" ");
    assert_eq!(placed(2025), "F1 03/02/2023 01/09/2024  ");
    assert_eq!(placed(2026), "F1 03/02/2023 01/09/2024 01/06/2025 RD3");
    assert_eq!(placed(2027), "");
}

#[test]
fn status_times_missing_workers_and_orders_are_cut_at_the_end_of_the_year() {
    let mut told = Told::born(date(2009, 2, 3));
    let asylum = |unaccompanied| Event::AsylumStatus { unaccompanied, trafficked: None, ends_on: None };
    told.on(date(2025, 2, 1), care("V2"));
    told.on(date(2025, 2, 1), home("K3"));
    told.on(date(2025, 2, 1), asylum(true));
    told.on(date(2025, 2, 10), worker("SW0000001"));
    told.on(date(2025, 8, 10), worker("SW0000002"));
    // Somebody who helps out is not the one who answers for the child.
    told.on(
        date(2025, 9, 9),
        Event::CircleJoined {
            role: "social_worker".into(),
            person: None,
            name: None,
            key_worker: Some(false),
            parental_responsibility: None,
            worker_id: Some("SW0000009".into()),
            change_reason: None,
            contact: None,
        },
    );
    told.on(date(2026, 3, 30), Event::WentMissing { category: "M".into() });
    told.on(date(2026, 4, 3), Event::Found { text: None });
    told.on(date(2026, 3, 1), Event::LibertyOrderStarted { expires_on: Some(date(2026, 6, 1)) });
    told.on(date(2026, 5, 1), asylum(false));
    let both = |y| ProduceOptions { tables: Table::ALL.to_vec(), ..ProduceOptions::new(y, TODAY) };
    let of = |y, table| {
        rows(&produce(&[told.chronology()], &both(y)).year, table)
            .iter()
            .map(|r| r.join(" "))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(2026, Table::Uasc), ["F1 M 03/02/2009 03/02/2027"]);
    assert_eq!(of(2027, Table::Uasc), ["F1 M 03/02/2009 01/05/2026"]);
    assert_eq!(of(2026, Table::Missing), ["F1 03/02/2009 M 30/03/2026 "]);
    assert_eq!(of(2027, Table::Missing), ["F1 03/02/2009 M 30/03/2026 03/04/2026"]);
    assert_eq!(of(2026, Table::Dolo), ["F1 03/02/2009 01/03/2026 "]);
    assert_eq!(of(2027, Table::Dolo), ["F1 03/02/2009 01/03/2026 01/06/2026"]);
    assert_eq!(
        of(2026, Table::SwEpisodes),
        [
            "F1 03/02/2009 SW0000001 10/02/2025 10/08/2025 TSPROC",
            "F1 03/02/2009 SW0000002 10/08/2025  TSPROC"
        ]
    );
    assert_eq!(of(2025, Table::SwEpisodes), ["F1 03/02/2009 SW0000001 10/02/2025  TSPROC"]);
    // The postcode of an unaccompanied child's family is not asked for.
    assert!(!lacks(&year(&told, 2026)).contains(&(Table::Episodes, "HOME_POST")));
    // A table that the year's collection does not take stays empty unless asked for.
    assert_eq!(year(&told, 2026).year.dolo.len(), 0);
    assert!(!year(&told, 2026).year.sent.contains(&Table::Dolo));
}

#[test]
fn reviews_motherhood_and_sex_are_as_the_year_wants_them() {
    let mut told = Told::girl(date(2009, 2, 3));
    told.on(date(2023, 2, 1), care("C2"));
    told.on(date(2023, 2, 1), home("U6"));
    told.on(date(2024, 1, 10), review("looked_after"));
    told.on(date(2024, 1, 11), review("pathway"));
    told.on(date(2024, 12, 24), Event::BecameMother { baby_born_on: Some(date(2024, 12, 24)) });
    let header = |y| cells(&year(&told, y), Table::Header, &["SEX", "MOTHER", "MC_DOB"]);
    assert_eq!(header(2024), ["2 0 "]);
    assert_eq!(header(2025), ["F 1 24/12/2024"]);
    assert_eq!(rows(&year(&told, 2024).year, Table::Reviews), [["F1", "03/02/2009", "10/01/2024", "PN1"]]);
    assert_eq!(year(&told, 2025).year.reviews.len(), 0);
}

#[test]
fn a_running_year_ends_today_and_an_old_return_can_be_made_again() {
    let mut told = Told::born(date(2014, 2, 3));
    told.on(date(2026, 5, 1), care("V2"));
    told.on(date(2026, 5, 1), home("U6"));
    let before = told.recorded(told.last());
    told.on(date(2026, 6, 1), status("C1"));
    assert_eq!(episodes(&year(&told, 2027)), ["01/05/2026 S V2 U6 01/06/2026 X1 ", "01/06/2026 L C1 U6   "]);
    let then = ProduceOptions { known_at: Some(before), ..ProduceOptions::new(2027, TODAY) };
    assert_eq!(episodes(&produce(&[told.chronology()], &then)), ["01/05/2026 S V2 U6   "]);
    let early = produce(&[told.chronology()], &ProduceOptions::new(2027, date(2026, 5, 20)));
    assert_eq!(episodes(&early), ["01/05/2026 S V2 U6   "]);
    assert_eq!(produce(&[told.chronology()], &ProduceOptions::new(2028, TODAY)).year.header.len(), 0);
}

#[test]
fn an_earlier_permanent_home_is_told_of_whenever_care_starts_again() {
    let arrangement = |code: &str| Event::PreviousPermanence {
        arrangement: code.into(),
        authority: Some("202".into()),
        ordered_on: Some("zz/05/2019".into()),
    };
    let twice = |code: &str| {
        let mut told = Told::born(date(2014, 2, 3));
        told.on(date(2022, 5, 1), care("V2"));
        told.on(date(2022, 5, 1), arrangement(code));
        told.on(date(2022, 8, 1), ceased("E4A"));
        told.on(date(2025, 5, 1), care("V2"));
        told
    };
    assert_eq!(
        cells(&year(&twice("P2"), 2026), Table::PrevPerm, &["PREV_PERM", "LA_PERM", "DATE_PERM"]),
        ["P2 202 zz/05/2019"]
    );
    // That there was none then does not say that there has been none since.
    let none = year(&twice("Z1"), 2026);
    assert_eq!(cells(&none, Table::PrevPerm, &["PREV_PERM", "LA_PERM", "DATE_PERM"]), ["  "]);
    assert!(lacks(&none).contains(&(Table::PrevPerm, "PREV_PERM")));
    assert_eq!(year(&twice("P2"), 2027).year.prev_perm.len(), 0, "care did not start in this year");
}

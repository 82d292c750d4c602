//! The working-day calendar against worked examples and its own properties.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should fail")]

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kinfold_record::calendar::{Calendar, CalendarError, CalendarFile, CountFrom, add_months};
use proptest::prelude::*;

static SHIPPED: LazyLock<Calendar> = LazyLock::new(|| {
    let file: CalendarFile = toml::from_str(include_str!("../../../guidance/calendar.toml")).unwrap();
    Calendar::try_from(file).unwrap()
});

fn calendar() -> &'static Calendar {
    &SHIPPED
}

fn exclusive(calendar: &Calendar, from: Date, n: u32) -> Date {
    calendar.add_working_days_date(from, n, CountFrom::Exclusive)
}

#[test]
fn the_worked_examples_of_the_statutory_tables_hold() {
    let c = calendar();
    for (from, five, ten, twenty) in [
        (date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15), date(2026, 12, 31)),
        (date(2026, 12, 24), date(2027, 1, 5), date(2027, 1, 12), date(2027, 1, 26)),
        (date(2027, 3, 25), date(2027, 4, 5), date(2027, 4, 12), date(2027, 4, 26)),
        (date(2027, 5, 28), date(2027, 6, 7), date(2027, 6, 14), date(2027, 6, 28)),
    ] {
        assert_eq!([5, 10, 20].map(|n| exclusive(c, from, n)), [five, ten, twenty], "from {from}");
    }
}

#[test]
fn a_count_names_the_bank_holidays_it_passed_over_and_not_the_weekends() {
    let c = calendar();
    let counted = c.add_working_days(date(2026, 12, 1), 20, CountFrom::Exclusive);
    assert_eq!(counted.date, date(2026, 12, 31));
    assert!(!counted.beyond_horizon);
    let names: Vec<_> = counted.skipped.iter().map(|(on, name)| (*on, name.as_str())).collect();
    let boxing = (date(2026, 12, 28), "Boxing Day (substitute day)");
    assert_eq!(names, [(date(2026, 12, 25), "Christmas Day"), boxing]);
}

#[test]
fn counting_inclusively_makes_a_working_day_the_first() {
    let c = calendar();
    let inclusive = |from, n| c.add_working_days(from, n, CountFrom::Inclusive);
    assert_eq!(inclusive(date(2026, 12, 1), 1).date, date(2026, 12, 1));
    assert_eq!(inclusive(date(2026, 12, 1), 5).date, date(2026, 12, 7));
    // From Christmas Day the first working day is the 29th, past the holiday counted from.
    let counted = inclusive(date(2026, 12, 25), 1);
    assert_eq!(counted.date, date(2026, 12, 29));
    assert_eq!(counted.skipped.len(), 2);
    // The very first day of the calendar is a Saturday.
    assert_eq!(inclusive(date(2000, 1, 1), 1).date, date(2000, 1, 4));
    assert!(!inclusive(date(2000, 1, 1), 1).beyond_horizon);
}

#[test]
fn no_days_from_a_day_is_that_day_and_passes_over_nothing() {
    let c = calendar();
    for how in [CountFrom::Exclusive, CountFrom::Inclusive] {
        let counted = c.add_working_days(date(2026, 12, 25), 0, how);
        assert_eq!((counted.date, counted.skipped.len()), (date(2026, 12, 25), 0));
    }
}

#[test]
fn past_the_horizon_only_weekends_count_and_it_says_so() {
    let c = calendar();
    let counted = c.add_working_days(date(2028, 12, 29), 2, CountFrom::Exclusive);
    assert_eq!(counted.date, date(2029, 1, 2));
    assert!(counted.beyond_horizon);
    assert!(c.add_working_days(date(2030, 1, 1), 1, CountFrom::Exclusive).beyond_horizon);
    assert!(c.add_working_days(date(1999, 12, 24), 1, CountFrom::Exclusive).beyond_horizon);
    assert_eq!(c.working_days_between(date(2028, 12, 29), date(2029, 1, 2)), 2);
    assert_eq!(exclusive(c, date(9999, 12, 30), 5), date(9999, 12, 31));
}

#[test]
fn the_horizon_warns_with_fewer_than_twelve_months_left() {
    let c = calendar();
    assert_eq!(c.horizon_warning(date(2027, 12, 31)), None);
    assert!(c.horizon_warning(date(2028, 1, 1)).unwrap().contains("2028-12-31"));
}

#[test]
fn the_calendar_shipped_covers_its_years_with_eight_days_or_more_each() {
    let c = calendar();
    assert_eq!((c.from, c.horizon), (date(2000, 1, 1), date(2028, 12, 31)));
    for year in 2000..=2028 {
        let days = c.holidays.iter().filter(|(on, _)| on.year() == year).count();
        let proclaimed = match year {
            2002 | 2011 | 2012 | 2023 => 1,
            2022 => 2,
            _ => 0,
        };
        assert_eq!(days, 8 + proclaimed, "{year}");
    }
    assert!(c.holidays.iter().all(|(on, _)| !c.is_working_day(*on)));
    assert_eq!(c.holiday(date(2002, 6, 3)), Some("Golden Jubilee"));
    assert_eq!(c.holiday(date(2011, 4, 29)), Some("Royal wedding"));
    assert_eq!(c.holiday(date(2011, 4, 28)), None);
}

#[test]
fn a_wrong_calendar_is_refused_with_what_to_do() {
    let day = |d| date(2026, 1, d);
    let holiday = |d, name: &str| (day(d), name.to_owned());
    let err = |holidays| Calendar::new(day(5), day(9), holidays).unwrap_err();
    assert_eq!(
        Calendar::new(day(9), day(5), vec![]).unwrap_err(),
        CalendarError::Backwards { from: day(9), to: day(5) }
    );
    assert!(matches!(err(vec![holiday(4, "A")]), CalendarError::Outside { .. }));
    assert!(matches!(err(vec![holiday(6, "A"), holiday(6, "B")]), CalendarError::Twice { .. }));
    let long = Calendar::new(date(1000, 1, 1), date(2028, 1, 1), vec![]).unwrap_err();
    assert!(long.to_string().contains("mistyped"));
    // One working day is enough of a calendar, and so is none.
    let tiny = Calendar::new(day(3), day(4), vec![]).unwrap();
    assert_eq!(exclusive(&tiny, day(3), 1), day(5));
}

#[test]
fn months_keep_the_day_or_clip_to_the_end_of_a_shorter_month() {
    assert_eq!(add_months(date(2026, 11, 30), 3), date(2027, 2, 28));
    assert_eq!(add_months(date(2027, 11, 30), 3), date(2028, 2, 29));
    assert_eq!(add_months(date(2026, 8, 15), 6), date(2027, 2, 15));
    assert_eq!(add_months(date(2026, 3, 31), -1), date(2026, 2, 28));
}

fn any_day() -> impl Strategy<Value = Date> {
    // A little wider than the calendar, so that both of its edges are crossed.
    (-400..11_000i64).prop_map(|n| date(2000, 1, 1) + n.days())
}

proptest! {
    #[test]
    fn adding_then_counting_back_gives_the_same_number(from in any_day(), n in 1u32..300) {
        let c = calendar();
        let to = exclusive(c, from, n);
        prop_assert!(c.is_working_day(to));
        prop_assert_eq!(c.working_days_between(from, to), i32::try_from(n).unwrap());
        prop_assert_eq!(c.working_days_between(to, from), -i32::try_from(n).unwrap());
    }

    #[test]
    fn more_days_and_later_starts_never_end_earlier(from in any_day(), n in 0u32..300, later in 0i64..40) {
        let c = calendar();
        prop_assert!(exclusive(c, from, n) < exclusive(c, from, n + 1));
        prop_assert!(exclusive(c, from, n) <= exclusive(c, from + later.days(), n));
        let inclusive = c.add_working_days_date(from, n + 1, CountFrom::Inclusive);
        prop_assert!(inclusive <= exclusive(c, from, n + 1));
    }

    #[test]
    fn the_quick_count_is_the_plain_count(from in any_day(), n in 0u32..60, inclusive: bool) {
        let c = calendar();
        let how = if inclusive { CountFrom::Inclusive } else { CountFrom::Exclusive };
        let mut left = n;
        let mut day = if inclusive { from.yesterday().unwrap() } else { from };
        let mut holidays = Vec::new();
        while left > 0 {
            day = day.tomorrow().unwrap();
            if c.is_working_day(day) {
                left -= 1;
            } else if let Some(name) = c.holiday(day) {
                holidays.push((day, name.to_owned()));
            }
        }
        let counted = c.add_working_days(from, n, how);
        prop_assert_eq!(counted.date, if n == 0 { from } else { day });
        prop_assert_eq!(counted.skipped, holidays);
        prop_assert_eq!(counted.beyond_horizon, counted.date > c.horizon || from < c.from);
    }
}

use super::layout::{LETTER, PAD, Placed, TIME_WIDTH, Tick, What, anchor, layout};
use super::*;
use jiff::ToSpan;
use jiff::civil::date;
use maud::Render;

/// A small generator, so that many ribbons are tried and the same ones every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).expect("31 bits") % n
    }
}

/// A ribbon with anything in it: overlaps, stretches of one day, before birth, after the axis, ends before starts.
fn any(seed: u64) -> Ribbon {
    let mut n = Numbers(seed.wrapping_mul(977).wrapping_add(13));
    let birth = date(2008, 1, 1) + n.below(6000).days();
    let today = birth + n.below(6500).days();
    let mut bands = Vec::new();
    for strand in Strand::ALL {
        let mut band = Band::new(strand);
        for at in 0..n.below(14) {
            let from = birth + (n.below(7000) - 200).days();
            let to = (n.below(4) > 0).then(|| from + (n.below(900) - 20).days());
            let kind = [SpanKind::Usual, SpanKind::Planned, SpanKind::Unsettled]
                [usize::try_from(n.below(3)).expect("small")];
            band.spans.push(Span::new(from, to, format!("{}<{at}>", strand.slug())).kind(kind));
        }
        for at in 0..n.below(6) {
            let on = today + (n.below(700) - 100).days();
            band.dues.push(Due {
                on,
                label: format!("due {at} {}", strand.slug()),
                state: State::ALL[usize::try_from(n.below(8)).expect("small")],
            });
        }
        band.gaps_from = (n.below(2) == 0).then_some(birth);
        bands.push(band);
    }
    let from = if n.below(2) == 0 { birth } else { today - 365.days() };
    Ribbon {
        id: "r".into(),
        title: "Life so far".into(),
        summary: None,
        birth: Some(birth),
        from,
        today,
        to: today + n.below(500).days(),
        bands,
        zoom: vec![],
    }
}

#[test]
fn everything_in_the_data_is_in_the_table() {
    for seed in 0..200 {
        let ribbon = any(seed);
        let table = ribbon.facts().into_string();
        for band in &ribbon.bands {
            for span in &band.spans {
                let label = span.label.replace('<', "&lt;").replace('>', "&gt;");
                assert!(table.contains(&label), "seed {seed}: {label}");
                assert!(table.contains(&crate::date::short(span.from)), "seed {seed}: {}", span.from);
            }
            for due in &band.dues {
                assert!(table.contains(&due.label), "seed {seed}: {}", due.label);
            }
        }
    }
}

#[test]
fn everything_drawn_is_within_the_drawing_and_wide_enough_to_see() {
    for seed in 0..200 {
        let ribbon = any(seed);
        let layout = layout(&ribbon);
        for band in &layout.bands {
            for item in &band.items {
                assert!(item.left >= 0.0 && item.right <= TIME_WIDTH, "seed {seed}: {item:?}");
                assert!(item.right - item.left >= 2.99, "seed {seed}: {item:?}");
                assert!(
                    item.middle > band.top && item.middle < band.top + band.height,
                    "seed {seed}: {item:?}"
                );
                if matches!(item.what, What::Span(_)) {
                    assert!(item.left >= PAD - 0.01, "seed {seed}: {item:?}");
                }
            }
        }
        let bottom = layout.bands.last().map_or(0.0, |band| band.top + band.height);
        assert!(bottom < layout.height);
    }
}

#[test]
fn nothing_lies_over_anything_else_in_its_lane() {
    for seed in 0..200 {
        let ribbon = any(seed);
        for band in layout(&ribbon).bands {
            let mut items: Vec<&Placed<'_>> = band.items.iter().collect();
            items.sort_by(|a, b| a.lane.cmp(&b.lane).then(a.left.total_cmp(&b.left)));
            for pair in items.windows(2) {
                assert!(
                    pair[0].lane != pair[1].lane || pair[0].right <= pair[1].left,
                    "seed {seed}: {pair:?}"
                );
            }
        }
    }
}

#[test]
fn a_stretch_on_the_axis_is_drawn_and_one_off_it_is_not() {
    let mut ribbon = home(vec![
        Span::new(date(2020, 1, 1), Some(date(2021, 1, 1)), "First"),
        Span::new(date(2021, 1, 1), None, "Second"),
    ]);
    ribbon.from = date(2025, 6, 1);
    let drawn = layout(&ribbon).bands[0].items.len();
    assert_eq!(drawn, 1, "the first home lies before the axis");
    assert!(ribbon.facts().into_string().contains("First"));
}

fn home(spans: Vec<Span>) -> Ribbon {
    Ribbon {
        id: "r".into(),
        title: "Life so far".into(),
        summary: None,
        birth: None,
        from: date(2018, 1, 1),
        today: date(2026, 12, 1),
        to: date(2027, 12, 1),
        bands: vec![Band { spans, gaps_from: Some(date(2018, 1, 1)), ..Band::new(Strand::Home) }],
        zoom: vec![],
    }
}

#[test]
fn time_not_covered_is_a_gap_and_a_day_between_is_not() {
    let ribbon = home(vec![
        Span::new(date(2018, 1, 1), Some(date(2020, 5, 31)), "One"),
        Span::new(date(2020, 6, 1), Some(date(2022, 1, 1)), "Two"),
        Span::new(date(2023, 1, 1), Some(date(2026, 12, 1)), "Three"),
    ]);
    let gaps: Vec<_> = ribbon.bands[0]
        .with_gaps(ribbon.today)
        .into_iter()
        .filter(|span| span.kind == SpanKind::Gap)
        .collect();
    assert_eq!(gaps.len(), 1);
    assert_eq!((gaps[0].from, gaps[0].to), (date(2022, 1, 1), Some(date(2023, 1, 1))));
    assert!(ribbon.facts().into_string().contains("Nothing recorded"));
}

#[test]
fn moves_are_counted_once_and_plans_are_not_moves() {
    let ribbon = home(vec![
        Span::new(date(2018, 1, 1), Some(date(2020, 1, 1)), "One"),
        Span::new(date(2020, 1, 1), Some(date(2022, 1, 1)), "Two"),
        Span::new(date(2022, 1, 1), None, "Three"),
        Span::new(date(2027, 1, 1), None, "Four").kind(SpanKind::Planned),
    ]);
    assert_eq!(ribbon.bands[0].moves(), [date(2020, 1, 1), date(2022, 1, 1)]);
    assert!(ribbon.description().contains("Home: now Three; 2 moves."));
}

#[test]
fn a_night_away_is_no_move() {
    let away = |from, to| Span::new(from, Some(to), "Missing").kind(SpanKind::Unsettled);
    let ribbon = home(vec![
        Span::new(date(2018, 1, 1), Some(date(2020, 1, 1)), "One"),
        away(date(2019, 3, 1), date(2019, 3, 2)),
        Span::new(date(2020, 1, 1), None, "Two"),
        away(date(2021, 3, 1), date(2021, 3, 2)),
        // Away until the home ended is within it; away beyond it is not.
        away(date(2019, 12, 30), date(2020, 1, 1)),
    ]);
    assert_eq!(ribbon.bands[0].moves(), [date(2020, 1, 1)]);
}

#[test]
fn the_drawing_has_a_name_and_a_description_and_no_colour_of_its_own() {
    let ribbon = any(7);
    let text = ribbon.render().into_string();
    assert!(text.contains("role=\"img\" aria-labelledby=\"r-title r-desc\""));
    assert!(text.contains("<title id=\"r-title\">Life so far</title><desc id=\"r-desc\">"));
    assert!(text.contains("tabindex=\"0\""));
    assert!(!text.contains("style=") && !text.contains("stroke=\""));
    for fill in text.split("fill=\"").skip(1) {
        assert!(fill.starts_with("url(#r-hatch)"), "a colour in the markup");
    }
    assert!(!text.contains("<0>"), "labels are escaped");
}

#[test]
fn a_gap_is_hatched_and_not_coloured_as_its_strand() {
    let ribbon = home(vec![Span::new(date(2026, 1, 1), None, "Now")]);
    let text = ribbon.render().into_string();
    assert!(
        text.contains("class=\"kf-ribbon__span kf-ribbon__span--gap\"")
            && text.contains("fill=\"url(#r-hatch)\"")
    );
}

#[test]
fn the_axis_reaches_ahead_by_two_months_to_a_year() {
    let today = date(2026, 12, 1);
    assert_eq!(Ribbon::ahead(today, today), date(2027, 1, 31));
    assert_eq!(Ribbon::ahead(date(2009, 1, 1), today), date(2027, 12, 2));
}

#[test]
fn an_axis_without_length_is_still_drawn() {
    let mut ribbon = home(vec![Span::new(date(2026, 12, 1), None, "Born today")]);
    ribbon.from = ribbon.today;
    ribbon.to = ribbon.today;
    assert!(!ribbon.render().into_string().contains("NaN"));
}

#[test]
fn labels_on_the_axis_do_not_run_into_each_other_or_over_the_edge() {
    for months in [1, 4, 12, 14, 20, 30, 37, 48, 100, 200, 300] {
        for day in [1, 11, 29] {
            let mut ribbon = home(vec![]);
            ribbon.to = date(2027, 11, day);
            ribbon.from = ribbon.to - months.months();
            let reach = |tick: &Tick| {
                let width = f64::from(u8::try_from(tick.label.len()).expect("short")) * LETTER;
                match anchor(tick.x, &tick.label) {
                    "start" => (tick.x, tick.x + width),
                    "end" => (tick.x - width, tick.x),
                    _ => (tick.x - width / 2.0, tick.x + width / 2.0),
                }
            };
            let ticks = layout(&ribbon).ticks;
            assert!(!ticks.is_empty(), "{months} months");
            for tick in &ticks {
                assert!(reach(tick).0 >= 0.0 && reach(tick).1 <= TIME_WIDTH, "{months} months: {tick:?}");
            }
            for pair in ticks.windows(2) {
                assert!(reach(&pair[0]).1 < reach(&pair[1]).0, "{months} months to day {day}: {pair:?}");
            }
        }
    }
}

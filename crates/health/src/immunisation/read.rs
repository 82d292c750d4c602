//! Reading a schedule from TOML. Every mistake has its line.

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::schedule::{Confidence, Schedule, Series, Sex, Slot};
use super::{Age, Mistake, Mistakes};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScheduleText {
    id: String,
    title: String,
    from: Spanned<Datetime>,
    source: String,
    missing_after: Spanned<String>,
    #[serde(default)]
    series: Vec<Spanned<SeriesText>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeriesText {
    id: Spanned<String>,
    title: String,
    counts: Vec<Spanned<String>>,
    #[serde(default)]
    dose: Vec<Spanned<SlotText>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SlotText {
    offer: Spanned<String>,
    age: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    too_late: Option<Spanned<String>>,
    apart: Option<Spanned<String>>,
    born_from: Option<Spanned<Datetime>>,
    born_to: Option<Spanned<Datetime>>,
    sex: Option<Spanned<String>>,
    offered_from: Option<Spanned<Datetime>>,
    offered_to: Option<Spanned<Datetime>>,
    unless_had: Option<Spanned<String>>,
    unless_doses: Option<usize>,
    confidence: Spanned<String>,
    note: Option<String>,
    source: Option<String>,
}

/// The text of one file and the mistakes found so far.
struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    mistakes: Vec<Mistake>,
}

/// The only disease so far whose having been had changes what is offered.
const DISEASES: [&str; 1] = ["chickenpox"];

/// Reads one schedule. `vaccines` are the codes there are; `file` is what mistakes call the text.
///
/// # Errors
/// Every mistake with its line.
pub fn read(file: &str, text: &str, vaccines: &[&str]) -> Result<Schedule, Mistakes> {
    let mut reading = Reading { file, text, mistakes: Vec::new() };
    let parsed: ScheduleText = match toml::from_str(text) {
        Ok(parsed) => parsed,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            reading.wrong(at, error.message());
            return Err(Mistakes(reading.mistakes));
        }
    };
    let from = reading.day(&parsed.from);
    let missing_after = reading.age(&parsed.missing_after);
    if parsed.series.is_empty() {
        reading.wrong(0, "a schedule has at least one [[series]]");
    }
    let mut series: Vec<Series> = Vec::new();
    for one in parsed.series {
        let at = one.span().start;
        let one = one.into_inner();
        if series.iter().any(|other| other.id == *one.id.get_ref()) {
            reading.wrong(one.id.span().start, format!("there is a series “{}” already", one.id.get_ref()));
        }
        for code in one.counts.iter().filter(|code| !vaccines.contains(&code.get_ref().as_str())) {
            reading.wrong(code.span().start, no_vaccine(code.get_ref()));
        }
        if one.dose.is_empty() {
            reading.wrong(at, "a series has at least one [[series.dose]]");
        }
        let counts: Vec<String> = one.counts.into_iter().map(Spanned::into_inner).collect();
        let slots = one.dose.into_iter().map(|slot| reading.slot(slot, &counts)).collect();
        series.push(Series { id: one.id.into_inner(), title: one.title, counts, slots });
    }
    let Reading { mistakes, .. } = reading;
    match (from, missing_after) {
        (Some(from), Some(missing_after)) if mistakes.is_empty() => Ok(Schedule {
            id: parsed.id,
            title: parsed.title,
            from,
            source: parsed.source,
            missing_after,
            series,
        }),
        _ => Err(Mistakes(mistakes)),
    }
}

fn no_vaccine(code: &str) -> String {
    format!("there is no vaccine “{code}”: its codes are in guidance/codes/vaccine.csv")
}

impl Reading<'_> {
    fn wrong(&mut self, at: usize, words: impl Into<String>) {
        let line = self.text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        self.mistakes.push(Mistake { file: self.file.to_owned(), line, words: words.into() });
    }

    fn age(&mut self, text: &Spanned<String>) -> Option<Age> {
        match text.get_ref().parse() {
            Ok(age) => Some(age),
            Err(words) => {
                self.wrong(text.span().start, words);
                None
            }
        }
    }

    fn day(&mut self, day: &Spanned<Datetime>) -> Option<Date> {
        // A day with a time of day would be read as the day, and mean something else to whoever wrote it.
        let date = day.get_ref().date.filter(|_| day.get_ref().time.is_none());
        let date = date.and_then(|d| {
            let (year, month, day) = (i16::try_from(d.year), i8::try_from(d.month), i8::try_from(d.day));
            Date::new(year.ok()?, month.ok()?, day.ok()?).ok()
        });
        if date.is_none() {
            self.wrong(
                day.span().start,
                format!("“{}” is not a day: write it like 2026-01-01", day.get_ref()),
            );
        }
        date
    }

    fn slot(&mut self, slot: Spanned<SlotText>, counts: &[String]) -> Slot {
        let at = slot.span().start;
        let slot = slot.into_inner();
        if !counts.contains(slot.offer.get_ref()) {
            let words = format!("“{}” is offered but does not count: add it to counts", slot.offer.get_ref());
            self.wrong(slot.offer.span().start, words);
        }
        let ages = [&slot.age, &slot.until, &slot.too_late, &slot.apart];
        let [age, until, too_late, apart] = ages.map(|age| age.as_ref().and_then(|age| self.age(age)));
        let days = [&slot.born_from, &slot.born_to, &slot.offered_from, &slot.offered_to];
        let [born_from, born_to, offered_from, offered_to] =
            days.map(|day| day.as_ref().and_then(|day| self.day(day)));
        if slot.age.is_none() && (slot.offered_from.is_none() || slot.offered_to.is_none()) {
            self.wrong(at, "a dose has an age, or both offered_from and offered_to");
        }
        let upside_down =
            |from: Option<Date>, to: Option<Date>| from.zip(to).is_some_and(|(from, to)| to < from);
        if upside_down(born_from, born_to) || upside_down(offered_from, offered_to) {
            self.wrong(at, "a period of this dose ends before it begins");
        }
        let day = Date::constant(2001, 1, 1);
        for (end, name) in [(until, "until"), (too_late, "too_late")] {
            if age.zip(end).is_some_and(|(age, end)| end.after(day) <= age.after(day)) {
                self.wrong(at, format!("{name} is not after age"));
            }
        }
        let sex = match slot.sex.as_ref().map(|sex| (sex.get_ref().as_str(), sex.span().start)) {
            None => None,
            Some(("male", _)) => Some(Sex::Male),
            Some(("female", _)) => Some(Sex::Female),
            Some((other, at)) => {
                self.wrong(at, format!("“{other}” is not male or female"));
                None
            }
        };
        let confidence = match slot.confidence.get_ref().as_str() {
            "A" => Confidence::Read,
            "B" => Confidence::Secondary,
            "M" => Confidence::Unverified,
            other => {
                self.wrong(slot.confidence.span().start, format!("confidence is A, B or M, not “{other}”"));
                Confidence::Unverified
            }
        };
        if let Some(other) =
            slot.unless_had.as_ref().filter(|had| !DISEASES.contains(&had.get_ref().as_str()))
        {
            let words = format!("“{}” is not known here: {}", other.get_ref(), DISEASES.join(", "));
            self.wrong(other.span().start, words);
        }
        Slot {
            offer: slot.offer.into_inner(),
            age,
            until,
            too_late,
            apart,
            born_from,
            born_to,
            sex,
            offered_from,
            offered_to,
            unless_had: slot.unless_had.map(Spanned::into_inner),
            unless_doses: slot.unless_doses,
            confidence,
            note: slot.note,
            source: slot.source,
        }
    }
}

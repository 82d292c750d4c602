//! The lists of children that an inspection asks for: `guidance/inspection.toml`. Which lists there are, whom each holds
//! and in which columns is the file's; what can stand in a column is a word of a fixed list, since each word is a right.
//! A council's own file replaces the national one.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use toml::de::DeTable;

use crate::measure::Measures;
use crate::mistake::Mistake;
use crate::table::{Reading, Table, hint};

/// The lists of an inspection, and those that cannot be made from the record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// What they are asked for by.
    pub title: String,
    /// On what they rest.
    pub cite: String,
    /// What a reader has to know about that.
    pub note: Option<String>,
    /// Measures that stand in the pack, in order.
    pub measures: Vec<SmolStr>,
    /// The lists, in order.
    pub lists: Vec<InspectionList>,
    /// What is asked for and not held here.
    pub elsewhere: Vec<NotHeld>,
}

/// One list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectionList {
    /// Stable, for addresses.
    pub id: SmolStr,
    /// The number it has where it is asked for; `None` for one of our own.
    pub number: Option<String>,
    /// What a person reads above it.
    pub title: String,
    /// Whom it holds, in words.
    pub words: String,
    /// Whom it holds.
    pub of: Holds,
    /// How many months back it looks.
    pub months: i32,
    /// Its columns.
    pub columns: Vec<InspectionColumn>,
    /// Columns that are asked for and cannot be filled from this record.
    pub lacks: Vec<NotHeld>,
}

/// A column of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectionColumn {
    /// What stands above it.
    pub title: String,
    /// What stands in it.
    pub take: Take,
    /// How many months back it looks, where that differs from its list.
    pub months: Option<i32>,
    /// Whether it is one of our own, which nobody asks for.
    pub ours: bool,
}

/// A list, or a column of one, that is asked for and cannot be made from this record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotHeld {
    /// The number it has where it is asked for.
    pub number: Option<String>,
    /// What it is.
    pub title: String,
    /// Why, and where it is kept.
    pub why: String,
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $word:literal;)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its word in the file.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The one with this word.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words! {
    /// Whom a list holds, and what a row of it is.
    Holds {
        /// Children looked after, and those who ceased in the months looked back: a row each.
        LookedAfter "looked_after";
        /// Young people with a leaving-care category: a row each.
        CareLeavers "care_leavers";
        /// Children for whom adoption was the plan in the months looked back: a row each.
        Adoption "adoption";
        /// Episodes missing or away that began in the months looked back: a row each.
        Missing "missing";
        /// Reviews held in the months looked back: a row each.
        Reviews "reviews";
    }
}

words! {
    /// What stands in a column.
    Take {
        /// The short public number.
        Reference "reference";
        /// The name people use.
        Name "name";
        /// Date of birth.
        Born "born";
        /// Age in whole years.
        Age "age";
        /// Sex.
        Sex "sex";
        /// Ethnicity.
        Ethnicity "ethnicity";
        /// First language.
        FirstLanguage "first_language";
        /// Whether disabled.
        Disabled "disabled";
        /// Whether an unaccompanied asylum-seeking child. With `months` of its own: whether within them.
        Unaccompanied "unaccompanied";
        /// Key worker.
        KeyWorker "key_worker";
        /// Personal adviser.
        Adviser "adviser";
        /// Team that holds the case.
        Team "team";
        /// First day of the newest period of care.
        CareStarted "care_started";
        /// Its category of need.
        CategoryOfNeed "category_of_need";
        /// How many periods of care began in the months looked back.
        TimesInCare "times_in_care";
        /// Whether a second or later period of care ran in the months looked back.
        AgainInCare "again_in_care";
        /// Day care ceased.
        CareCeased "care_ceased";
        /// Why.
        CeaseReason "cease_reason";
        /// Legal status.
        LegalStatus "legal_status";
        /// Since when.
        LegalStatusSince "legal_status_since";
        /// First day in the home.
        HomeSince "home_since";
        /// What kind of home.
        HomeKind "home_kind";
        /// Who provides it.
        HomeProvider "home_provider";
        /// Ofsted's number of it.
        HomeNumber "home_number";
        /// Where it lies.
        HomeLocation "home_location";
        /// Its postcode.
        HomePostcode "home_postcode";
        /// How many homes began in the months looked back.
        Homes "homes";
        /// Last review held.
        LastReview "last_review";
        /// How the child took part in it.
        Participation "participation";
        /// Last review for which the reviewing officer spoke with the child alone.
        OfficerSpoke "officer_spoke";
        /// Last visit.
        LastVisit "last_visit";
        /// Last health assessment.
        LastHealthAssessment "last_health_assessment";
        /// Last dental check.
        LastDentalCheck "last_dental_check";
        /// Total of the last questionnaire.
        LastSdq "last_sdq";
        /// Last questionnaire that came back.
        LastSdqOn "last_sdq_on";
        /// Last personal education plan.
        LastEducationPlan "last_education_plan";
        /// How many episodes missing began in the months looked back.
        TimesMissing "times_missing";
        /// How many episodes away without authorisation began in the months looked back.
        TimesAway "times_away";
        /// When the last of them began.
        LastMissing "last_missing";
        /// Whether a return interview was offered after the last episode missing.
        ReturnOffered "return_offered";
        /// Whether it was accepted.
        ReturnAccepted "return_accepted";
        /// Leaving-care category.
        LeaverCategory "leaver_category";
        /// Last time somebody was in touch with the young person.
        LastInTouch "last_in_touch";
        /// Whether the authority was in touch, as it was recorded last.
        Touch "touch";
        /// Where the young person lives, as it was recorded last.
        Accommodation "accommodation";
        /// Whether that is suitable.
        Suitable "suitable";
        /// Education, training or work, as it was recorded last.
        Activity "activity";
        /// Last assessment of the young person’s needs.
        NeedsAssessed "needs_assessed";
        /// Last pathway plan, or review of it.
        PathwayPlan "pathway_plan";
        /// Day on which adoption was decided.
        AdoptionDecided "adoption_decided";
        /// Day of the match.
        AdoptersMatched "adopters_matched";
        /// Day on which the decision was reversed.
        AdoptionReversed "adoption_reversed";
        /// Why it was reversed.
        AdoptionReversedWhy "adoption_reversed_why";
        /// First day of the newest placement order.
        PlacementOrder "placement_order";
        /// Day on which the child was placed with adopters.
        PlacedForAdoption "placed_for_adoption";
        /// Day of the adoption, which ends care.
        Adopted "adopted";
        /// Day on which the child was placed with foster carers who may adopt.
        FosteredToAdopt "fostered_to_adopt";
        /// Of the row: missing or away.
        EpisodeKind "episode_kind";
        /// Of the row: first day.
        From "from";
        /// Of the row: last day.
        Until "until";
        /// Of the row: the return interview after it.
        ReturnInterview "return_interview";
        /// Of the row: the day of the review.
        HeldOn "held_on";
        /// Of the row: which review it was.
        ReviewKind "review_kind";
    }
}

/// Reads the file. Beside it, where each measure is named: whether there is such a one is known once all files are read.
pub(crate) fn read(reading: &Reading<'_>, root: &DeTable<'_>) -> (Inspection, Vec<Mistake>) {
    let t = Table::new(reading, root, 0..0, "the file of the inspection");
    let text = |key| t.must(key, t.text(key)).unwrap_or_default().to_owned();
    let (title, cite) = (text("title"), text("cite"));
    let note = t.has("note").then(|| t.text("note")).flatten().map(str::to_owned);
    let measures = t.must("measures", t.texts("measures")).unwrap_or_default();
    let places = measures.iter().map(|(_, at)| reading.place(*at)).collect();
    let measures = measures.into_iter().map(|(id, _)| id).collect();
    let mut lists: Vec<InspectionList> = Vec::new();
    for of in t.tables("list") {
        lists.extend(list(&of, &lists));
        of.finish();
    }
    if lists.is_empty() {
        t.at("list", "there is no [[list]] in this file", Some("Take the file away.".into()));
    }
    let elsewhere = t.tables("elsewhere").into_iter().filter_map(not_held).collect();
    t.finish();
    (Inspection { title, cite, note, measures, lists, elsewhere }, places)
}

/// Checks that every measure of the pack is there.
pub(crate) fn known(
    inspection: &Inspection,
    places: &[Mistake],
    measures: &Measures,
    mistakes: &mut Vec<Mistake>,
) {
    for (id, place) in inspection.measures.iter().zip(places) {
        if !measures.list.iter().any(|measure| measure.id == *id) {
            let near = hint(id, measures.list.iter().map(|measure| measure.id.as_str()));
            let message = format!("there is no measure \"{id}\"");
            mistakes.push(Mistake { message, hint: near, ..place.clone() });
        }
    }
}

fn not_held(t: Table<'_, '_>) -> Option<NotHeld> {
    let number = t.has("number").then(|| t.text("number")).flatten().map(str::to_owned);
    let (title, why) = (t.must("title", t.text("title")), t.must("why", t.text("why")));
    t.finish();
    Some(NotHeld { number, title: title?.to_owned(), why: why?.to_owned() })
}

/// Months looked back to.
fn months(t: &Table<'_, '_>) -> Option<i32> {
    let months = t.number("months");
    if months.is_some_and(|months| !(0..=120).contains(&months)) {
        t.at("months", "a list looks back 0 to 120 months", None);
    }
    months
}

fn list(t: &Table<'_, '_>, before: &[InspectionList]) -> Option<InspectionList> {
    let id = t.must("id", t.text("id"));
    if let Some(id) = id {
        if !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
            let hint = "Use small letters, digits and _, such as `looked_after`.".to_owned();
            t.at("id", format!("\"{id}\" cannot stand in an address"), Some(hint));
        } else if before.iter().any(|list| list.id == id) {
            t.at("id", format!("the list \"{id}\" is there twice"), None);
        }
    }
    let number = t.has("number").then(|| t.text("number")).flatten().map(str::to_owned);
    let (title, words) = (t.must("title", t.text("title")), t.must("words", t.text("words")));
    // A sheet of a spreadsheet is called so.
    if title.is_some_and(|title| title.chars().count() > 31) {
        t.at("title", "the title is longer than the name of a sheet may be (31 characters)", None);
    }
    let known: Vec<&str> = Holds::ALL.iter().map(|of| of.as_str()).collect();
    let of = t.must("of", t.choice("of", &known, Holds::parse));
    let looks_back = t.must("months", months(t));
    let known: Vec<&str> = Take::ALL.iter().map(|take| take.as_str()).collect();
    let columns: Vec<InspectionColumn> = t
        .tables("column")
        .into_iter()
        .filter_map(|column| {
            let title = column.must("title", column.text("title"));
            let take = column.must("take", column.choice("take", &known, Take::parse));
            let months = column.has("months").then(|| months(&column)).flatten();
            let ours = column.has("ours").then(|| column.flag("ours")).flatten().unwrap_or_default();
            column.finish();
            Some(InspectionColumn { title: title?.to_owned(), take: take?, months, ours })
        })
        .collect();
    if columns.is_empty() {
        t.at("column", "the list has no column", Some("Add column = [{ title = …, take = … }].".into()));
    }
    let lacks = t.tables("lacks").into_iter().filter_map(not_held).collect();
    Some(InspectionList {
        id: id?.into(),
        number,
        title: title?.to_owned(),
        words: words?.to_owned(),
        of: of?,
        months: looks_back?,
        columns,
        lacks,
    })
}

#[cfg(test)]
mod tests {
    use super::Take;
    use crate::{Guidance, Layer, LayerName};

    #[test]
    fn the_lists_that_come_with_the_program_take_what_there_is_and_name_what_is_not_held() {
        let national = Guidance::national().unwrap().inspection;
        let numbers: Vec<&str> = national.lists.iter().filter_map(|list| list.number.as_deref()).collect();
        assert_eq!(numbers, ["8", "9", "10"]);
        let mut all: Vec<u8> = numbers.iter().map(|n| n.parse().unwrap()).collect();
        all.extend(national.elsewhere.iter().filter_map(|e| e.number.as_deref()?.parse::<u8>().ok()));
        all.sort_unstable();
        assert_eq!(
            all,
            (1..=11).collect::<Vec<u8>>(),
            "each of the eleven is either made or said to be kept elsewhere"
        );
        // Asked for in the annex: 34, 17 and 16 columns, each either here, here in another way, or said not to be.
        let columns = national
            .lists
            .iter()
            .filter(|list| list.number.is_some())
            .map(|list| (list.columns.iter().filter(|column| !column.ours).count(), list.lacks.len()));
        assert_eq!(columns.collect::<Vec<_>>(), [(32, 3), (17, 0), (15, 1)]);
    }

    #[test]
    fn the_manual_page_tells_of_every_word() {
        let page = include_str!("../../../docs/reference/inspection.md");
        for take in Take::ALL {
            assert!(page.contains(&format!("`{}`", take.as_str())), "{}", take.as_str());
        }
    }

    #[test]
    fn mistakes_are_found_where_they_are() {
        let good = "title = \"T\"\ncite = \"C\"\nmeasures = []\n[[list]]\nid = \"a\"\ntitle = \"A\"\nwords = \"W\"\nof = \"missing\"\nmonths = 12\ncolumn = [{ title = \"Name\", take = \"name\" }]\n";
        let load = |text: &str| {
            let files = [("inspection.toml".to_owned(), text.to_owned())];
            let own = Layer::from_texts(LayerName::Local("fernshire".to_owned()), files);
            Guidance::load(&[Layer::national(), own])
        };
        assert_eq!(load(good).unwrap_or_else(|m| panic!("\n{m}")).inspection.lists.len(), 1);
        for (from, to, line, words) in [
            ("take = \"name\"", "take = \"nmae\"", 10, "Did you mean \"name\""),
            ("of = \"missing\"", "of = \"everybody\"", 8, "cannot be \"everybody\""),
            ("months = 12", "months = -1", 9, "0 to 120 months"),
            ("id = \"a\"", "id = \"A b\"", 5, "cannot stand in an address"),
            ("take = \"name\"", "take = \"name\", months = 121", 10, "0 to 120 months"),
            ("take = \"name\"", "take = \"name\", hours = 3", 10, "hours"),
            ("title = \"A\"", "title = \"A list whose title is longer than a sheet's\"", 6, "31 characters"),
            ("months = 12", "months = 12\nlacks = [{ title = \"T\" }]", 10, "why"),
            ("measures = []", "measures = [\"reviews.on_tme\"]", 3, "there is no measure \"reviews.on_tme\""),
            (
                "measures = []",
                "measures = [\n\"reviews.on_time\",\n\"no.such\"]",
                5,
                "there is no measure \"no.such\"",
            ),
        ] {
            let found = load(&good.replace(from, to)).unwrap_err().to_string();
            let at = format!("fernshire/inspection.toml:{line}:");
            assert!(found.contains(&at) && found.contains(words), "{to}: {found}");
        }
        let twice = format!("{good}[[list]]{}", good.split_once("[[list]]").unwrap().1);
        let found = load(&twice).unwrap_err().to_string();
        let words = "the list \"a\" is there twice";
        assert!(found.contains("fernshire/inspection.toml:12:") && found.contains(words), "{found}");
        assert!(load("title = \"T\"").unwrap_err().to_string().contains("there is no [[list]] in this file"));
    }
}

//! Where we answer differently from the validator in use, and so perhaps from its published cases, on purpose: the
//! official words beside each. `docs/reference/census-differences.md` counts what comes of it.

/// One version of a rule in which we do not follow the validator in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Divergence {
    /// The code of the rule.
    pub code: &'static str,
    /// The year of the version, by the March in which the collection ends.
    pub year: i16,
    /// What the rule officially says.
    pub official: &'static str,
    /// Why the other answer disagrees with that, and what we do.
    pub because: &'static str,
}

const URN: &str = "Ofsted Unique reference number (URN) is required.";
const URN_NOT_OF_SHORT_BREAKS: &str = "The other asks for a number of agreed short breaks (V4) too, which rule 214 forbids to have one. We leave V3 and V4 out.";
const SOCIAL_WORKERS: &str = "If a child is looked after on 31 March then all social worker episodes for the full previous year should be reported, even those whilst they were not looked after";
const STILL_IN_CARE: &str = "The other also flags children who had left by 31 March, of whom rule SW17STG2 wants no ended row. We ask about children still in care.";

/// Every divergence, by code and year of the version.
pub const DIVERGENCES: &[Divergence] = &[
    Divergence {
        code: "146",
        year: 2025,
        official: "Placement type code is not a valid code.",
        because: "The other lists K3 in small letters, and reads every cell in capitals, so that each child in supported accommodation is flagged. K3 is a code of that year.",
    },
    Divergence { code: "218", year: 2023, official: URN, because: URN_NOT_OF_SHORT_BREAKS },
    Divergence { code: "218", year: 2025, official: URN, because: URN_NOT_OF_SHORT_BREAKS },
    Divergence { code: "218", year: 2026, official: URN, because: URN_NOT_OF_SHORT_BREAKS },
    Divergence {
        code: "347",
        year: 2024,
        official: "Care leavers aged under 18 years, can not be accommodated in a Foyer.",
        because: "The other looks for T, which is no code of the list. Foyers are T1 and T2, and we flag those as well.",
    },
    Divergence {
        code: "634",
        year: 2023,
        official: "There are entries for previous permanence options, but child has not started to be looked after from 1 April 2016 onwards.",
        because: "The other compares with the first day of the collection. We compare with the day that the words name, 1 April 2016.",
    },
    Divergence {
        code: "635",
        year: 2023,
        official: "There are entries for date of order and local authority code where previous permanence option was arranged but previous permanence code is Z1",
        because: "The other asks whether the code is blank. The words say Z1; we flag Z1 and, as the same contradiction, a blank.",
    },
    Divergence {
        code: "1001",
        year: 2023,
        official: "The episodes recorded for this young person suggest they are not a relevant or a former relevant child and therefore should not have care leaver information completed.",
        because: "The other drops short breaks by their position in the file, and with them the rows of last year's file at the same positions; and it sees two years. We drop the short breaks alone, and look through every earlier return that is given.",
    },
    Divergence {
        code: "1002",
        year: 2023,
        official: "This child has no previous episodes of care, therefore should not have care leaver information recorded.",
        because: "The other sees two years, and its words say that this flags children who left earlier. We look through every earlier return that is given.",
    },
    Divergence {
        code: "191",
        year: 2023,
        official: "Child has been looked after continuously for at least 12 months at 31 March but one or more data items relating to children looked after for 12 months have been left blank.",
        because: "The other counts care that ended on 31 March as going on. The words ask about children looked after at 31 March; a child who left that day was not.",
    },
    Divergence {
        code: "SW11bSTG2",
        year: 2024,
        official: "Social worker episode has ended before 31 March and no subsequent social worker episode has been provided.",
        because: "The other flags a row that ended in the last days of March although an open one follows, since that one has no end to compare. An open row is a subsequent episode.",
    },
    Divergence { code: "SW12STG2", year: 2024, official: SOCIAL_WORKERS, because: STILL_IN_CARE },
    Divergence { code: "SW12STG2", year: 2025, official: SOCIAL_WORKERS, because: STILL_IN_CARE },
];

/// The declared divergence of a version, if there is one.
pub(crate) fn of(code: &str, year: i16) -> Option<&'static Divergence> {
    DIVERGENCES.iter().find(|d| d.code == code && d.year == year)
}

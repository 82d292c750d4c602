//! Rules that are not asked when something is recorded, each with its reason. Every other rule that looks at one child
//! is.

use jiff::civil::{Date, date};

/// A rule that is not asked at the point of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAtEntry {
    /// Its code.
    pub code: &'static str,
    /// Whether it is asked all the same of a collection that is over.
    pub once_over: bool,
    /// Why.
    pub because: &'static str,
}

const OTHER_ENTRY: &str =
    "It asks for what another entry brings, often a day or two later. The return lists it as not recorded.";
const HEALTH: &str = "Which of the yearly health answers are missing is known when the year ends. Until then each is recorded in its own time, and the return lists those that lack.";
const WORKER: &str = "It asks how social workers stand on 31 March. Between one worker and the next the record has nobody for a while.";
const HISTORY: &str = "It looks back as far as the record goes, and a record that was imported often begins too late to tell who is a care leaver.";

/// The list, by code.
pub const NOT_AT_ENTRY: &[NotAtEntry] = &[
    never("1001", HISTORY),
    never("1002", HISTORY),
    never("182", HEALTH),
    never("186", HEALTH),
    never("191", HEALTH),
    never("197B", HEALTH),
    never("210", OTHER_ENTRY),
    never("543", HEALTH),
    never("544", HEALTH),
    never("545", HEALTH),
    never("547", HEALTH),
    never("601", OTHER_ENTRY),
    never("630", OTHER_ENTRY),
    once_over("SW11aSTG2", WORKER),
    once_over("SW11bSTG2", WORKER),
    never("SW12STG2", OTHER_ENTRY),
    once_over("SW14STG2", WORKER),
    once_over("SW17STG2", WORKER),
];

const fn never(code: &'static str, because: &'static str) -> NotAtEntry {
    NotAtEntry { code, once_over: false, because }
}

const fn once_over(code: &'static str, because: &'static str) -> NotAtEntry {
    NotAtEntry { code, once_over: true, because }
}

/// Whether a rule is left out when something is recorded that falls in the collection of a year.
pub(super) fn holds(code: &str, year: i16, today: Date) -> bool {
    let over = today > date(year, 3, 31);
    NOT_AT_ENTRY.iter().any(|n| n.code == code && !(n.once_over && over))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Run;
    use crate::rules;

    #[test]
    fn each_is_a_rule_of_one_child_and_stands_once() {
        for (n, left_out) in NOT_AT_ENTRY.iter().enumerate() {
            let rule = rules::find(left_out.code).map(|entry| entry.rule);
            let versions = rule.filter(|rule| rule.code == left_out.code).map(|rule| rule.versions);
            let by_child =
                |versions: &[crate::check::Version]| versions.iter().all(|v| matches!(v.run, Run::Child(_)));
            assert!(versions.is_some_and(by_child), "{} is no rule of one child", left_out.code);
            assert!(
                NOT_AT_ENTRY[..n].iter().all(|other| other.code != left_out.code),
                "{} twice",
                left_out.code
            );
        }
    }

    #[test]
    fn what_speaks_of_the_end_of_the_year_waits_for_it() {
        assert!(holds("SW17STG2", 2026, date(2026, 3, 31)) && !holds("SW17STG2", 2026, date(2026, 4, 1)));
        assert!(holds("630", 2026, date(2027, 1, 1)) && !holds("378", 2026, date(2026, 1, 1)));
    }
}

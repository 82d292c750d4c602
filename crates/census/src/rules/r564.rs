//! # What it does
//! Flags a time missing, or away without authorisation, whose start is blank.
//!
//! # Why it matters
//! Without a start nobody can say how long the child was away, or whether a return interview was in time.
//!
//! # How to put it right
//! Enter the day on which the child was found to be missing.
//!
//! # Example
//! `MISSING` = `M` with nothing in `MIS_START`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "564",
    title: "A time missing or away has no start.",
    versions: &[Version {
        from: 2023,
        fields: &["MISSING", "MIS_START"],
        tables: &[Missing],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.missing() {
        out.flag_if(row.missing.is_any(&["M", "A"]) && row.mis_start.value().is_none(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn missing_from_nobody_knows_when() {
        case(&RULE, 2026)
            .with(Missing, "CHILD,MISSING,MIS_START\n1,M,\n2,A,\n3,M,01/02/2026\n")
            .flags(&[(Missing, &[0, 1])]);
    }

    #[test]
    fn nothing_recorded_is_no_matter_for_this_rule() {
        case(&RULE, 2026).with(Missing, "CHILD,MISSING,MIS_START\n1,,\n").clean();
    }
}

//! # What it does
//! Flags a child of under 5 on 31 March, looked after for the whole collection year (agreed short breaks do not
//! count), for whom it is not said whether the child's development checks are up to date (`HEALTH_CHECK`).
//!
//! # Why it matters
//! The share of under fives whose development checks are up to date is a published measure. A blank says neither
//! yes nor no.
//!
//! # How to put it right
//! Enter 1 if the child's checks were up to date on 31 March, and 0 if not.
//!
//! # Example
//! `DOB` = 01/04/2021 and nothing in `HEALTH_CHECK` in the return to 31 March 2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "545",
    title: "Health promotion is not answered for a child under 5.",
    versions: &[Version {
        from: 2023,
        fields: &["DOB", "HEALTH_CHECK"],
        tables: &[Oc2, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let asked = |dob: Date| dob.plus_years(5) > ctx.end;
    for row in child.oc2() {
        let unanswered = row.health_check.is_blank() && row.dob.value().is_some_and(asked);
        out.flag_if(unanswered && child.looked_after_all_year(ctx), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn looked_after_all_year_without_an_answer() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2024,S\n2,01/06/2024,S\n")
            .with(Oc2, "CHILD,DOB,HEALTH_CHECK\n1,01/04/2021,\n2,01/04/2021,0\n")
            .flags(&[(Oc2, &[0])]);
    }

    #[test]
    fn of_another_age_or_not_here_all_year() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2024,S\n2,01/06/2025,S\n")
            .with(Oc2, "CHILD,DOB,HEALTH_CHECK\n1,31/03/2021,\n1,,\n2,01/04/2021,\n3,01/04/2021,\n")
            .clean();
    }
}

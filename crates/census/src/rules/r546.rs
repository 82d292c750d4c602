//! # What it does
//! Flags a child of 5 or over on 31 March for whom it is said whether the development checks are up to date
//! (`HEALTH_CHECK`).
//!
//! # Why it matters
//! The checks are those of children under 5. The question is not asked of older ones.
//!
//! # How to put it right
//! Clear the answer, or correct the date of birth.
//!
//! # Example
//! `DOB` = 31/03/2021 and `HEALTH_CHECK` = 1 in the return to 31 March 2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "546",
    title: "Health promotion is answered for a child of 5 or over.",
    versions: &[Version {
        from: 2023,
        fields: &["DOB", "HEALTH_CHECK"],
        tables: &[Oc2],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.oc2() {
        let five = row.dob.value().is_some_and(|dob| dob.plus_years(5) <= ctx.end);
        out.flag_if(five && !row.health_check.is_blank(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn five_on_the_day() {
        case(&RULE, 2026)
            .with(Oc2, "CHILD,DOB,HEALTH_CHECK\n1,31/03/2021,1\n2,01/06/2012,0\n")
            .flags(&[(Oc2, &[0, 1])]);
    }

    #[test]
    fn five_the_day_after_or_no_answer() {
        case(&RULE, 2026).with(Oc2, "CHILD,DOB,HEALTH_CHECK\n1,01/04/2021,1\n2,01/06/2012,\n3,,1\n").clean();
    }
}

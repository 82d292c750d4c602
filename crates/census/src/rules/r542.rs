//! # What it does
//! Flags a child of under 10 on 31 March for whom the question on convictions is answered.
//!
//! # Why it matters
//! A child under 10 cannot commit an offence in law. The question is not asked of them.
//!
//! # How to put it right
//! Clear the answer, or correct the date of birth.
//!
//! # Example
//! `DOB` = 01/06/2017 and `CONVICTED` = 0 in the return to 31 March 2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "542",
    title: "The question on convictions is answered for a child under 10.",
    versions: &[Version { from: 2023, fields: &["CONVICTED"], tables: &[Oc2], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.oc2() {
        let under_10 = row.dob.value().is_some_and(|dob| dob.plus_years(10) > ctx.end);
        out.flag_if(under_10 && !row.convicted.is_blank(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn ten_the_day_after() {
        case(&RULE, 2026)
            .with(Oc2, "CHILD,DOB,CONVICTED\n1,01/04/2016,0\n2,01/06/2020,1\n")
            .flags(&[(Oc2, &[0, 1])]);
    }

    #[test]
    fn ten_on_the_day_or_no_answer() {
        case(&RULE, 2026).with(Oc2, "CHILD,DOB,CONVICTED\n1,31/03/2016,1\n2,01/06/2020,\n3,,1\n").clean();
    }
}

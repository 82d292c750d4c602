//! # What it does
//! Flags a child of 10 or over on 31 March, looked after for the whole collection year (agreed short breaks do not
//! count), for whom the question on convictions is not answered.
//!
//! # Why it matters
//! The share of looked after children who offended is a published measure. A blank says neither yes nor no.
//!
//! # How to put it right
//! Enter 1 if the child was convicted or cautioned in the year, and 0 if not.
//!
//! # Example
//! `DOB` = 31/03/2016 and nothing in `CONVICTED` in the return to 31 March 2026.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "543",
    title: "The question on convictions is not answered for a child of 10 or over.",
    versions: &[Version {
        from: 2023,
        fields: &["DOB", "CONVICTED"],
        tables: &[Oc2, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let asked = |dob: Date| dob.plus_years(10) <= ctx.end;
    for row in child.oc2() {
        let unanswered = row.convicted.is_blank() && row.dob.value().is_some_and(asked);
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
            .with(Oc2, "CHILD,DOB,CONVICTED\n1,31/03/2016,\n2,31/03/2016,0\n")
            .flags(&[(Oc2, &[0])]);
    }

    #[test]
    fn of_another_age_or_not_here_all_year() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,DECOM,RNE\n1,01/06/2024,S\n2,01/06/2025,S\n")
            .with(Oc2, "CHILD,DOB,CONVICTED\n1,01/04/2016,\n1,,\n2,31/03/2016,\n3,31/03/2016,\n")
            .clean();
    }
}

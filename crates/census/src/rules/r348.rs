//! # What it does
//! Flags a row of OC3 when last year's return, or any earlier one that is given, had `IN_TOUCH` = `DIED` for the
//! young person and this year's has not.
//!
//! # Why it matters
//! One of the two returns is wrong about whether a young person is alive.
//!
//! # How to put it right
//! Find out which. If the young person died, `IN_TOUCH` stays `DIED`; if not, correct last year's record, and say
//! so in the explanation that goes with the return.
//!
//! # Example
//! Last year `IN_TOUCH` = `DIED`; this year `IN_TOUCH` = `NO`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "348",
    title: "A care leaver who was said to have died is reported as something else.",
    versions: &[Version {
        from: 2026,
        fields: &["IN_TOUCH"],
        tables: &[Oc3],
        last: &[Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    if child.before().flat_map(|year| year.oc3()).any(|row| row.in_touch.is("DIED")) {
        out.flag_all(child.oc3().iter().filter(|row| !row.in_touch.is("DIED")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn died_last_year_but_not_this() {
        case(&RULE, 2026)
            .last(Oc3, "CHILD,IN_TOUCH\n1,DIED\n2,DIED\n3,DIED\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,NO\n2,DIED\n3,\n")
            .flags(&[(Oc3, &[0, 2])]);
    }

    #[test]
    fn died_in_a_year_before_last() {
        case(&RULE, 2026)
            .earlier(2023, Oc3, "CHILD,IN_TOUCH\n1,DIED\n")
            .last(Oc3, "CHILD,IN_TOUCH\n2,NO\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,NO\n2,NO\n")
            .flags(&[(Oc3, &[0])]);
    }

    #[test]
    fn not_reported_before() {
        case(&RULE, 2026)
            .last(Oc3, "CHILD,IN_TOUCH\n1,YES\n")
            .with(Oc3, "CHILD,IN_TOUCH\n1,DIED\n2,YES\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Oc3, "CHILD,IN_TOUCH\n1,NO\n").not_run("last year");
    }
}

//! # What it does
//! Flags a child whose first child's date of birth (`MC_DOB`) was given in last year's return and is another, or
//! blank, in this one.
//!
//! # Why it matters
//! A first child's date of birth does not change, so one of the two returns is wrong.
//!
//! # How to put it right
//! Check the date. If this year's is right, tell the department that last year's was not.
//!
//! # Example
//! `MC_DOB` was 10/09/2024 last year and is 08/09/2024 now.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "624",
    title: "The date of birth of her first child is not the one of last year.",
    versions: &[Version {
        from: 2023,
        fields: &["MC_DOB"],
        tables: &[Header],
        last: &[Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        let differs = |last: Row<'_, HeaderRow>| {
            !last.mc_dob.is_blank()
                && last.mc_dob.raw() != row.mc_dob.raw()
                && !same(last.mc_dob.value(), row.mc_dob.value())
        };
        out.flag_if(child.last().headers().iter().any(differs), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_date_or_none() {
        case(&RULE, 2026)
            .last(Header, "CHILD,MC_DOB\n1,10/09/2024\n2,10/09/2024\n")
            .with(Header, "CHILD,MC_DOB\n1,08/09/2024\n2,\n")
            .flags(&[(Header, &[0, 1])]);
    }

    #[test]
    fn the_same_or_new() {
        case(&RULE, 2026)
            .last(Header, "CHILD,MC_DOB\n1,10/09/2024\n2,\n")
            .with(Header, "CHILD,MC_DOB\n1,10/09/2024\n2,10/09/2024\n3,10/09/2024\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Header, "CHILD,MC_DOB\n1,10/09/2024\n").not_run("last year");
    }
}

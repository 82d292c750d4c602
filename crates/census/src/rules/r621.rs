//! # What it does
//! Flags a child whose own first child was born (`MC_DOB`) on or before her own date of birth (`DOB`).
//!
//! # Why it matters
//! One of the dates is wrong. Often the mother's date was typed twice.
//!
//! # How to put it right
//! Check both dates of birth.
//!
//! # Example
//! `DOB` = 04/08/2009 with `MC_DOB` = 04/08/2009.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "621",
    title: "The mother is not older than her child.",
    versions: &[Version {
        from: 2023,
        fields: &["DOB", "MC_DOB"],
        tables: &[Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        out.flag_if(on_or_before(row.mc_dob.value(), row.dob.value()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn born_before_or_with_her_mother() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB,MC_DOB\n1,04/08/2009,04/08/2009\n2,04/08/2009,03/08/2009\n")
            .flags(&[(Header, &[0, 1])]);
    }

    #[test]
    fn born_after_or_not_known() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB,MC_DOB\n1,04/08/2009,05/08/2009\n2,04/08/2009,\n3,,05/08/2009\n")
            .clean();
    }
}

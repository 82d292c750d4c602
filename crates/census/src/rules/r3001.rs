//! # What it does
//! Flags a row of OC3 with `ACCOM` = `Z1` or `Z2` (with former foster carers) when the young person's 17th birthday
//! is in the collection year. The date of birth is that of Header.
//!
//! # Why it matters
//! Staying put with foster carers begins at 18. A young person of 17 with the same carers is still looked after, or
//! lives with relatives.
//!
//! # How to put it right
//! Enter the accommodation that applies around the 17th birthday (`B` for relatives), or see whether the young
//! person really left care.
//!
//! # Example
//! `DOB` = 16/03/2009 and `ACCOM` = `Z1` in the return of 2025-26.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "3001",
    title: "A care leaver of 17 is said to live with former foster carers.",
    versions: &[Version {
        from: 2023,
        fields: &["ACCOM", "DOB"],
        tables: &[Header, Oc3],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for row in child.oc3().iter().filter(|row| row.accom.is_any(&["Z1", "Z2"])) {
        let mut births = child.headers().iter().filter_map(|header| header.dob.value());
        out.flag_if(births.any(|dob| ctx.holds(dob.plus_years(17))), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn seventeen_within_the_year() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/04/2008\n2,31/03/2009\n3,01/04/2009\n4,31/03/2008\n")
            .with(Oc3, "CHILD,ACCOM\n1,Z1\n2,Z2\n3,Z1\n4,Z1\n")
            .flags(&[(Oc3, &[0, 1])]);
    }

    #[test]
    fn elsewhere_or_no_date() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,01/06/2008\n2,\n")
            .with(Oc3, "CHILD,ACCOM\n1,B1\n1,\n2,Z1\n3,Z1\n")
            .clean();
    }
}

//! # What it does
//! Flags a row of UASC with a day on which the status ended (`DUC`) when the child's `UASC` in Header is not `1`.
//! Both rows are flagged.
//!
//! # Why it matters
//! The two tables contradict each other, and the funding and figures of unaccompanied children hang on them.
//!
//! # How to put it right
//! If the child came alone and sought asylum, `UASC` is `1`, even after the status ended. Otherwise take the row
//! out of UASC.
//!
//! # Example
//! `UASC` = `0` in Header and `DUC` = 04/04/2025.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "303",
    title: "The end of unaccompanied status is given for a child who is not unaccompanied.",
    versions: &[Version {
        from: 2023,
        fields: &["DUC", "UASC"],
        tables: &[Uasc, Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.uasc().iter().filter(|row| row.duc.value().is_some()) {
        for header in child.headers().iter().filter(|header| header.uasc() != "1") {
            out.flag(&row);
            out.flag(&header);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn an_end_and_no_status() {
        case(&RULE, 2026)
            .with(Uasc, "CHILD,DUC\n1,04/04/2025\n2,04/04/2025\n3,04/04/2025\n")
            .with(Header, "CHILD,UASC\n1,0\n2,1\n3,\n")
            .flags(&[(Uasc, &[0, 2]), (Header, &[0, 2])]);
    }

    #[test]
    fn no_end() {
        case(&RULE, 2026)
            .with(Uasc, "CHILD,DUC\n1,\n2,04/04/2025\n")
            .with(Header, "CHILD,UASC\n1,0\n")
            .clean();
    }
}

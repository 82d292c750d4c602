//! # What it does
//! In a return in XML, flags a child whose `UASC` is blank or is neither `0` nor `1`. In CSV files there is no such
//! column: a child is unaccompanied by having a row in UASC.
//!
//! # Why it matters
//! Whether a child is unaccompanied decides which other questions are asked; with neither answer the child is in no
//! group.
//!
//! # How to put it right
//! Enter `1` for an unaccompanied child seeking asylum at any time in the year, `0` for every other child.
//!
//! # Example
//! `<UASC>2</UASC>`, or an empty `<UASC/>`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "105",
    title: "The asylum-seeking status of the child is missing or is neither 0 nor 1.",
    versions: &[Version {
        from: 2023,
        fields: &["UASC"],
        tables: &[Header],
        needs: &[Needs::Xml],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        out.flag_if(!matches!(row.uasc(), "0" | "1"), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn neither_yes_nor_no() {
        case(&RULE, 2026)
            .xml()
            .with(Header, "CHILD,UASC\n1,2\n2,\n3,Y\n4,1\n")
            .flags(&[(Header, &[0, 1, 2])]);
    }

    #[test]
    fn yes_and_no() {
        case(&RULE, 2026).xml().with(Header, "CHILD,UASC\n1,0\n2,1\n").clean();
    }

    #[test]
    fn of_csv_it_is_not_asked() {
        case(&RULE, 2026).with(Header, "CHILD,UASC\n1,2\n").not_run("XML");
    }
}

//! # What it does
//! Flags a row with a date (`DATE_PERM`) or an authority (`LA_PERM`) of an earlier order when `PREV_PERM` says that
//! there was none (`Z1`), or says nothing.
//!
//! # Why it matters
//! The answers contradict each other. A child who came back from adoption or guardianship may be counted as new.
//!
//! # How to put it right
//! If there was an order, say which in `PREV_PERM`. If not, empty the date and the authority.
//!
//! # Example
//! `PREV_PERM` = `Z1` with `DATE_PERM` = 05/05/2019 and `LA_PERM` = `886`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "635",
    title: "Details of an earlier permanence order are given, but no such order is.",
    versions: &[Version {
        from: 2023,
        fields: &["LA_PERM", "DATE_PERM", "PREV_PERM"],
        tables: &[PrevPerm],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.prev_perm() {
        let details = !row.la_perm.is_blank() || !row.date_perm.is_blank();
        out.flag_if(details && (row.prev_perm.is("Z1") || row.prev_perm.is_blank()), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn details_of_no_order() {
        case(&RULE, 2026)
            .with(
                PrevPerm,
                "CHILD,PREV_PERM,LA_PERM,DATE_PERM\n1,Z1,886,05/05/2019\n2,Z1,886,\n3,,,05/05/2019\n4,P1,,\n",
            )
            .flags(&[(PrevPerm, &[0, 1, 2])]);
    }

    #[test]
    fn an_order_or_no_details() {
        case(&RULE, 2026)
            .with(PrevPerm, "CHILD,PREV_PERM,LA_PERM,DATE_PERM\n1,P1,886,05/05/2019\n2,Z1,,\n3,,,\n")
            .clean();
    }
}

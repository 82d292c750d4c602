//! # What it does
//! Flags every temporary placement during the usual foster carers' holiday (`PLACE` = `T3`) of a child who has more
//! than two of them in the return.
//!
//! # Why it matters
//! Two such stays in twelve months do not count as changes of placement. With more, the child is moved about more
//! often than the figures show.
//!
//! # How to put it right
//! Record the third stay, and those after it, under the type of placement they really were.
//!
//! # Example
//! A child with three episodes of `PLACE` = `T3` between Easter and Christmas.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "377",
    title: "There are more than two stays for foster carers' holidays in the year.",
    versions: &[Version { from: 2023, fields: &["PLACE"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    let stays = || child.episodes().iter().filter(|e| e.place.is("T3"));
    if stays().count() > 2 {
        out.flag_all(stays());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn three_holidays() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,PLACE\n1,01/05/2025,T3\n1,01/06/2025,U6\n1,01/08/2025,T3\n1,20/12/2025,T3\n",
            )
            .flags(&[(Episodes, &[0, 2, 3])]);
    }

    #[test]
    fn two_holidays_each() {
        case(&RULE, 2026).with(Episodes, "CHILD,PLACE\n1,T3\n1,T3\n2,T3\n2,T3\n1,T1\n").clean();
    }
}

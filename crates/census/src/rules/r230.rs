//! # What it does
//! Flags an episode with `PLACE` = `H5` in England that is still open, or that ended after 28 October 2023, when
//! the provider number (`URN`) is blank or `XXXXXXX`. A placement whose authority is not known is taken to be in
//! England. Asked in 2023-24 only.
//!
//! # Why it matters
//! From that day supported accommodation has to be registered.
//!
//! # How to put it right
//! Enter the number from the register. A home without one may not take children of 16 and 17.
//!
//! # Example
//! `PLACE` = `H5`, still open, `URN` blank.

use super::r218::in_england;
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "230",
    title: "Semi-independent accommodation in England has no provider number.",
    versions: &[Version {
        from: 2024,
        to: Some(2024),
        fields: &["PLACE", "DEC", "URN"],
        tables: &[Episodes],
        needs: &[Needs::Places],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| e.place.is("H5") && in_england(e)) {
        let goes_on = episode.is_open() || after(episode.dec.value(), date(2023, 10, 28));
        out.flag_if(goes_on && (episode.urn.is_blank() || episode.urn.is("XXXXXXX")), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_number_is_missing() {
        case(&RULE, 2024)
            .with(
                Episodes,
                "CHILD,PLACE,DEC,PL_LA,URN\n1,H5,29/10/2023,E10000016,\n2,H5,,E10000016,XXXXXXX\n3,H5,,,\n",
            )
            .flags(&[(Episodes, &[0, 1, 2])]);
    }

    #[test]
    fn it_is_there_or_was_not_needed() {
        case(&RULE, 2024)
            .with(
                Episodes,
                "CHILD,PLACE,DEC,PL_LA,URN\n1,H5,28/10/2023,E10000016,\n2,H5,,SCO,\n3,H5,,E10000016,SC1\n4,P1,,E10000016,\n",
            )
            .clean();
    }
}

//! # What it does
//! Flags an episode whose reason for the change of placement is not a code of the collection. A blank is not
//! flagged here.
//!
//! # Why it matters
//! Reasons show why placements end early. One that is no code is lost from that picture.
//!
//! # How to put it right
//! Choose the code that fits best from the list of reasons; `OTHER` if none does.
//!
//! # Example
//! `REASON_PLACE_CHANGE` = `BREAKDOWN`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "1009",
    title: "The reason for the change of placement is not one of the codes.",
    versions: &[Version {
        from: 2023,
        fields: &["REASON_PLACE_CHANGE"],
        tables: &[Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes() {
        let reason = &episode.reason_place_change;
        let known = CodeList::ReasonPlaceChange.codes().contains(&reason.raw());
        out.flag_if(!reason.is_blank() && !known, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_code_there_is_not() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,REASON_PLACE_CHANGE\n1,BREAKDOWN\n2,0\n3,CARPL\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn any_code_or_none() {
        let mut rows = "CHILD,REASON_PLACE_CHANGE\n0,\n".to_owned();
        for (child, code) in CodeList::ReasonPlaceChange.codes().iter().enumerate() {
            rows += &format!("{child},{code}\n");
        }
        case(&RULE, 2026).with(Episodes, &rows).clean();
    }
}

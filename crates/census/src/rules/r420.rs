//! # What it does
//! Flags an episode of an agreed series of short breaks (`LS` = `V3` or `V4`) for which the authority of the
//! placement (`PL_LA`) is known. It is worked out from the placement's postcode.
//!
//! # Why it matters
//! Where a short break takes place is not collected. The child lives at home.
//!
//! # How to put it right
//! Empty `PL_POST`. If the child does not live at home, the legal status is wrong.
//!
//! # Example
//! `LS` = `V3` with `PL_POST` = `TN24 9WZ`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "420",
    title: "The authority of the placement is given for a short break.",
    versions: &[Version {
        from: 2023,
        fields: &["PL_LA"],
        tables: &[Episodes],
        needs: &[Needs::Places],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(Row::is_short_term) {
        out.flag_if(!episode.pl_la().is_empty(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_break_of_either_kind() {
        case(&RULE, 2026)
            .with(Episodes, "CHILD,LS,PL_LA\n1,V3,E10000016\n2,V4,WAL\n3,C2,E10000016\n4,V4,\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn other_legal_statuses_have_it() {
        case(&RULE, 2026).with(Episodes, "CHILD,LS,PL_LA\n1,C2,E10000016\n2,,E10000016\n").clean();
    }
}

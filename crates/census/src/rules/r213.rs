//! # What it does
//! Flags a temporary placement (`T0` to `T4`) for which the kind of provider (`PLACE_PROVIDER`) is filled in. From
//! 2025-26 the same goes for other placements (`Z11` to `Z14`).
//!
//! # Why it matters
//! The provider is not collected for these placements. An answer suggests that the placement type is wrong.
//!
//! # How to put it right
//! Empty `PLACE_PROVIDER`, or correct the placement type if the child really moved.
//!
//! # Example
//! `PLACE` = `T2` (away on holiday) with `PLACE_PROVIDER` = `PR1`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "213",
    title: "A temporary or other placement has a placement provider.",
    versions: &[
        Version {
            from: 2023,
            to: Some(2025),
            fields: &["PLACE_PROVIDER"],
            tables: &[Episodes],
            ..Version::child(temporary)
        },
        Version {
            from: 2026,
            fields: &["PLACE_PROVIDER"],
            tables: &[Episodes],
            ..Version::child(temporary_or_other)
        },
    ],
};

fn temporary(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    check(child, &["T0", "T1", "T2", "T3", "T4"], out);
}

fn temporary_or_other(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    check(child, &["T0", "T1", "T2", "T3", "T4", "Z11", "Z12", "Z13", "Z14"], out);
}

fn check(child: &Child<'_>, places: &[&str], out: &mut Findings) {
    for episode in child.episodes() {
        out.flag_if(episode.place.is_any(places) && !episode.place_provider.is_blank(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const ROWS: &str = "CHILD,PLACE,PLACE_PROVIDER\n1,T0,PR1\n2,T4,PR2\n3,Z11,PR4\n4,Z14,PR4\n5,U6,PR1\n";

    #[test]
    fn a_provider_where_none_is_asked() {
        case(&RULE, 2025).with(Episodes, ROWS).flags(&[(Episodes, &[0, 1])]);
        case(&RULE, 2026).with(Episodes, ROWS).flags(&[(Episodes, &[0, 1, 2, 3])]);
    }

    #[test]
    fn no_provider() {
        case(&RULE, 2026).with(Episodes, "CHILD,PLACE,PLACE_PROVIDER\n1,T0,\n2,Z14,\n3,,PR1\n").clean();
    }
}

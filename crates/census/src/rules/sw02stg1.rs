//! # What it does
//! Flags a row of SWEpisodes whose `SW_ID` is written but begins neither with `SW` nor with `XX`.
//!
//! # Why it matters
//! The registration number begins with `SW`; a worker without one has a number that begins with `XX`. Others cannot
//! be followed from child to child.
//!
//! # How to put it right
//! Copy the number from the register of social workers.
//!
//! # Example
//! `SW_ID` = `ZZ1`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW02STG1",
    title: "The social worker's number does not begin with SW or XX.",
    versions: &[
        Version {
            from: 2024,
            to: Some(2025),
            fields: &["SW_ID"],
            tables: &[SwEpisodes],
            ..Version::child(check)
        },
        Version { from: 2026, fields: &["SW_ID"], tables: &[SwEpisodes], ..Version::child(check) },
    ],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.sw_episodes() {
        let known = ["SW", "XX"].iter().any(|start| row.sw_id.raw().starts_with(start));
        out.flag_if(!row.sw_id.is_blank() && !known, &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_beginning() {
        for year in [2024, 2026] {
            case(&RULE, year)
                .with(SwEpisodes, "CHILD,SW_ID\n1,ZZ1\n2,1SW\n3,SW1\n")
                .flags(&[(SwEpisodes, &[0, 1])]);
        }
    }

    #[test]
    fn a_number_of_either_kind_or_none() {
        case(&RULE, 2026).with(SwEpisodes, "CHILD,SW_ID\n1,SW100001\n2,xx7\n3,\n").clean();
    }
}

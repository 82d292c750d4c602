//! # What it does
//! Flags every row of SWEpisodes with nothing in `SW_DEC`. It was asked in 2023-24 only.
//!
//! # Why it matters
//! The row of a social worker who has stopped, or of a child who has left, has an end.
//!
//! # How to put it right
//! Enter the day on which the child passed to somebody else or left care. For the social worker of 31 March, leave
//! the end blank and ignore this.
//!
//! # Example
//! `SW_DECOM` = 01/06/2023 with nothing in `SW_DEC`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "SW14STG2",
    title: "The social worker row has no end.",
    versions: &[Version {
        from: 2024,
        to: Some(2024),
        fields: &["SW_DEC"],
        tables: &[SwEpisodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    out.flag_all(child.sw_episodes().iter().filter(|row| row.sw_dec.is_blank()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn no_end() {
        case(&RULE, 2024).with(SwEpisodes, "CHILD,SW_DEC\n1,\n2,01/06/2023\n").flags(&[(SwEpisodes, &[0])]);
    }

    #[test]
    fn an_end() {
        case(&RULE, 2024).with(SwEpisodes, "CHILD,SW_DEC\n2,01/06/2023\n").clean();
    }
}

//! # What it does
//! Flags an episode that carries on a stay in care (its `RNE` is not `S`) but gives another category of need than
//! the episode before it.
//!
//! # Why it matters
//! The category of need is the main reason why the child came into care. It is settled when care starts, and stays
//! until care ends, even if life moves on.
//!
//! # How to put it right
//! Give every episode of the stay the category that was recorded when care started. If care really ended in
//! between, close the earlier episode with the reason and start the next with `S`.
//!
//! # Example
//! An episode with `CIN` = `N1` ends with `X1`; the next starts the same day with `RNE` = `L` and `CIN` = `N8`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "504",
    title: "The category of need changes in the middle of a stay in care.",
    versions: &[Version { from: 2023, fields: &["CIN"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for (earlier, episode) in child.episodes().pairs() {
        // Where the reason for the new episode is not given, the end of the earlier one tells.
        let carries_on = if episode.rne.is_blank() { earlier.rec.is("X1") } else { !episode.starts_care() };
        out.flag_if(carries_on && earlier.cin.raw() != episode.cin.raw(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_need_in_the_same_stay() {
        let rows = "CHILD,DECOM,RNE,REC,CIN\n1,01/08/2025,L,,N1\n1,01/05/2025,S,X1,N1\n1,01/06/2025,P,X1,N8\n2,01/05/2025,S,X1,N1\n2,01/06/2025,,,\n";
        case(&RULE, 2026).with(Episodes, rows).flags(&[(Episodes, &[0, 2, 4])]);
    }

    #[test]
    fn another_need_in_another_stay() {
        let rows = "CHILD,DECOM,RNE,REC,CIN\n1,01/05/2025,S,E4A,N1\n1,01/06/2025,S,,N8\n2,01/07/2025,L,,N4\n";
        case(&RULE, 2026).with(Episodes, rows).clean();
    }
}

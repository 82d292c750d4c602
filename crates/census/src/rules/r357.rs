//! # What it does
//! Flags the child's first episode when it started within the collection year and its reason (`RNE`) is not `S`. An
//! earlier first episode is left alone: the one before it was in another year's return.
//!
//! # Why it matters
//! Care begins with `S`. Without it an episode is missing, or the child is not counted among those who came into
//! care.
//!
//! # How to put it right
//! Look for the episode just before, which may have been left out. If there is none, the reason is `S`.
//!
//! # Example
//! A child new this year whose only episode has `RNE` = `P`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "357",
    title: "The child's first episode does not start a period of care.",
    versions: &[Version { from: 2023, fields: &["RNE"], tables: &[Episodes], ..Version::child(check) }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let Some(first) = child.episodes().first() else { return };
    out.flag_if(on_or_after(first.decom.value(), ctx.start) && !first.starts_care(), &first);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn the_first_is_no_start() {
        case(&RULE, 2026)
            .with(
                Episodes,
                "CHILD,DECOM,RNE\n1,01/07/2025,S\n1,01/06/2025,P\n2,01/04/2025,\n3,01/06/2025,S\n3,01/07/2025,L\n",
            )
            .flags(&[(Episodes, &[1, 2])]);
    }

    #[test]
    fn it_began_before_the_year_or_nobody_knows() {
        case(&RULE, 2026).with(Episodes, "CHILD,DECOM,RNE\n1,31/03/2025,P\n2,,P\n").clean();
    }
}

//! # What it does
//! Flags a row of OC2 whose reason for having no score on the strengths and difficulties questionnaire is written
//! but is not `SDQ1` to `SDQ5`.
//!
//! # Why it matters
//! The reasons are counted: a carer who refuses is not the same as a child too disabled to be asked about.
//!
//! # How to put it right
//! Choose the code: `SDQ1` too young or too old, `SDQ2` the carer refused, `SDQ3` disability, `SDQ4` other, `SDQ5`
//! the child refused.
//!
//! # Example
//! `SDQ_REASON` = `SDQ6`.

use crate::check::prelude::*;
use crate::codes::CodeList;

pub(super) const RULE: Rule = Rule {
    code: "196",
    title: "The reason for having no SDQ score is not one of the codes.",
    versions: &[Version { from: 2023, fields: &["SDQ_REASON"], tables: &[Oc2], ..Version::child(check) }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.oc2() {
        let unknown = !CodeList::SdqReason.codes().contains(&row.sdq_reason.raw());
        out.flag_if(unknown && !row.sdq_reason.is_blank(), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_code_that_there_is_not() {
        case(&RULE, 2026).with(Oc2, "CHILD,SDQ_REASON\n1,SDQ6\n2,1\n9,SDQ1\n").flags(&[(Oc2, &[0, 1])]);
    }

    #[test]
    fn known_codes_and_blanks() {
        case(&RULE, 2026).with(Oc2, "CHILD,SDQ_REASON\n1,SDQ1\n2,SDQ5\n9,\n").clean();
    }
}

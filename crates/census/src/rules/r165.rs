//! # What it does
//! Flags a child whose answer to “is she a mother?” is neither `0` nor `1`, a boy with the answer `1`, and a girl
//! with no answer although she was looked after in the year (short breaks do not count) or there is nothing about
//! her in OC3 either. Her rows in OC3 are flagged with her.
//!
//! # Why it matters
//! Young mothers in care are few and need support for two. A blank leaves them out of the figures.
//!
//! # How to put it right
//! Enter `1` if she has a child of her own, `0` if not. For a boy leave it blank, or correct the sex.
//!
//! # Example
//! A girl looked after since June has `MOTHER` blank.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "165",
    title: "It is not said, or cannot be right, whether the child is a mother.",
    versions: &[Version {
        from: 2023,
        fields: &["MOTHER", "SEX", "ACTIV", "ACCOM", "IN_TOUCH", "DECOM"],
        tables: &[Header, Episodes],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let mut wrong = false;
    for header in child.headers() {
        let mother = &header.mother;
        let is_wrong = mother.is_nonsense()
            || (mother.value() == Some(true) && header.sex.is_any(&["1", "M"]))
            || (mother.is_blank() && header.sex.is_any(&["2", "F"]) && is_asked(child, ctx));
        out.flag_if(is_wrong, &header);
        wrong |= is_wrong;
    }
    if wrong {
        out.flag_all(child.oc3());
    }
}

/// Whether a girl's answer may not be left blank.
fn is_asked(child: &Child<'_>, ctx: &Context<'_>) -> bool {
    let mut stays = child.episodes().iter().filter(|e| !e.is_short_term()).peekable();
    if stays.peek().is_none() {
        return false;
    }
    let in_oc3 =
        |row: &Row<'_, Oc3Row>| !(row.in_touch.is_blank() && row.activ.is_blank() && row.accom.is_blank());
    stays.any(|e| e.touches(ctx.start, ctx.end)) || !child.oc3().iter().any(|row| in_oc3(&row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_girl_not_answered_for_and_answers_that_cannot_be() {
        let episodes = "CHILD,DECOM,LS\n1,01/06/2025,C2\n2,01/06/2025,C2\n3,01/06/2025,C2\n";
        case(&RULE, 2026)
            .with(Header, "CHILD,SEX,MOTHER\n1,F,\n2,F,2\n3,M,1\n")
            .with(Episodes, episodes)
            .with(Oc3, "CHILD,IN_TOUCH\n1,\n3,YES\n")
            .flags(&[(Header, &[0, 1, 2]), (Oc3, &[0, 1])]);
        case(&RULE, 2024)
            .with(Header, "CHILD,SEX,MOTHER\n1,2,\n2,1,\n")
            .with(Episodes, "CHILD,DECOM,LS\n1,01/06/2023,C2\n2,01/06/2023,C2\n")
            .flags(&[(Header, &[0])]);
    }

    #[test]
    fn answered_or_not_asked() {
        case(&RULE, 2026).with(Header, "CHILD,SEX,MOTHER\n1,F,0\n2,M,\n3,F,\n4,F,\n5,F,\n").with(Episodes, "CHILD,DECOM,DEC,LS\n1,01/06/2025,,C2\n2,01/06/2025,,C2\n3,01/06/2025,,V4\n4,01/06/2024,31/03/2025,C2\n").with(Oc3, "CHILD,ACCOM\n4,B1\n").clean();
    }
}

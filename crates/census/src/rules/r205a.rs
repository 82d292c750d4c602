//! # What it does
//! Flags a child who was unaccompanied and seeking asylum in last year's return and is not in this year's, unless
//! last year's return gives a date before this collection year on which the status ended, and this year's gives no
//! later one.
//!
//! # Why it matters
//! Unaccompanied asylum-seeking children are counted, and paid for, separately. A status that comes and goes
//! without a date that explains it is a slip in one of the two years.
//!
//! # How to put it right
//! If the status ended in this year, the child stays in the table with the date. If it ended before, last year's
//! date was wrong: correct the record and say so in the note to the department.
//!
//! # Example
//! Last year the child was in the table with `DUC` = 10/07/2025; this year the child is not in it.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "205A",
    title: "The child was unaccompanied and seeking asylum last year and is not this year, and no date explains it.",
    versions: &[Version {
        from: 2023,
        fields: &["CHILD", "UASC"],
        tables: &[Uasc],
        last: &[Uasc],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let (now, last) = ceased(child);
    let ended_before = before(last, ctx.start) && !on_or_after(now, ctx.start);
    if was(child) && !is_now(child) && !ended_before {
        flag(child, out);
    }
}

/// Whether the child is unaccompanied and seeking asylum by this year's return. Without a row in Header a date on which
/// the status ends tells it.
pub(super) fn is_now(child: &Child<'_>) -> bool {
    identified(child)
}

/// The same by last year's return.
pub(super) fn was(child: &Child<'_>) -> bool {
    identified(&child.last())
}

fn identified(year: &ChildYear<'_>) -> bool {
    if year.headers().is_empty() {
        return year.uasc().iter().any(|row| !row.duc.is_blank());
    }
    year.headers().iter().any(|row| row.uasc() == "1")
}

/// The days on which the status ended by this year's and by last year's return.
pub(super) fn ceased(child: &Child<'_>) -> (Option<Date>, Option<Date>) {
    let day = |year: &ChildYear<'_>| year.uasc().first().and_then(|row| row.duc.value());
    (day(child), day(&child.last()))
}

/// Flags all that this year's return says of the status.
pub(super) fn flag(child: &Child<'_>, out: &mut Findings) {
    out.flag_all(child.uasc());
    out.flag_all(child.headers());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn gone_although_it_had_not_ended() {
        case(&RULE, 2026)
            .with(Header, "CHILD,UASC\n1,0\n2,0\n3,0\n")
            .with(Uasc, "CHILD,DUC\n3,10/07/2025\n")
            .last(Header, "CHILD,UASC\n1,1\n2,1\n3,1\n")
            .last(Uasc, "CHILD,DUC\n1,10/07/2025\n2,\n3,10/07/2025\n")
            .flags(&[(Header, &[0, 1, 2]), (Uasc, &[0])]);
    }

    #[test]
    fn ended_before_or_still_there_or_not_in_the_return() {
        case(&RULE, 2026)
            .with(Header, "CHILD,UASC\n1,0\n2,1\n3,0\n")
            .with(Uasc, "CHILD,DUC\n2,10/07/2025\n")
            .last(Header, "CHILD,UASC\n1,1\n2,1\n3,0\n4,1\n")
            .last(Uasc, "CHILD,DUC\n1,31/03/2025\n2,10/07/2025\n4,10/07/2025\n")
            .clean();
    }
}

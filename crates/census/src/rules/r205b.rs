//! # What it does
//! Flags a child who is unaccompanied and seeking asylum in both returns, unless last year's date on which the
//! status ends was the eighteenth birthday, and this year's is the eighteenth birthday or a day within the
//! collection year.
//!
//! # Why it matters
//! Unaccompanied asylum-seeking children are counted, and paid for, separately. A status that comes and goes
//! without a date that explains it is a slip in one of the two years.
//!
//! # How to put it right
//! The date is the eighteenth birthday until the status really ends. Correct it, and the date of birth if that is
//! what is wrong.
//!
//! # Example
//! A child born on 24/10/2008 has `DUC` = 24/10/2026 last year and 24/10/2027 this year.

use super::r205a::{ceased, flag, is_now, was};
use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "205B",
    title: "The child was and is unaccompanied and seeking asylum, but the dates on which that ends do not fit.",
    versions: &[Version {
        from: 2023,
        fields: &["DUC", "UASC"],
        tables: &[Uasc],
        last: &[Uasc],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    let (now, last) = ceased(child);
    let born = child.header().and_then(|row| row.dob.value());
    let born = born.or(child.uasc().first().and_then(|row| row.dob.value()));
    let adult = born.map(|born| born.plus_years(18));
    let fits = same(last, adult) && (same(now, adult) || now.is_some_and(|day| ctx.holds(day)));
    if was(child) && is_now(child) && !fits {
        flag(child, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_date_that_is_no_birthday() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB,UASC\n1,24/10/2008,1\n2,24/10/2008,1\n3,24/10/2008,1\n")
            .with(Uasc, "CHILD,DUC\n1,24/10/2027\n2,24/10/2026\n3,\n")
            .last(Header, "CHILD,UASC\n1,1\n2,1\n3,1\n")
            .last(Uasc, "CHILD,DUC\n1,24/10/2026\n2,25/10/2026\n3,24/10/2026\n")
            .flags(&[(Header, &[0, 1, 2]), (Uasc, &[0, 1, 2])]);
    }

    #[test]
    fn the_birthday_a_day_in_the_year_or_new() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB,UASC\n1,24/10/2008,1\n2,24/10/2008,1\n3,24/10/2008,1\n")
            .with(Uasc, "CHILD,DUC\n1,24/10/2026\n2,31/03/2026\n3,01/01/2020\n")
            .last(Header, "CHILD,UASC\n1,1\n2,1\n3,0\n")
            .last(Uasc, "CHILD,DUC\n1,24/10/2026\n2,24/10/2026\n")
            .clean();
    }
}

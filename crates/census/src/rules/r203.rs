//! # What it does
//! Flags a child in both returns whose date of birth differs from last year's, or is a date in only one of them.
//!
//! # Why it matters
//! Ages, and the years in which a question is asked of the child, go by this date. Often two children share one
//! number.
//!
//! # How to put it right
//! Compare with the birth certificate and correct the record, or separate the two children.
//!
//! # Example
//! Last year `DOB` = 22/09/2016; this year 23/09/2016.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "203",
    title: "The child's date of birth is not the one in last year's return.",
    versions: &[Version {
        from: 2023,
        fields: &["DOB"],
        tables: &[Header],
        last: &[Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        let differs = |last: Row<'_, HeaderRow>| row.dob.value() != last.dob.value();
        out.flag_if(child.last().headers().iter().any(differs), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_day_or_only_one_year() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,23/09/2016\n2,\n3,22/09/2016\n4,31/12/19\n")
            .last(Header, "CHILD,DOB\n1,22/09/2016\n2,22/09/2016\n3,\n4,31/12/2019\n")
            .flags(&[(Header, &[0, 1, 2, 3])]);
    }

    #[test]
    fn the_same_or_neither_is_a_day() {
        case(&RULE, 2026)
            .with(Header, "CHILD,DOB\n1,22/09/2016\n2,\n3,31/02/2018\n")
            .last(Header, "CHILD,DOB\n1,22/09/2016\n2,\n3,31/02/2018\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Header, "CHILD\n1\n").not_run("last year");
    }
}

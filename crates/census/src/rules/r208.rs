//! # What it does
//! Flags a child in both returns whose unique pupil number differs from last year's. A number in place of one of
//! the codes for having none (`UN1` to `UN5`) is right.
//!
//! # Why it matters
//! A pupil keeps the number for life. Another one leads to another child's schooling.
//!
//! # How to put it right
//! Ask the virtual school which number is right. If last year's was wrong, say so in the note to the department.
//!
//! # Example
//! Last year `UPN` = `A123456789012`; this year `A123456789021`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "208",
    title: "The child's unique pupil number is not the one in last year's return.",
    versions: &[Version {
        from: 2023,
        fields: &["UPN"],
        tables: &[Header],
        last: &[Header],
        ..Version::child(check)
    }],
};

const NONE: &[&str] = &["UN1", "UN2", "UN3", "UN4", "UN5"];

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        let differs = |last: Row<'_, HeaderRow>| {
            !last.upn.is_any(NONE) && !row.upn.raw().eq_ignore_ascii_case(last.upn.raw())
        };
        out.flag_if(child.last().headers().iter().any(differs), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_number_or_only_one_year() {
        case(&RULE, 2026)
            .with(Header, "CHILD,UPN\n1,B123456789012\n2,UN1\n3,\n4,A123456789012\n")
            .last(Header, "CHILD,UPN\n1,A123456789012\n2,A123456789012\n3,A123456789012\n4,\n")
            .flags(&[(Header, &[0, 1, 2, 3])]);
    }

    #[test]
    fn the_same_or_known_at_last() {
        case(&RULE, 2026)
            .with(Header, "CHILD,UPN\n1,A123456789012\n2,A123456789012\n3,UN2\n4,\n")
            .last(Header, "CHILD,UPN\n1,a123456789012\n2,UN1\n3,UN5\n4,\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Header, "CHILD\n1\n").not_run("last year");
    }
}

//! # What it does
//! Flags a child in both returns whose sex differs from last year's. The figures used until 2023-24 count as the
//! letters that replaced them (`1` is `M`, `2` is `F`).
//!
//! # Why it matters
//! A child does not change in passing; often two children share one number.
//!
//! # How to put it right
//! Compare with the birth certificate and correct the record, or separate the two children. If last year's return
//! was wrong, say so in the note to the department.
//!
//! # Example
//! Last year `SEX` = `F`; this year `SEX` = `M`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "202",
    title: "The child's sex is not the one in last year's return.",
    versions: &[Version {
        from: 2023,
        fields: &["SEX"],
        tables: &[Header],
        last: &[Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        let differs =
            |last: Row<'_, HeaderRow>| !letter(row.sex.raw()).eq_ignore_ascii_case(letter(last.sex.raw()));
        out.flag_if(child.last().headers().iter().any(differs), &row);
    }
}

/// A code as it is written from 2024-25.
fn letter(code: &str) -> &str {
    match code {
        "1" => "M",
        "2" => "F",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_sex_or_only_one_year() {
        case(&RULE, 2026)
            .with(Header, "CHILD,SEX\n1,M\n2,\n3,M\n4,M\n")
            .last(Header, "CHILD,SEX\n1,F\n2,F\n3,\n4,M\n")
            .flags(&[(Header, &[0, 1, 2])]);
    }

    #[test]
    fn the_same_and_the_change_of_codes() {
        case(&RULE, 2025)
            .with(Header, "CHILD,SEX\n1,M\n2,F\n3,\n")
            .last(Header, "CHILD,SEX\n1,1\n2,2\n3,\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Header, "CHILD\n1\n").not_run("last year");
    }
}

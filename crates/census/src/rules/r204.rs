//! # What it does
//! Flags a child in both returns whose ethnic origin differs from last year's.
//!
//! # Why it matters
//! Ethnic origin is what the child, or the family, says it is. A change without a reason is a slip, or two children
//! share one number.
//!
//! # How to put it right
//! Ask the child or the family. If last year's was not yet obtained (`NOBT`), the change is right and the
//! department can be told so.
//!
//! # Example
//! Last year `ETHNIC` = `WBRI`; this year `WOTH`.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "204",
    title: "The child's ethnic origin is not the one in last year's return.",
    versions: &[Version {
        from: 2023,
        fields: &["ETHNIC"],
        tables: &[Header],
        last: &[Header],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, _: &Context<'_>, out: &mut Findings) {
    for row in child.headers() {
        let differs = |last: Row<'_, HeaderRow>| !row.ethnic.raw().eq_ignore_ascii_case(last.ethnic.raw());
        out.flag_if(child.last().headers().iter().any(differs), &row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn another_origin_or_only_one_year() {
        case(&RULE, 2026)
            .with(Header, "CHILD,ETHNIC\n1,WOTH\n2,WBRI\n3,\n4,WBRI\n")
            .last(Header, "CHILD,ETHNIC\n1,WBRI\n2,NOBT\n3,WBRI\n4,\n")
            .flags(&[(Header, &[0, 1, 2, 3])]);
    }

    #[test]
    fn the_same() {
        case(&RULE, 2026)
            .with(Header, "CHILD,ETHNIC\n1,WBRI\n2,\n")
            .last(Header, "CHILD,ETHNIC\n1,wbri\n2,\n")
            .clean();
    }

    #[test]
    fn without_last_year_it_is_not_run() {
        case(&RULE, 2026).with(Header, "CHILD\n1\n").not_run("last year");
    }
}

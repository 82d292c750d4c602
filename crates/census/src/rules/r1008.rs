//! # What it does
//! Flags an episode whose reference number (`URN`) is not in the list of registered providers. A blank is not
//! flagged, nor is `XXXXXXX`, which stands for a provider without a number.
//!
//! # Why it matters
//! Children have to be placed with registered providers. A number nobody knows hides where the child lives, and
//! stops every other check of the provider.
//!
//! # How to put it right
//! Look the provider up in Ofsted's list and correct the number. If the home was registered only lately, take a
//! newer list.
//!
//! # Example
//! `URN` = `SC12345`: a figure was left out.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "1008",
    title: "The provider's reference number is not in the list of providers.",
    versions: &[Version {
        from: 2023,
        fields: &["URN"],
        tables: &[Episodes],
        needs: &[Needs::Providers],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    for episode in child.episodes().iter().filter(|e| !e.urn.is_blank() && !e.urn.is("XXXXXXX")) {
        out.flag_if(ctx.providers.of(episode.urn.raw()).is_empty(), &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    #[test]
    fn a_number_nobody_knows() {
        case(&RULE, 2026)
            .providers("URN\nSC123456\n1234567\n")
            .with(Episodes, "CHILD,URN\n1,SC12345\n2,XXXXXX\n3,SC123456\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn a_number_of_the_list_or_none() {
        case(&RULE, 2026)
            .providers("URN\nSC123456\n1234567\n")
            .with(Episodes, "CHILD,URN\n1,sc123456\n2,1234567\n3,XXXXXXX\n4,\n")
            .clean();
    }

    #[test]
    fn without_the_list_it_is_not_run() {
        case(&RULE, 2026).with(Episodes, "CHILD,URN\n1,SC1\n").not_run("list of providers");
    }
}

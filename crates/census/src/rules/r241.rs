//! # What it does
//! Flags a placement that lies in an authority where the provider with this number (`URN`) has no premises. Numbers
//! that are not in the list of providers, the number `XXXXXXX`, and places whose authority is not known are left
//! out. Foster carers and adopters (`U1` to `U6`, `A3` to `A6`) are left out too: the home is their own, and may be
//! anywhere.
//!
//! # Why it matters
//! The number or the postcode belongs to another home.
//!
//! # How to put it right
//! Compare both with the placement agreement and the register, and correct the one that is wrong.
//!
//! # Example
//! A children's home with a postcode in Medway; the provider with that `URN` has one home, in Kent.

use crate::check::prelude::*;

pub(super) const RULE: Rule = Rule {
    code: "241",
    title: "The home is not in an authority in which the provider has premises.",
    versions: &[Version {
        from: 2026,
        fields: &["URN"],
        tables: &[Episodes],
        needs: &[Needs::Places, Needs::Providers],
        ..Version::child(check)
    }],
};

fn check(child: &Child<'_>, ctx: &Context<'_>, out: &mut Findings) {
    // Carers and adopters: theirs are no premises of the provider.
    let own_home = |episode: &Row<'_, EpisodeRow>| episode.place.raw().starts_with(['U', 'A']);
    for episode in child.episodes().iter().filter(|e| !own_home(e) && !e.pl_la().is_empty()) {
        let mut known =
            ctx.providers.of(episode.urn.raw()).iter().filter(|p| !p.authority.is_empty()).peekable();
        let elsewhere = known.peek().is_some() && known.all(|p| p.authority != episode.pl_la());
        out.flag_if(elsewhere, &episode);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kit::case;

    const LIST: &str = "URN,LA_CODE\nSC1,E10000016\nSC2,\nSC3,E10000016\nSC3,E06000035\n";

    #[test]
    fn no_premises_there() {
        case(&RULE, 2026)
            .providers(LIST)
            .with(Episodes, "CHILD,PLACE,PL_LA,URN\n1,K2,E06000035,SC1\n2,K3,WAL,SC3\n3,K2,E10000016,SC1\n")
            .flags(&[(Episodes, &[0, 1])]);
    }

    #[test]
    fn premises_there_or_not_known_or_a_foster_home() {
        case(&RULE, 2026)
            .providers(LIST)
            .with(
                Episodes,
                "CHILD,PLACE,PL_LA,URN\n1,K2,E06000035,SC3\n2,K2,E06000035,SC2\n3,K2,E06000035,SC9\n4,K2,,SC1\n5,U4,E06000035,SC1\n6,K2,E06000035,\n",
            )
            .clean();
    }
}

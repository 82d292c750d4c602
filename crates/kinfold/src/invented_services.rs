//! The directory of the invented council, and two rounds of the schools' survey: one closed, one open.

use anyhow::{Context as _, Result};
use jiff::civil::Date;
use kinfold_casework::Casework;
use kinfold_casework::surveys::Recipient;
use kinfold_fictional::{SERVICES, asked_schools, school_answers};
use kinfold_forms::{Answer, Answers, Key};
use uuid::Uuid;

/// How many schools answered the closed round, and the open one so far.
const ANSWERED: [usize; 2] = [61, 23];

/// Brings in the directory, with `keepers` who answer for its entries, and opens the rounds in the name of `by`.
///
/// # Errors
/// When the store does not answer, or what was invented cannot be used.
pub(crate) async fn fill(
    casework: &Casework,
    (by, keepers): (Uuid, &[Uuid]),
    seed: u64,
    today: Date,
) -> Result<()> {
    let file = casework.read_directory_file("fernshire.csv", SERVICES.as_bytes())?;
    let done = casework.import_directory(None, &file).await?;
    anyhow::ensure!(
        done.plan.counts.wrong == 0,
        "the invented directory has wrong rows: {:?}",
        done.plan.wrong
    );
    casework.invent_keepers(keepers).await?;
    let schools: Vec<Recipient> = asked_schools()
        .into_iter()
        .map(|school| Recipient { name: school.name, email: school.email })
        .collect();
    let days = |from: i64| today.saturating_add(jiff::Span::new().days(from));
    let rounds = [(days(-380), days(-350), ANSWERED[0]), (days(-10), days(18), ANSWERED[1])];
    for (opened_on, closes_on, count) in rounds {
        let given: Vec<Answers> = school_answers(seed, opened_on.year(), count)
            .into_iter()
            .map(|(codes, wish)| answers(codes, wish))
            .collect();
        let title = format!("{} {}", season(opened_on), opened_on.year());
        casework
            .invent_round(by, "schools.survey", &title, (opened_on, closes_on), &schools, &given)
            .await
            .context("a round of the schools' survey could not be invented")?;
    }
    Ok(())
}

fn season(on: Date) -> &'static str {
    match on.month() {
        3..=5 => "Spring",
        6..=8 => "Summer",
        9..=11 => "Autumn",
        _ => "Winter",
    }
}

fn answers(codes: Vec<(&'static str, &'static str)>, wish: Option<&str>) -> Answers {
    let mut out = Answers::default();
    for (question, code) in codes {
        out.set(Key::of(question), Some(Answer::Choice(code.into())));
    }
    out.set(Key::of("would_help"), wish.map(|wish| Answer::Text(wish.to_owned())));
    out
}

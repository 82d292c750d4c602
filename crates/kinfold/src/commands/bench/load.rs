//! People asking for pages, over HTTP on loopback, with a writer beside them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use kinfold_casework::{Casework, NewEntry};
use kinfold_record::{ChildId, Event};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::client::Client;
use super::figures::{Steady, Times};
use super::fill::Worker;

/// Somebody signed in with the children on their worklist.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub session: String,
    pub children: Vec<Uuid>,
}

/// Reads everybody's worklist for the children on it.
pub(super) async fn caseloads(to: SocketAddr, workers: &[Worker]) -> Result<Vec<Person>> {
    let mut out = Vec::with_capacity(workers.len());
    for worker in workers {
        let mut client = Client::connect(to, &worker.session).await?;
        let page = client.read("/").await?;
        if page.status != 200 {
            bail!("a worklist answered with status {}", page.status);
        }
        let mut children: Vec<Uuid> = page
            .body
            .split("href=\"/children/")
            .skip(1)
            .filter_map(|rest| rest.get(..36)?.parse().ok())
            .collect();
        children.sort_unstable();
        children.dedup();
        if !children.is_empty() {
            out.push(Person { session: worker.session.clone(), children });
        }
    }
    if out.is_empty() {
        bail!("nobody has a child on their worklist: there is nothing to ask for");
    }
    Ok(out)
}

/// Appends one entry to a child as this person; the time is that of recording alone.
pub(super) async fn append(casework: &Casework, person: &Person, turn: usize) -> Result<Duration> {
    let actor = casework.actor(&person.session).await?;
    let child = ChildId(person.children[turn % person.children.len()]);
    let page = casework.child_page(&actor, child).await?;
    let text = format!("Telephoned the school about the day. Note {turn}.");
    let note = Event::Note { topic: None, text };
    let new = vec![NewEntry::on(page.today, note)];
    let key = kinfold_casework::record::form_key();
    let start = Instant::now();
    casework.record(&actor, child, page.handle.version, &key, new).await?;
    Ok(start.elapsed())
}

/// What one person measured.
#[derive(Default)]
struct Seen {
    worklist: Times,
    child: Times,
    errors: usize,
}

/// Everybody asks every so often, worklist and child page in turn, while a writer appends five entries a second. A
/// time counts from when the page was due to be asked for, so that a slow answer is not hidden by asking later.
pub(super) async fn steady(
    casework: &Casework,
    to: SocketAddr,
    people: &[Person],
    every: Duration,
    lasting: Duration,
) -> Result<Steady> {
    let writing = Arc::new(AtomicBool::new(true));
    let writer = tokio::spawn(write(casework.clone(), people.to_vec(), Arc::clone(&writing)));
    let mut asking = JoinSet::new();
    let begin = Instant::now() + Duration::from_millis(200);
    for (number, person) in people.iter().enumerate() {
        // Spread evenly over the time between two questions.
        let first = begin + every.mul_f64(number as f64 / people.len() as f64);
        asking.spawn(ask(to, person.clone(), first, every, begin + lasting));
    }
    let mut all = Seen::default();
    while let Some(seen) = asking.join_next().await {
        let seen = seen.context("a person stopped asking")??;
        all.worklist.add(seen.worklist);
        all.child.add(seen.child);
        all.errors += seen.errors;
    }
    writing.store(false, Ordering::Relaxed);
    let written = writer.await.context("the writer stopped")??;
    Ok(Steady {
        people: people.len(),
        every_ms: u64::try_from(every.as_millis())?,
        worklist: all.worklist.spread(),
        child_page: all.child.spread(),
        errors: all.errors,
        written,
    })
}

async fn ask(
    to: SocketAddr,
    person: Person,
    first: Instant,
    every: Duration,
    until: Instant,
) -> Result<Seen> {
    let mut client = Client::connect(to, &person.session).await?;
    let mut seen = Seen::default();
    let mut due = first;
    let mut turn = 0_usize;
    while due < until {
        tokio::time::sleep_until(due.into()).await;
        let worklist = turn.is_multiple_of(2);
        let path = if worklist { "/".to_owned() } else { page_of(&person, turn / 2) };
        let ok = client.get(&path).await.is_ok_and(|answer| answer.status == 200);
        if !ok {
            seen.errors += 1;
            client = Client::connect(to, &person.session).await?;
        }
        let times = if worklist { &mut seen.worklist } else { &mut seen.child };
        times.push(due.elapsed());
        turn += 1;
        due += every;
    }
    Ok(seen)
}

pub(super) fn page_of(person: &Person, turn: usize) -> String {
    format!("/children/{}", person.children[turn % person.children.len()])
}

async fn write(casework: Casework, people: Vec<Person>, writing: Arc<AtomicBool>) -> Result<usize> {
    let mut ticks = tokio::time::interval(Duration::from_millis(200));
    let mut written = 0;
    while writing.load(Ordering::Relaxed) {
        ticks.tick().await;
        append(&casework, &people[written % people.len()], written / people.len()).await?;
        written += 1;
    }
    Ok(written)
}

/// What every connection of a flat-out run asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Bare,
    Worklist,
    ChildPage,
}

/// How one flat-out run went.
#[derive(Default)]
pub(super) struct Run {
    pub per_second: f64,
    pub bytes: usize,
    pub errors: usize,
}

/// Every connection asks again as soon as it has its answer.
pub(super) async fn flat_out(
    to: SocketAddr,
    what: What,
    people: &[Person],
    connections: usize,
    lasting: Duration,
) -> Result<Run> {
    let (answers, bytes, errors) =
        (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let begin = Instant::now();
    let mut asking: JoinSet<Result<()>> = JoinSet::new();
    for number in 0..connections {
        let person = people[number % people.len()].clone();
        let (answers, bytes, errors) = (Arc::clone(&answers), Arc::clone(&bytes), Arc::clone(&errors));
        asking.spawn(async move {
            let mut client = Client::connect(to, &person.session).await?;
            let mut turn = number;
            while begin.elapsed() < lasting {
                let path = match what {
                    What::Bare | What::Worklist => "/".to_owned(),
                    What::ChildPage => page_of(&person, turn),
                };
                let answer = client.get(&path).await?;
                if answer.status != 200 {
                    errors.fetch_add(1, Ordering::Relaxed);
                }
                answers.fetch_add(1, Ordering::Relaxed);
                bytes.fetch_add(answer.bytes, Ordering::Relaxed);
                turn += 1;
            }
            Ok(())
        });
    }
    while let Some(done) = asking.join_next().await {
        done.context("a connection stopped asking")??;
    }
    let answers = answers.load(Ordering::Relaxed);
    Ok(Run {
        per_second: answers as f64 / begin.elapsed().as_secs_f64(),
        bytes: bytes.load(Ordering::Relaxed) / answers.max(1),
        errors: errors.load(Ordering::Relaxed),
    })
}

//! The outbox against a real SMTP server: the message arrives, says nothing about anybody, is tried again when the
//! server refuses, and is given up loudly in the end.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io;
use std::net::{IpAddr, TcpListener};
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use kinfold_casework::outbox::OutboxRun;
use kinfold_casework::{Casework, Clock, Cost, FixedClock, Keys};
use kinfold_exchange::mail::{MailSettings, Mailer};
use kinfold_guidance::Guidance;
use kinfold_store::testing::{TestDatabase, both};
use kinfold_store::{OutboxRow, Page, PersonRow, RoleGrantRow};
use mailin_embedded::{Handler, Response, Server, SslConfig, response};
use uuid::Uuid;

/// What the server has been told, and whether it refuses.
#[derive(Clone, Default)]
struct Postbox {
    letters: Arc<Mutex<Vec<String>>>,
    refuses: Arc<Mutex<bool>>,
    open: String,
}

impl Handler for Postbox {
    fn mail(&mut self, _: IpAddr, _: &str, from: &str) -> Response {
        if *self.refuses.lock().unwrap() {
            return response::NO_MAILBOX;
        }
        self.open = format!("from {from}\n");
        response::OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        self.open.push_str(&format!("to {to}\n"));
        response::OK
    }

    fn data(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.open.push_str(&String::from_utf8_lossy(bytes));
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        self.letters.lock().unwrap().push(std::mem::take(&mut self.open));
        response::OK
    }
}

/// Starts a server on a port of its own; answers its address.
fn start(postbox: &Postbox) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("smtp://{}", listener.local_addr().unwrap());
    let mut server = Server::new(postbox.clone());
    server.with_name("mail.fernshire.example").with_ssl(SslConfig::None).unwrap();
    server.with_tcp_listener(listener);
    // Serves until the test ends.
    std::thread::spawn(move || drop(server.serve()));
    address
}

const READER: Uuid = Uuid::from_u128(11);
const ADMINISTRATOR: Uuid = Uuid::from_u128(12);

async fn council(database: &TestDatabase) -> (Casework, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock::new("2026-12-01T12:00:00Z".parse().unwrap()));
    let mut unit = database.store.write().await.unwrap();
    unit.set_setting("authority", "Fernshire County Council").await.unwrap();
    unit.set_setting("address", "https://kinfold.fernshire.example").await.unwrap();
    let person = |id: Uuid, name: &str| PersonRow {
        id,
        name: name.into(),
        email: format!("{}@fernshire.example", name.to_lowercase()),
        phone: None,
        password_hash: None,
        totp_secret: None,
        totp_last_step: None,
        disabled_at: None,
        created_at: clock.now(),
        version: 1,
    };
    unit.insert_people(&[person(READER, "Marigold"), person(ADMINISTRATOR, "Basil")]).await.unwrap();
    let grant = RoleGrantRow {
        id: Uuid::from_u128(21),
        person: ADMINISTRATOR,
        role: "administrator".into(),
        team: None,
        from_on: jiff::civil::date(2020, 1, 1),
        to_on: None,
    };
    unit.grant_roles(&[grant]).await.unwrap();
    unit.commit().await.unwrap();
    let guidance = Guidance::national().unwrap();
    let casework =
        Casework::open(database.store.clone(), guidance, Keys::generate(), clock.clone(), Cost::Invented)
            .await
            .unwrap();
    (casework, clock)
}

async fn queue(database: &TestDatabase, n: u128, kind: &str) {
    let row = OutboxRow {
        id: Uuid::from_u128(100 + n),
        kind: kind.into(),
        payload: format!("{{\"person\":\"{READER}\",\"child\":\"Robin Ashdown\"}}"),
        due_at: "2026-12-01T11:00:00Z".parse().unwrap(),
        attempts: 0,
        claimed_at: None,
        done_at: None,
        last_error: None,
    };
    let mut unit = database.store.write().await.unwrap();
    unit.enqueue(&[row]).await.unwrap();
    unit.commit().await.unwrap();
}

fn mailer(server: String) -> Mailer {
    Mailer::new(&MailSettings { server, from: "Kinfold <kinfold@fernshire.example>".into() }).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_arrives_once_and_names_nobody() {
    for database in both().await {
        let postbox = Postbox::default();
        let mailer = mailer(start(&postbox));
        let (casework, _) = council(&database).await;
        queue(&database, 1, "mail").await;
        assert_eq!(
            casework.run_outbox(&mailer).await.unwrap(),
            OutboxRun { sent: 1, ..OutboxRun::default() }
        );
        assert_eq!(casework.run_outbox(&mailer).await.unwrap(), OutboxRun::default(), "sent twice");
        let letters = postbox.letters.lock().unwrap().clone();
        assert_eq!(letters.len(), 1, "{}", database.name);
        let letter = &letters[0];
        assert!(letter.contains("to marigold@fernshire.example"), "{letter}");
        assert!(letter.contains("Subject: There is something to read in Kinfold"), "{letter}");
        assert!(letter.contains("https://kinfold.fernshire.example/notices"), "{letter}");
        for name in ["Robin", "Ashdown", "Marigold "] {
            assert!(!letter.contains(name), "{name} in {letter}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_refuses_is_tried_again_and_then_given_up_loudly() {
    for database in both().await {
        let postbox = Postbox::default();
        *postbox.refuses.lock().unwrap() = true;
        let mailer = mailer(start(&postbox));
        let (casework, clock) = council(&database).await;
        queue(&database, 1, "mail").await;
        let mut tries = 0;
        for _ in 0..20 {
            let run = casework.run_outbox(&mailer).await.unwrap();
            assert_eq!(run.sent, 0);
            assert_eq!(
                casework.run_outbox(&mailer).await.unwrap(),
                OutboxRun::default(),
                "not before its time"
            );
            clock.set(clock.now() + SignedDuration::from_hours(25));
            tries += run.retried + run.given_up;
            if run.given_up > 0 {
                break;
            }
        }
        assert_eq!(tries, 8, "{}", database.name);
        let mut unit = database.store.glance().await.unwrap();
        assert_eq!(unit.waiting().await.unwrap(), 0);
        let told = unit.notices_of(ADMINISTRATOR, true, Page::first(9)).await.unwrap().rows;
        assert_eq!(told.len(), 1);
        assert!(
            told[0].text.contains("8 attempts") && !told[0].text.contains("marigold"),
            "{}",
            told[0].text
        );
        assert!(postbox.letters.lock().unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_comes_back_gets_the_message_and_a_disabled_account_gets_none() {
    for database in both().await {
        let postbox = Postbox::default();
        *postbox.refuses.lock().unwrap() = true;
        let mailer = mailer(start(&postbox));
        let (casework, clock) = council(&database).await;
        queue(&database, 1, "mail").await;
        assert_eq!(casework.run_outbox(&mailer).await.unwrap().retried, 1);
        *postbox.refuses.lock().unwrap() = false;
        clock.set(clock.now() + SignedDuration::from_mins(2));
        assert_eq!(casework.run_outbox(&mailer).await.unwrap().sent, 1);
        let mut unit = database.store.write().await.unwrap();
        let mut person = unit.person(READER).await.unwrap().unwrap();
        person.disabled_at = Some(clock.now());
        unit.update_person(&person).await.unwrap();
        unit.commit().await.unwrap();
        queue(&database, 2, "mail").await;
        assert_eq!(
            casework.run_outbox(&mailer).await.unwrap(),
            OutboxRun { dropped: 1, ..OutboxRun::default() }
        );
        queue(&database, 3, "pigeon").await;
        assert_eq!(
            casework.run_outbox(&mailer).await.unwrap().retried,
            1,
            "work nobody knows is kept and said"
        );
        assert_eq!(postbox.letters.lock().unwrap().len(), 1, "{}", database.name);
    }
}

//! The running server: where it listens, what it does by itself, and how it stops.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use jiff::{SignedDuration, ToSpan as _, Zoned};
use kinfold_casework::audit_tree::AuditTree;
use kinfold_casework::clock::in_england;
use kinfold_casework::outbox::OutboxRun;
use kinfold_casework::{Casework, Refreshed};
use kinfold_exchange::mail::{MailSettings, Mailer};
use kinfold_web::App;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::council::Council;

/// Where to listen.
#[derive(Debug, Clone, Args)]
pub(crate) struct Listen {
    /// Where to listen; port 0 takes a free one
    #[arg(long, env = "KINFOLD_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// The address that people use: https://kinfold.example.gov.uk [default: the one of the settings]
    #[arg(long, env = "KINFOLD_ADDRESS", value_name = "URL")]
    address: Option<String>,
    /// A proxy in front speaks TLS with the browsers: needed to listen anywhere but on this machine itself
    #[arg(long)]
    behind_proxy: bool,
}

/// How the server sends e-mail.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Mail {
    /// The mail server: smtp://localhost, smtps://USER:PASSWORD@HOST or smtp+starttls://… [default: no e-mail is sent]
    #[arg(long, env = "KINFOLD_SMTP", hide_env_values = true, value_name = "URL", requires = "mail_from")]
    smtp: Option<String>,
    /// The sender: "Kinfold <kinfold@council.example>"
    #[arg(long, env = "KINFOLD_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,
}

impl Mail {
    /// What sends e-mail, if anything does.
    ///
    /// # Errors
    /// When the address of the server or the sender cannot be used.
    pub fn mailer(&self) -> Result<Option<Mailer>> {
        let (Some(server), Some(from)) = (&self.smtp, &self.mail_from) else { return Ok(None) };
        let settings = MailSettings { server: server.clone(), from: from.clone() };
        Ok(Some(Mailer::new(&settings).context("e-mail could not be set up")?))
    }
}

/// How often the outbox is looked at.
const BETWEEN_MAIL: Duration = Duration::from_secs(20);

/// How long what is written to the log stays unsigned.
const BETWEEN_CHECKPOINTS: Duration = Duration::from_secs(300);

/// How long requests that run may take to end once the server is told to stop.
const PATIENCE: Duration = Duration::from_secs(10);

impl Listen {
    /// Takes the port.
    ///
    /// # Errors
    /// When others than this machine could reach it without TLS, or the port is taken.
    pub async fn bind(&self) -> Result<TcpListener> {
        if !self.listen.ip().is_loopback() && !self.behind_proxy {
            bail!(
                "Kinfold does not listen on {}: it speaks plain HTTP, and records of children would cross the network \
                 unencrypted. Listen on 127.0.0.1, put a proxy that speaks TLS in front, and only if the proxy runs on \
                 another machine of a protected network say --behind-proxy",
                self.listen
            );
        }
        TcpListener::bind(self.listen).await.with_context(|| {
            format!(
                "{} cannot be listened on (does another program use the port? --listen chooses one)",
                self.listen
            )
        })
    }

    /// The address people use, as far as it is known before a port is taken.
    pub fn known_address(&self) -> String {
        match &self.address {
            Some(address) => address.clone(),
            None if self.listen.port() == 0 => String::new(),
            None => format!("http://{}", self.listen),
        }
    }

    /// The address people use.
    fn people_use(&self, settings: &str, bound: SocketAddr) -> String {
        match (&self.address, settings) {
            (Some(address), _) => address.clone(),
            (None, "") => format!("http://{bound}"),
            (None, settings) => settings.to_owned(),
        }
    }
}

/// Serves until the process is told to stop (SIGTERM, SIGINT), then lets requests that run come to their end.
///
/// # Errors
/// When the log does not fit what was signed before, or the socket fails.
pub(crate) async fn serve(
    council: Council,
    socket: TcpListener,
    listen: &Listen,
    mailer: Option<Mailer>,
) -> Result<()> {
    let Council { store, casework, .. } = council;
    let bound = socket.local_addr()?;
    let address = listen.people_use(&casework.settings().address, bound);
    warn_of_horizon(&casework);
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        told_to_stop().await;
        tracing::info!("stopping");
        let _ = stop.send(true);
    });
    // Signing at the start shows that the log still begins with what was signed before; if not, nothing is served.
    let mut tree = casework.audit_tree();
    tree.checkpoint().await?;
    let mut loops = vec![
        tokio::spawn(refresh(casework.clone(), stopped.clone())),
        tokio::spawn(sign(tree, stopped.clone())),
    ];
    loops.extend(mailer.map(|mailer| tokio::spawn(post(casework.clone(), mailer, stopped.clone()))));
    let app = App { casework, secure_cookies: !address.starts_with("http://") };
    let router = kinfold_web::router(app);
    println!("listening on http://{bound}");
    let mut ended = stopped.clone();
    let serving = axum::serve(socket, router.into_make_service()).with_graceful_shutdown(async move {
        let _ = ended.wait_for(|stop| *stop).await;
    });
    let mut ended = stopped.clone();
    tokio::select! {
        result = serving => result?,
        // A connection that never ends must not hold up the end of the process.
        () = async { let _ = ended.wait_for(|stop| *stop).await; tokio::time::sleep(PATIENCE).await } => {
            tracing::warn!("some requests did not end in time and were cut off");
        }
    }
    for ended in loops {
        ended.await?;
    }
    store.close().await;
    Ok(())
}

/// Waits until the process is told to stop.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Brings every duty up to date first, since the guidance may be another than when it was worked out (a newer program, a
/// folder of the council's own); then brings duties up to date by the date and tells who must be told of late ones: at once, every hour, and as soon as a
/// day begins in England.
async fn refresh(casework: Casework, mut stopped: watch::Receiver<bool>) {
    match casework.refresh_all().await {
        Ok(done) => {
            if done.changed > 0 {
                tracing::info!(chronologies = done.changed, "duties brought up to date with the guidance");
            }
            warn_of_damage(&done);
        }
        Err(error) => tracing::error!(%error, "duties could not be brought up to date with the guidance"),
    }
    loop {
        let began = in_england(casework.now());
        match casework.refresh_due().await {
            Ok(done) => {
                if done.looked_at > 0 {
                    tracing::info!(chronologies = done.looked_at, "duties brought up to date");
                }
                warn_of_damage(&done);
            }
            Err(error) => tracing::error!(%error, "duties could not be brought up to date"),
        }
        match casework.run_escalation().await {
            Ok(told) if told.notices > 0 => {
                tracing::info!(notices = told.notices, "people told of late duties")
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "nobody could be told of late duties"),
        }
        tokio::select! {
            () = tokio::time::sleep(until_next(&began, &in_england(casework.now()))) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
    }
}

/// Sends the e-mail that waits.
async fn post(casework: Casework, mailer: Mailer, mut stopped: watch::Receiver<bool>) {
    loop {
        match casework.run_outbox(&mailer).await {
            Ok(run) if run != OutboxRun::default() => {
                tracing::info!(sent = run.sent, retried = run.retried, given_up = run.given_up, "e-mail");
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "e-mail could not be sent"),
        }
        tokio::select! {
            () = tokio::time::sleep(BETWEEN_MAIL) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
    }
}

/// Duties that nobody works out any more are the worst that can happen here, so that it is said each time.
fn warn_of_damage(done: &Refreshed) {
    if done.damaged > 0 {
        tracing::error!(
            chronologies = done.damaged,
            "records are damaged and their duties stand still: run kinfold verify, then kinfold rebuild"
        );
    }
}

/// Signs the log every five minutes, and once more at the end.
async fn sign(mut tree: AuditTree, mut stopped: watch::Receiver<bool>) {
    loop {
        let last = tokio::select! {
            () = tokio::time::sleep(BETWEEN_CHECKPOINTS) => false,
            _ = stopped.wait_for(|stop| *stop) => true,
        };
        match tree.checkpoint().await {
            Ok(Some(signed)) => tracing::info!(lines = signed.size, "log signed"),
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "the log could not be signed"),
        }
        if last {
            return;
        }
    }
}

/// How long to wait, now, for the run after one that began then: until an hour after its beginning (a ladder in hours is
/// climbed by the hour, however long a run takes), or until a day begins in England, whichever is first.
fn until_next(began: &Zoned, now: &Zoned) -> Duration {
    let hour_later = began.timestamp() + SignedDuration::from_hours(1);
    // A second past midnight, so that a clock that runs a little fast does not ask the day before.
    let midnight = began.tomorrow().and_then(|day| day.start_of_day());
    let midnight = midnight.map(|day| day.timestamp() + SignedDuration::from_secs(1));
    let next = midnight.map_or(hour_later, |midnight| midnight.min(hour_later));
    Duration::try_from(next.duration_since(now.timestamp())).unwrap_or(Duration::ZERO)
}

/// The calendar of working days ends one day; sums beyond it would be guesses.
fn warn_of_horizon(casework: &Casework) {
    let horizon = casework.book().calendar.horizon;
    if casework.today().checked_add(1.year()).is_ok_and(|soon| soon > horizon) {
        tracing::warn!(%horizon, "bank holidays are known only up to this day; bring in newer guidance before then");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Minutes and seconds of the wait after a run from `began` to `now`, both instants.
    fn wait(began: &str, now: &str) -> (u64, u64) {
        let at = |text: &str| in_england(text.parse().unwrap());
        let secs = until_next(&at(began), &at(now)).as_secs();
        (secs / 60, secs % 60)
    }

    #[test]
    fn ladders_are_looked_at_every_hour_and_when_a_day_begins() {
        assert_eq!(wait("2026-11-22T09:00:00Z", "2026-11-22T09:00:00Z"), (60, 0));
        // The time a run takes is part of its hour, and a run of over an hour is followed at once.
        assert_eq!(wait("2026-11-22T09:00:00Z", "2026-11-22T09:12:30Z"), (47, 30));
        assert_eq!(wait("2026-11-22T09:00:00Z", "2026-11-22T10:30:00Z"), (0, 0));
        assert_eq!(wait("2026-11-22T23:40:00Z", "2026-11-22T23:40:00Z"), (20, 1));
        // In summer the day begins an hour before that of the universal clock.
        assert_eq!(wait("2026-07-01T22:45:00Z", "2026-07-01T22:45:00Z"), (15, 1));
        assert_eq!(wait("2026-07-01T23:45:00Z", "2026-07-01T23:45:00Z"), (60, 0));
        // A run that began before midnight and ended after it.
        assert_eq!(wait("2026-11-22T23:59:00Z", "2026-11-23T00:05:00Z"), (0, 0));
    }

    #[test]
    fn no_wait_is_longer_than_an_hour_when_the_clocks_change() {
        for day in ["2026-03-29", "2026-10-25"] {
            let start: jiff::Timestamp = format!("{day}T00:00:00Z").parse().unwrap();
            for minutes in 0..24 * 60 {
                let at = in_england(start + SignedDuration::from_mins(minutes));
                assert!(until_next(&at, &at) <= Duration::from_secs(3600), "{at}");
            }
        }
    }
}

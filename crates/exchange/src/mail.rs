//! E-mail by SMTP. A message says that there is something to read in Kinfold, never what or about whom.

use kinfold_casework::outbox::Carrier;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use thiserror::Error;

/// Where and as whom mail is sent.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// `smtp://host:port` (plain, for a relay on the same machine), `smtp+starttls://…` or `smtps://…`; user and
    /// password may stand in the address.
    pub server: String,
    /// The sender: "Kinfold <kinfold@council.example>".
    pub from: String,
}

/// Why a message was not sent. The message stays in the outbox.
#[derive(Debug, Error)]
pub enum MailError {
    /// The settings cannot be used.
    #[error("the mail settings cannot be used: {0}")]
    Settings(String),
    /// An address cannot be written to.
    #[error("the address cannot be written to")]
    Address(#[from] lettre::address::AddressError),
    /// The message could not be put together.
    #[error("the message could not be put together: {0}")]
    Message(#[from] lettre::error::Error),
    /// The server refused or did not answer.
    #[error("the mail server did not take the message: {0}")]
    Server(#[from] lettre::transport::smtp::Error),
}

/// Sends messages.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// Reads the settings; connects only when the first message is sent.
    ///
    /// # Errors
    /// When the address of the server or of the sender cannot be read.
    pub fn new(settings: &MailSettings) -> Result<Self, MailError> {
        let from = settings.from.parse()?;
        let (address, tls) = if let Some(rest) = settings.server.strip_prefix("smtp+starttls://") {
            (format!("smtp://{rest}?tls=required"), true)
        } else {
            (settings.server.clone(), settings.server.starts_with("smtps://"))
        };
        if !tls && !settings.server.starts_with("smtp://") {
            return Err(MailError::Settings(format!(
                "{:?} should start with smtp://, smtp+starttls:// or smtps://",
                settings.server.split("://").next().unwrap_or("")
            )));
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&address)
            .map_err(|e| MailError::Settings(e.to_string()))?
            .build();
        Ok(Self { transport, from })
    }

    /// The same, signing in with a user and password given apart from the address.
    ///
    /// # Errors
    /// As [`Mailer::new`].
    pub fn with_sign_in(settings: &MailSettings, user: String, password: String) -> Result<Self, MailError> {
        let mut mailer = Self::new(settings)?;
        mailer.transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&settings.server)
            .map_err(|e| MailError::Settings(e.to_string()))?
            .credentials(Credentials::new(user, password))
            .build();
        Ok(mailer)
    }

    /// Sends one message.
    ///
    /// # Errors
    /// When the address is wrong, or the server does not take it.
    pub async fn send(&self, to: &str, subject: &str, text: &str) -> Result<(), MailError> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(to.parse()?)
            .subject(subject)
            .body(text.to_owned())?;
        self.transport.send(message).await?;
        Ok(())
    }
}

impl Carrier for Mailer {
    /// The outbox keeps the error and administrators read it, so it says what the server said and not to whom it was.
    async fn carry(&self, to: &str, subject: &str, text: &str) -> Result<(), String> {
        self.send(to, subject, text).await.map_err(|error| error.to_string().replace(to, "the address"))
    }
}

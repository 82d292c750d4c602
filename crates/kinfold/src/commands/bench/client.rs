//! A small HTTP client over one connection that stays open: its cost is on both sides of every ratio, so it does no
//! more than send a request and read the whole answer.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// One open connection.
pub(super) struct Client {
    stream: TcpStream,
    cookie: String,
    buffer: Vec<u8>,
}

/// An answer.
pub(super) struct Answer {
    /// The status code.
    pub status: u16,
    /// Where the body lies in the buffer is of no use to callers; how long it was on the wire is.
    pub bytes: usize,
    /// The body, for callers that ask for it uncompressed.
    pub body: String,
}

impl Client {
    /// Connects. `session` is the value of the session cookie; empty for nobody.
    pub async fn connect(to: SocketAddr, session: &str) -> Result<Self> {
        let stream = TcpStream::connect(to).await.context("the server does not answer")?;
        stream.set_nodelay(true)?;
        let cookie =
            if session.is_empty() { String::new() } else { format!("cookie: kinfold_session={session}\r\n") };
        Ok(Self { stream, cookie, buffer: Vec::with_capacity(1 << 17) })
    }

    /// Asks as a browser does, taking compressed answers; the body is read and thrown away.
    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        self.ask(path, "accept-encoding: gzip\r\n", false).await
    }

    /// Asks for the page as text.
    pub async fn read(&mut self, path: &str) -> Result<Answer> {
        self.ask(path, "", true).await
    }

    async fn ask(&mut self, path: &str, more: &str, keep: bool) -> Result<Answer> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: bench\r\n{more}{}\r\n", self.cookie);
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n", 0) {
                break end + 4;
            }
            self.more().await?;
        };
        let lines = std::str::from_utf8(&self.buffer[..head]).context("the answer is not HTTP")?;
        let status =
            lines.split(' ').nth(1).and_then(|code| code.parse().ok()).context("the answer is not HTTP")?;
        let mut length = None;
        let mut chunked = false;
        for line in lines.lines().skip(1) {
            let Some((name, value)) = line.split_once(':') else { continue };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse::<usize>().ok();
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                chunked = value.trim().eq_ignore_ascii_case("chunked");
            }
        }
        let mut body = Vec::new();
        let end = if chunked {
            self.chunks(head, keep.then_some(&mut body)).await?
        } else {
            let Some(length) = length else { bail!("the answer does not say how long it is") };
            while self.buffer.len() < head + length {
                self.more().await?;
            }
            if keep {
                body.extend_from_slice(&self.buffer[head..head + length]);
            }
            head + length
        };
        Ok(Answer { status, bytes: end, body: String::from_utf8(body).unwrap_or_default() })
    }

    /// Reads a body that comes in chunks; answers where it ends.
    async fn chunks(&mut self, from: usize, mut body: Option<&mut Vec<u8>>) -> Result<usize> {
        let mut at = from;
        loop {
            let line = loop {
                if let Some(end) = find(&self.buffer, b"\r\n", at) {
                    break end;
                }
                self.more().await?;
            };
            let size = std::str::from_utf8(&self.buffer[at..line])
                .ok()
                .and_then(|s| usize::from_str_radix(s.trim(), 16).ok());
            let size = size.context("the answer has a chunk without a size")?;
            let next = line + 2 + size + 2;
            while self.buffer.len() < next {
                self.more().await?;
            }
            if let Some(body) = body.as_deref_mut() {
                body.extend_from_slice(&self.buffer[line + 2..line + 2 + size]);
            }
            if size == 0 {
                return Ok(next);
            }
            at = next;
        }
    }

    async fn more(&mut self) -> Result<()> {
        let read = self.stream.read_buf(&mut self.buffer).await?;
        if read == 0 {
            bail!("the server hung up")
        }
        Ok(())
    }
}

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(what.len()).position(|window| window == what).map(|at| at + from)
}

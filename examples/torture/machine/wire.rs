//! The way from one process to the database: a relay that can be cut, and that
//! can fall silent as a network does that swallows what it is given.

use std::io;
use std::path::PathBuf;

use anyhow::Context as _;
use reqwest::Url;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, DropGuard};

/// How a wire is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// What is sent arrives.
    Whole,
    /// Connections are reset, and so are new ones.
    Cut,
    /// Connections stay, and nothing arrives until it is whole again. Who ends
    /// a connection meanwhile is not heard either.
    Silent,
}

/// Where the server listens.
#[derive(Clone, Debug)]
enum Server {
    Socket(PathBuf),
    Address(String),
}

/// A wire, and the address of the database at this end of it.
#[derive(Debug)]
pub(crate) struct Wire {
    url: String,
    state: watch::Sender<State>,
    _end: DropGuard,
}

impl Wire {
    /// Lays a wire to a database.
    pub(crate) async fn to(database: &str) -> anyhow::Result<Self> {
        let mut url = Url::parse(database).context("the address of the database")?;
        let folder = url.query_pairs().find(|(name, _)| name == "host");
        let server = match folder {
            // PostgreSQL's own name for the socket in that folder.
            Some((_, folder)) => Server::Socket(PathBuf::from(&*folder).join(".s.PGSQL.5432")),
            None => {
                let host = url.host_str().context("the server has no name")?;
                Server::Address(format!("{host}:{}", url.port().unwrap_or(5432)))
            }
        };
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let own = listener.local_addr()?;
        url.set_query(None);
        url.set_host(Some(&own.ip().to_string()))?;
        if url.set_port(Some(own.port())).is_err() {
            anyhow::bail!("{database} takes no port");
        }
        let (state, _) = watch::channel(State::Whole);
        let end = CancellationToken::new();
        let relaying = relay(listener, server, state.clone());
        tokio::spawn(end.clone().run_until_cancelled_owned(relaying));
        Ok(Self {
            url: url.into(),
            state,
            _end: end.drop_guard(),
        })
    }

    /// The address of the database for who uses this wire.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Resets its connections and those that are tried from now on.
    pub(crate) fn cut(&self) {
        self.state.send_replace(State::Cut);
    }

    /// Lets nothing through from now on, and tells nobody.
    pub(crate) fn fall_silent(&self) {
        self.state.send_replace(State::Silent);
    }

    /// Makes it whole again; what was held back arrives.
    pub(crate) fn mend(&self) {
        self.state.send_replace(State::Whole);
    }
}

async fn relay(listener: TcpListener, server: Server, state: watch::Sender<State>) {
    loop {
        // Out of descriptors for a moment.
        let Ok((client, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        let (server, state) = (server.clone(), state.subscribe());
        tokio::spawn(async move {
            // Either side may end a connection as it likes.
            let _ = connection(client, &server, state).await;
        });
    }
}

async fn connection(
    mut client: TcpStream,
    server: &Server,
    mut state: watch::Receiver<State>,
) -> io::Result<()> {
    client.set_nodelay(true)?;
    if heard(&mut state).await {
        match server {
            Server::Socket(path) => {
                let mut server = UnixStream::connect(path).await?;
                let (from, to) = server.split();
                carry_both(&mut client, (from, to), &state).await?;
            }
            Server::Address(address) => {
                let mut server = TcpStream::connect(address).await?;
                server.set_nodelay(true)?;
                let (from, to) = server.split();
                carry_both(&mut client, (from, to), &state).await?;
            }
        }
    }
    if *state.borrow() == State::Cut {
        client.set_zero_linger()?;
    }
    Ok(())
}

async fn carry_both(
    client: &mut TcpStream,
    (from_server, to_server): (impl AsyncRead + Unpin, impl AsyncWrite + Unpin),
    state: &watch::Receiver<State>,
) -> io::Result<()> {
    let (from_client, to_client) = client.split();
    tokio::select! {
        ended = carry(from_client, to_server, state.clone()) => ended,
        ended = carry(from_server, to_client, state.clone()) => ended,
    }
}

/// Carries until one side ends it or the wire is cut.
async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut state: watch::Receiver<State>,
) -> io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    let mut cuts = state.clone();
    loop {
        let read = tokio::select! {
            _ = cuts.wait_for(|state| *state == State::Cut) => return Ok(()),
            read = from.read(&mut buffer) => read,
        };
        // An end is no more heard in silence than a word is.
        if !heard(&mut state).await {
            return Ok(());
        }
        match read? {
            0 => return Ok(()),
            read => to.write_all(&buffer[..read]).await?,
        }
    }
}

/// Waits while it is silent; whether the wire is whole then.
async fn heard(state: &mut watch::Receiver<State>) -> bool {
    let settled = state.wait_for(|state| *state != State::Silent).await;
    settled.is_ok_and(|state| *state == State::Whole)
}

//! The same REST API behind TLS, as `discord.com`: clients whose rate limiter works with the real address only
//! (serenity's ignores its `proxy`) can be tried with it.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::server::TlsStream;

use crate::front::Link;

/// How long a client may take to shake hands.
const HANDSHAKE: Duration = Duration::from_secs(5);

/// Where the TLS front is and whom a client must trust to use it.
#[derive(Clone, Debug)]
pub struct Tls {
    /// What the name `discord.com` must be resolved to.
    pub address: SocketAddr,
    /// The certificate (DER) to add to the trusted roots. It is made anew at each start.
    pub certificate: Vec<u8>,
}

/// Why there is no TLS front.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// No certificate could be made.
    #[error("cannot make a certificate")]
    Certificate(#[from] rcgen::Error),
    /// The certificate could not be used.
    #[error("cannot use the certificate")]
    Config(#[from] tokio_rustls::rustls::Error),
    /// There is no port for it.
    #[error("cannot listen for TLS on 127.0.0.1")]
    Listen(#[from] io::Error),
}

/// A TCP listener that speaks TLS.
pub(crate) struct TlsFront {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl TlsFront {
    /// Listens on a free port with a fresh certificate for `discord.com`.
    pub(crate) async fn bind() -> Result<(Self, Tls), TlsError> {
        let made = rcgen::generate_simple_self_signed(["discord.com".to_owned()])?;
        let certificate = made.cert.der().clone();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let tls = Tls {
            address: listener.local_addr()?,
            certificate: certificate.to_vec(),
        };
        let acceptor = TlsAcceptor::from(Arc::new(config));
        Ok((Self { listener, acceptor }, tls))
    }
}

impl Listener for TlsFront {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            let (stream, address) = Listener::accept(&mut self.listener).await;
            match tokio::time::timeout(HANDSHAKE, self.acceptor.accept(stream)).await {
                Ok(Ok(stream)) => return (stream, address),
                Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
                Err(_) => tracing::debug!("a TLS handshake took too long"),
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, TlsFront>> for Link {
    fn connect_info(_: IncomingStream<'_, TlsFront>) -> Self {
        Self::default()
    }
}

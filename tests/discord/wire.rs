//! A wire to a database that can be cut: what is sent stays where it is, as on a
//! network that lost a cable.

use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;

/// A wire to a database.
pub(crate) struct Wire {
    /// The address of the database at the end of the wire.
    pub(crate) url: String,
    whole: watch::Sender<bool>,
}

impl Wire {
    pub(crate) async fn to(url: &str) -> Self {
        let options = PgConnectOptions::from_str(url).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let near = format!(
            "postgres://{}@127.0.0.1:{port}/{}",
            options.get_username(),
            options.get_database().unwrap()
        );
        let whole = watch::Sender::new(true);
        let watching = whole.subscribe();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let (options, whole) = (options.clone(), watching.clone());
                tokio::spawn(async move { join(near, &options, whole).await });
            }
        });
        Self { url: near, whole }
    }

    pub(crate) fn cut(&self) {
        self.whole.send_replace(false);
    }

    pub(crate) fn mend(&self) {
        self.whole.send_replace(true);
    }
}

async fn join(near: TcpStream, options: &PgConnectOptions, whole: watch::Receiver<bool>) {
    let (read, write) = near.into_split();
    let socket = options.get_socket().cloned().or_else(|| {
        let host = options.get_host();
        host.starts_with('/').then(|| host.into())
    });
    match socket {
        Some(folder) => {
            let socket = folder.join(format!(".s.PGSQL.{}", options.get_port()));
            let far = UnixStream::connect(socket).await.unwrap();
            let (far_read, far_write) = far.into_split();
            tokio::join!(
                flow(read, far_write, whole.clone()),
                flow(far_read, write, whole)
            );
        }
        None => {
            let far = (options.get_host(), options.get_port());
            let far = TcpStream::connect(far).await.unwrap();
            let (far_read, far_write) = far.into_split();
            tokio::join!(
                flow(read, far_write, whole.clone()),
                flow(far_read, write, whole)
            );
        }
    }
}

/// Carries what comes while the wire is whole.
async fn flow(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut whole: watch::Receiver<bool>,
) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length) = from.read(&mut buffer).await {
        if whole.wait_for(|whole| *whole).await.is_err() || length == 0 {
            return;
        }
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}

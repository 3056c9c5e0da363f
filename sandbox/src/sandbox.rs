//! The handle on a running sandbox.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::connect_info::Connected;
use axum::routing::get;
use axum::serve::{IncomingStream, Listener};
use tokio::net::TcpListener;

use crate::checks::openapi::{Description, DescriptionError};
use crate::faults::Faults;
use crate::front::{Front, Link};
use crate::gateway;
use crate::options::Options;
use crate::records::Request;
use crate::rest::{cdn, entry, reading};
use crate::shared::Shared;
use crate::snowflake::Snowflake;
use crate::tls::{Tls, TlsError, TlsFront};
use crate::world::World;

/// A running Discord. Clones are handles on the same one; it stops when the last is dropped.
#[derive(Clone)]
pub struct Sandbox {
    pub(crate) shared: Arc<Shared>,
    address: SocketAddr,
    tls: Option<Tls>,
    _server: Arc<Server>,
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port cannot be had.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        source: std::io::Error,
    },
    /// The OpenAPI description cannot be used.
    #[error(transparent)]
    Description(#[from] DescriptionError),
    /// The TLS front cannot be had.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// The serving task, which ends with the last handle.
struct Server {
    shared: Arc<Shared>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopped.cancel();
        self.tasks.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

impl Sandbox {
    /// Starts a Discord on 127.0.0.1 with the default world: guild "Acme" owned by ana (an administrator), with ben,
    /// cho, dee and the bot "Scribe"; channels #general, #incidents and the category "Incidents".
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let (port, with_tls) = (options.port, options.tls);
        let listen = |source| StartError::Listen { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let description = match &options.openapi {
            Some(path) => Some(Description::shared(path)?),
            None => None,
        };
        let mut world = World::empty(options, format!("http://{address}"));
        world.populate();
        let shared = Arc::new(Shared::new(world, description));
        let router = Router::new()
            .route("/", get(gateway::upgrade))
            .route("/attachments/{channel}/{id}/{name}", get(cdn::file))
            .fallback(entry::handle)
            .layer(DefaultBodyLimit::max(reading::REQUEST_LIMIT))
            .with_state(Arc::clone(&shared));
        let mut tasks = vec![serve(Front(listener), router.clone())];
        let mut tls = None;
        if with_tls {
            let (front, about) = TlsFront::bind().await?;
            tasks.push(serve(front, router));
            tls = Some(about);
        }
        Ok(Self {
            _server: Arc::new(Server {
                shared: Arc::clone(&shared),
                tasks,
            }),
            shared,
            address,
            tls,
        })
    }

    /// `http://127.0.0.1:PORT`: what a client uses instead of `https://discord.com`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The TLS front, when it was asked for: resolve `discord.com` to its address and trust its certificate.
    pub fn tls(&self) -> Option<&Tls> {
        self.tls.as_ref()
    }

    /// The bot's token.
    pub fn token(&self) -> String {
        self.shared.look(|world| world.options.token.clone())
    }

    /// The application's id.
    pub fn application_id(&self) -> Snowflake {
        self.shared.look(|world| world.application)
    }

    /// The bot user's id.
    pub fn bot_id(&self) -> Snowflake {
        self.shared.look(|world| world.bot)
    }

    /// The levers of misbehaviour.
    pub fn faults(&self) -> Faults {
        Faults {
            shared: Arc::clone(&self.shared),
        }
    }

    /// Every REST request so far, in the order of their answers.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.look(|world| world.records.requests.clone())
    }

    /// Requests to routes that the sandbox does not have, as `METHOD /path`.
    pub fn unhandled(&self) -> Vec<String> {
        self.shared.look(|world| world.records.unhandled.clone())
    }

    /// Where request bodies did not keep to Discord's description. Empty too when there is no description.
    pub fn violations(&self) -> Vec<String> {
        self.shared.look(|world| world.records.violations.clone())
    }

    /// Where the sandbox's own answers are not as described, when [`Options::check_answers`] is on.
    pub fn own_faults(&self) -> Vec<String> {
        self.shared.look(|world| world.records.own_faults.clone())
    }

    /// Fails the test if a request did not keep to Discord's description or went to a route that is not there.
    ///
    /// # Panics
    ///
    /// When there is a violation or an unhandled request; the message lists them.
    pub fn assert_no_violations(&self) {
        let (violations, unhandled) = (self.violations(), self.unhandled());
        assert!(
            violations.is_empty() && unhandled.is_empty(),
            "the bot broke Discord's rules:\n  {}\n{}",
            violations.join("\n  "),
            unhandled.join("\n  ")
        );
    }
}

fn serve<L>(listener: L, router: Router) -> tokio::task::JoinHandle<()>
where
    L: Listener,
    L::Addr: std::fmt::Debug,
    Link: for<'a> Connected<IncomingStream<'a, L>>,
{
    let service = router.into_make_service_with_connect_info::<Link>();
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, service).await {
            tracing::error!(%error, "the sandbox has stopped serving");
        }
    })
}

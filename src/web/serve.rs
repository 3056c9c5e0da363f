//! Serving the pages.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::metrics::render;
use super::vitals::{GatewayVitals, StoreVitals, Vitals, WorkVitals};

/// How long the store may take to answer before it counts as down. A probe
/// waits a second by habit.
const PATIENCE: Duration = Duration::from_millis(900);

type Ask<T> = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Option<T>> + Send>> + Send + Sync>;

/// The pages, and whom they ask.
#[derive(Clone)]
pub struct Web {
    gateway: Arc<dyn Fn() -> GatewayVitals + Send + Sync>,
    work: Arc<dyn Fn() -> WorkVitals + Send + Sync>,
    store: Ask<StoreVitals>,
}

/// The address cannot be listened on.
#[derive(Debug, thiserror::Error)]
#[error("SCRIBE_HTTP_ADDR: cannot listen on {addr}: {source}; choose another address, or `off`")]
pub struct BindError {
    addr: SocketAddr,
    source: io::Error,
}

impl Web {
    /// Pages that ask `gateway` and `store` how they fare. `store` gives `None`
    /// where it cannot say.
    pub fn new<F>(
        gateway: impl Fn() -> GatewayVitals + Send + Sync + 'static,
        store: impl Fn() -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Option<StoreVitals>> + Send + 'static,
    {
        Self {
            gateway: Arc::new(gateway),
            work: Arc::new(WorkVitals::default),
            store: Arc::new(move || Box::pin(store())),
        }
    }

    /// The same, telling how the work goes.
    #[must_use]
    pub fn telling(mut self, work: impl Fn() -> WorkVitals + Send + Sync + 'static) -> Self {
        self.work = Arc::new(work);
        self
    }

    /// Listens, and serves until `stop`. Gives the address, whose port is a free
    /// one where 0 was asked for, and the task that serves.
    ///
    /// # Errors
    /// The address is taken or not this machine's.
    pub async fn serve(
        self,
        addr: SocketAddr,
        stop: CancellationToken,
    ) -> Result<(SocketAddr, tokio::task::JoinHandle<io::Result<()>>), BindError> {
        let bind_error = |source| BindError { addr, source };
        let listener = TcpListener::bind(addr).await.map_err(bind_error)?;
        let bound = listener.local_addr().map_err(bind_error)?;
        let router = self.router();
        let serving = tokio::spawn(async move {
            axum::serve(listener, router)
                .with_graceful_shutdown(stop.cancelled_owned())
                .await
        });
        Ok((bound, serving))
    }

    fn router(self) -> Router {
        Router::new()
            .route("/healthz", get(|| async { "ok\n" }))
            .route("/readyz", get(ready))
            .route("/metrics", get(metrics))
            .with_state(self)
    }

    async fn vitals(&self) -> Vitals {
        let store = tokio::time::timeout(PATIENCE, (self.store)()).await;
        Vitals {
            gateway: (self.gateway)(),
            work: (self.work)(),
            store: store.ok().flatten(),
        }
    }
}

async fn ready(State(web): State<Web>) -> impl IntoResponse {
    let vitals = web.vitals().await;
    let obstacles = vitals.obstacles();
    let status = if obstacles.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let gateway = &vitals.gateway;
    let body = json!({
        "ready": obstacles.is_empty(),
        "obstacles": obstacles,
        "shards": gateway.shards,
        "shards_in_all": gateway.shards_in_all,
    });
    (status, Json(body))
}

async fn metrics(State(web): State<Web>) -> impl IntoResponse {
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], render(&web.vitals().await))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    const WELL: StoreVitals = StoreVitals {
        outbox_waiting: 0,
        outbox_oldest: None,
        outbox_given_up: 0,
        open_incidents: 1,
        entries: 7,
    };

    async fn get(addr: SocketAddr, page: &str) -> (u16, String) {
        let answer = reqwest::get(format!("http://{addr}{page}")).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    #[tokio::test]
    async fn ready_means_that_store_and_gateway_are() {
        let connected = Arc::new(AtomicBool::new(false));
        let gateway = {
            let connected = Arc::clone(&connected);
            move || GatewayVitals {
                connected: connected.load(Ordering::SeqCst),
                ..GatewayVitals::default()
            }
        };
        let stop = CancellationToken::new();
        let web = Web::new(gateway, || async { Some(WELL) });
        let any = "127.0.0.1:0".parse().unwrap();
        let (addr, serving) = web.serve(any, stop.clone()).await.unwrap();

        assert_eq!(get(addr, "/healthz").await, (200, "ok\n".into()));
        let (status, body) = get(addr, "/readyz").await;
        assert_eq!(status, 503);
        assert!(body.contains("the gateway is not connected"), "{body}");
        connected.store(true, Ordering::SeqCst);
        assert_eq!(get(addr, "/readyz").await.0, 200);
        let (status, body) = get(addr, "/metrics").await;
        assert_eq!(status, 200);
        assert!(body.contains("\nscribe_entries_total 7\n"), "{body}");

        stop.cancel();
        serving.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn a_store_that_hangs_is_told_and_blocks_no_page() {
        let web = Web::new(GatewayVitals::default, std::future::pending);
        let vitals = web.vitals().await;
        assert_eq!(vitals.store, None);
        assert_eq!(vitals.obstacles().len(), 2);
    }

    #[tokio::test]
    async fn an_address_that_is_taken_is_told_with_the_setting() {
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = taken.local_addr().unwrap();
        let web = Web::new(GatewayVitals::default, || async { Some(WELL) });
        let error = web.serve(addr, CancellationToken::new()).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains("SCRIBE_HTTP_ADDR"), "{text}");
        assert!(text.contains(&addr.to_string()), "{text}");
    }
}

//! The HTTP side: whether Scribe lives, whether it is ready, how it fares.
//!
//! - `/healthz`: the process answers. For a supervisor that restarts it.
//! - `/readyz`: the store answers and the gateway is connected; otherwise 503
//!   and which of them does not. For a load balancer and the container's health check.
//! - `/metrics`: the same and more in Prometheus' text format.
//!
//! Nothing here changes anything, and no page shows a text that people wrote.

mod metrics;
mod serve;
mod vitals;

pub use metrics::render;
pub use serve::{BindError, Web};
pub use vitals::{GatewayVitals, StoreVitals, Vitals, WorkVitals};

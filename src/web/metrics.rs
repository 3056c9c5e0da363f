//! Prometheus' text format, written by hand: every value is read at the moment
//! of the scrape from where it lives, so a registry would only hold a copy.
//! Source: <https://prometheus.io/docs/instrumenting/exposition_formats/>

use std::fmt::Write;

use crate::measure::Histogram;

use super::vitals::{Vitals, WorkVitals};

/// The page `/metrics`.
#[must_use]
pub fn render(vitals: &Vitals) -> String {
    let mut page = Page(String::new());
    page.metric(
        "scribe_build_info",
        "gauge",
        "The version that runs.",
        &format!("{{version=\"{}\"}}", env!("CARGO_PKG_VERSION")),
        1.0,
    );
    let gateway = &vitals.gateway;
    page.gauge(
        "scribe_gateway_connected",
        "Whether a gateway session is up for each shard that this process serves.",
        f64::from(u8::from(gateway.connected)),
    );
    page.gauge(
        "scribe_shards_served",
        "Gateway shards that this process serves.",
        whole(gateway.shards.len() as u64),
    );
    page.gauge(
        "scribe_shards_total",
        "Gateway shards of all processes.",
        f64::from(gateway.shards_in_all),
    );
    page.counter(
        "scribe_gateway_sessions_total",
        "Gateway sessions begun or resumed since the start.",
        gateway.sessions,
    );
    page.counter(
        "scribe_gateway_unreadable_events_total",
        "Gateway events of a known kind that could not be read since the start.",
        gateway.unreadable_events,
    );
    page.work(&vitals.work);
    page.gauge(
        "scribe_store_up",
        "Whether the store answers.",
        f64::from(u8::from(vitals.store.is_some())),
    );
    if let Some(store) = vitals.store {
        page.gauge(
            "scribe_outbox_waiting",
            "What waits to be delivered to Discord.",
            whole(store.outbox_waiting),
        );
        page.gauge(
            "scribe_outbox_oldest_seconds",
            "How long the oldest of it has waited.",
            store.outbox_oldest.unwrap_or_default().as_secs_f64(),
        );
        page.gauge(
            "scribe_outbox_given_up",
            "What could not be delivered for good.",
            whole(store.outbox_given_up),
        );
        page.gauge(
            "scribe_incidents_open",
            "Incidents that people still work on.",
            whole(store.open_incidents),
        );
        page.counter(
            "scribe_entries_total",
            "Entries in all logs.",
            store.entries,
        );
    }
    page.0
}

/// Prometheus' numbers are doubles; a count beyond 2^53 would lose its last digits.
#[expect(
    clippy::cast_precision_loss,
    reason = "the format has no other numbers"
)]
fn whole(count: u64) -> f64 {
    count as f64
}

struct Page(String);

impl Page {
    fn gauge(&mut self, name: &str, help: &str, value: f64) {
        self.metric(name, "gauge", help, "", value);
    }

    fn counter(&mut self, name: &str, help: &str, value: u64) {
        self.metric(name, "counter", help, "", whole(value));
    }

    fn work(&mut self, work: &WorkVitals) {
        self.histogram(
            "scribe_answer_duration_seconds",
            "From a command's or a click's arrival to its answer.",
            &work.answers,
        );
        self.counter(
            "scribe_answers_failed_total",
            "Commands and clicks that failed because of Scribe, its database or Discord.",
            work.answers_failed,
        );
        self.histogram(
            "scribe_append_duration_seconds",
            "From a request to the writer to its answer after the commit.",
            &work.appends,
        );
        self.counter(
            "scribe_appends_failed_total",
            "Requests to the writer that the database failed.",
            work.appends_failed,
        );
        self.histogram(
            "scribe_delivery_delay_seconds",
            "From being queued to being said on Discord.",
            &work.deliveries,
        );
        self.counter(
            "scribe_delivery_failures_total",
            "Tries to say something on Discord that failed; each is tried again or given up.",
            work.deliveries_failed,
        );
        self.counter(
            "scribe_catch_up_rounds_total",
            "Rounds through the recorded channels.",
            work.rounds,
        );
        self.counter(
            "scribe_catch_up_recovered_total",
            "Messages that such a round brought into the record.",
            work.recovered,
        );
        self.histogram(
            "scribe_rate_limit_wait_seconds",
            "For how long Discord asked to wait, each time it did.",
            &work.limits,
        );
        self.histogram(
            "scribe_resolve_to_publish_seconds",
            "From resolved to the first postmortem that this process published after it.",
            &work.published,
        );
    }

    fn histogram(&mut self, name: &str, help: &str, histogram: &Histogram) {
        let mut samples = String::new();
        for (bound, count) in &histogram.buckets {
            samples.push_str(&format!("{name}_bucket{{le=\"{bound}\"}} {count}\n"));
        }
        let (count, sum) = (histogram.count, histogram.sum.as_secs_f64());
        let text = format!(
            "# HELP {name} {help}\n# TYPE {name} histogram\n{samples}\
             {name}_bucket{{le=\"+Inf\"}} {count}\n{name}_sum {sum}\n{name}_count {count}\n"
        );
        self.0.push_str(&text);
    }

    fn metric(&mut self, name: &str, kind: &str, help: &str, labels: &str, value: f64) {
        let text = format!("# HELP {name} {help}\n# TYPE {name} {kind}\n{name}{labels} {value}\n");
        self.0.write_str(&text).expect("a String takes every text");
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::vitals::{GatewayVitals, StoreVitals};
    use super::*;

    #[test]
    fn every_value_is_on_the_page_with_its_help_and_type() {
        let page = render(&Vitals {
            gateway: GatewayVitals {
                connected: true,
                shards: vec![0, 3],
                shards_in_all: 4,
                sessions: 3,
                unreadable_events: 1,
            },
            store: Some(StoreVitals {
                outbox_waiting: 2,
                outbox_oldest: Some(Duration::from_millis(1500)),
                outbox_given_up: 5,
                open_incidents: 4,
                entries: 812,
            }),
            work: WorkVitals {
                recovered: 17,
                limits: Histogram {
                    buckets: vec![(0.5, 1), (2.5, 2)],
                    count: 3,
                    sum: Duration::from_millis(7_250),
                },
                ..WorkVitals::default()
            },
        });
        for line in [
            "scribe_gateway_connected 1",
            "scribe_shards_served 2",
            "scribe_shards_total 4",
            "scribe_gateway_sessions_total 3",
            "scribe_gateway_unreadable_events_total 1",
            "scribe_store_up 1",
            "scribe_outbox_waiting 2",
            "scribe_outbox_oldest_seconds 1.5",
            "scribe_outbox_given_up 5",
            "scribe_incidents_open 4",
            "scribe_entries_total 812",
            "scribe_catch_up_recovered_total 17",
            "scribe_rate_limit_wait_seconds_bucket{le=\"0.5\"} 1",
            "scribe_rate_limit_wait_seconds_bucket{le=\"2.5\"} 2",
            "scribe_rate_limit_wait_seconds_bucket{le=\"+Inf\"} 3",
            "scribe_rate_limit_wait_seconds_sum 7.25",
            "scribe_rate_limit_wait_seconds_count 3",
        ] {
            assert!(page.lines().any(|has| has == line), "{line} in\n{page}");
        }
        let samples = page.lines().filter(|line| !line.starts_with('#'));
        for sample in samples {
            let name = sample.split(['{', ' ']).next().unwrap();
            let of_histogram = ["_bucket", "_sum", "_count"];
            let name = of_histogram
                .iter()
                .find_map(|part| name.strip_suffix(part))
                .unwrap_or(name);
            assert!(page.contains(&format!("# HELP {name} ")), "{name}");
            assert!(page.contains(&format!("# TYPE {name} ")), "{name}");
        }
    }

    #[test]
    fn a_store_that_does_not_answer_has_no_numbers() {
        let page = render(&Vitals {
            gateway: GatewayVitals::default(),
            work: WorkVitals::default(),
            store: None,
        });
        assert!(page.contains("\nscribe_store_up 0\n"), "{page}");
        assert!(!page.contains("outbox"), "{page}");
    }
}

use proptest::prelude::*;

use super::*;

fn bot(text: &str) -> Option<Alert> {
    Alert::told(text, By::Bot)
}

fn same(one: Option<Alert>, other: Option<Alert>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.is_same(&other) && other.is_same(&one),
        _ => false,
    }
}

/// One alert, posted twice by the tools people use.
const SAME: &[(&str, &str)] = &[
    // Alertmanager, Grafana
    (
        "[FIRING:1] HighErrorRate (checkout prod)",
        "[FIRING:3] HighErrorRate (checkout prod)",
    ),
    (
        "(embed) [FIRING:1] Disk almost full\ninstance: db3\nvalue: 91.2",
        "(embed) [FIRING:1] Disk almost full\ninstance: db3\nvalue: 97.8",
    ),
    (
        "🔥 Latency\nhttps://grafana.acme.com/alerting/grafana/ab3f9c/view?orgId=1",
        "see https://grafana.acme.com/alerting/grafana/ab3f9c/edit",
    ),
    (
        "[FIRING:1] InstanceDown\ninstance: web-3",
        "[FIRING:1] InstanceDown\ninstance: web-3",
    ),
    // Datadog
    (
        "[Triggered] High error rate on checkout\nhttps://app.datadoghq.com/monitors/12345?from_ts=1",
        "[Re-Triggered] High error rate on checkout\nhttps://app.datadoghq.com/monitors/12345?from_ts=9",
    ),
    // UptimeRobot, Pingdom
    (
        "Monitor is DOWN: Checkout shop",
        "🔴 Monitor is DOWN: Checkout shop",
    ),
    (
        "DOWN: shop https://my.pingdom.com/reports/uptime#check=777123",
        "DOWN again https://my.pingdom.com/reports/uptime#check=777123",
    ),
    // PagerDuty, Opsgenie, Sentry, CloudWatch
    (
        "Triggered #8812: https://acme.pagerduty.com/incidents/Q1ABC9",
        "https://acme.pagerduty.com/incidents/Q1ABC9.",
    ),
    (
        "https://acme.app.opsgenie.com/alert/detail/0a1b-77/details",
        "P1 <https://acme.app.opsgenie.com/alert/detail/0a1b-77/details>",
    ),
    (
        "https://acme.sentry.io/issues/4412345/?project=1",
        "https://acme.sentry.io/issues/4412345/events/9/",
    ),
    (
        "ALARM: \"Checkout-5xx\" https://console.aws.amazon.com/cloudwatch/home?region=eu#alarmsV2:alarm/Checkout-5xx",
        "https://console.aws.amazon.com/cloudwatch/home?region=eu#alarmsV2:alarm/Checkout-5xx",
    ),
    (
        "ALERT: queue of orders grows, 97% full",
        "ALERT: queue of orders grows, 83% full",
    ),
];

/// Two that only look alike, and what is no alert.
const APART: &[(&str, &str)] = &[
    (
        "[FIRING:1] HighErrorRate (checkout prod)",
        "[FIRING:1] HighErrorRate (search prod)",
    ),
    (
        "[FIRING:1] InstanceDown\ninstance: web-3",
        "[FIRING:1] InstanceDown\ninstance: db-1",
    ),
    ("[FIRING:1] InstanceDown", "[FIRING:1] InstanceDown"),
    (
        "[FIRING:1] Disk almost full on db3",
        "[FIRING:1] Disk almost full on db7",
    ),
    (
        "[Triggered] Errors https://app.datadoghq.com/monitors/12345",
        "[Triggered] Errors https://app.datadoghq.com/monitors/12346",
    ),
    (
        // One monitor of many hosts.
        "[Triggered] Disk of web-3 https://app.datadoghq.com/monitors/12345",
        "[Triggered] Disk of web-4 https://app.datadoghq.com/monitors/12345",
    ),
    (
        "[FIRING:1] Replica lag\nregion: eu-west-1",
        "[FIRING:1] Replica lag\nregion: us-east-1",
    ),
    (
        "Runbook: https://wiki.acme.com/runbooks/alerts/checkout",
        "Runbook: https://wiki.acme.com/runbooks/alerts/checkout",
    ),
    (
        "https://github.com/acme/shop/issues/812",
        "https://github.com/acme/shop/issues/812",
    ),
    (
        "https://grafana.acme.com/d/abc123/checkout?orgId=1",
        "https://grafana.acme.com/d/abc123/checkout?orgId=1",
    ),
    ("Deploy of shop finished", "Deploy of shop finished"),
    ("Standup in 5 minutes", "Standup in 5 minutes"),
    ("🚨 ALERT", "🚨 ALERT"),
    ("[FIRING:1] API is down", "[FIRING:1] API is down"),
    (
        "[RESOLVED] Checkout errors too many",
        "[RESOLVED] Checkout errors too many",
    ),
    (
        "Welcome! Type /pd trigger to page somebody",
        "Welcome! Type /pd trigger to page somebody",
    ),
    (
        "https://app.datadoghq.com/monitors/manage",
        "https://app.datadoghq.com/monitors/manage",
    ),
];

#[test]
fn one_alert_is_the_same_and_another_is_not() {
    let found = |pairs: &[(&str, &str)], wanted: bool| {
        let wrong = pairs.iter().filter(|(a, b)| same(bot(a), bot(b)) != wanted);
        wrong.map(|(a, b)| format!("{a} / {b}")).collect::<Vec<_>>()
    };
    assert_eq!(found(SAME, true), [""; 0]);
    assert_eq!(found(APART, false), [""; 0]);
}

#[test]
fn what_people_say_is_an_alert_by_its_link_alone_and_a_title_by_its_name() {
    let alert = "[FIRING:1] PaymentsLatencyHigh (payments eu)";
    let person = |text: &str| Alert::told(text, By::Person);
    let title = |text: &str| Alert::told(text, By::Title);
    assert!(same(title("PaymentsLatencyHigh (payments eu)"), bot(alert)));
    assert!(!same(title("PaymentsLatencyHigh payments"), bot(alert)));
    let titles = (title("Checkout is slow"), title("Checkout is slow"));
    assert!(
        !same(titles.0, titles.1),
        "the words of titles are compared elsewhere"
    );
    assert!(person(alert).is_none());
    let link = "look: https://app.datadoghq.com/monitors/12345";
    assert!(same(
        person(link),
        title("Errors https://app.datadoghq.com/monitors/12345?x=1")
    ));
    let monitor = person(link).unwrap();
    assert_eq!(monitor.searches(), ["\"12345\""]);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,120}", other in "(\\[FIRING:1\\] )?[a-z]{1,9} https?://[a-z./#?=&:]{0,40}") {
        for one in [bot(&text), bot(&other)] {
            prop_assert!(one.is_none() || same(one.clone(), one));
        }
    }
}

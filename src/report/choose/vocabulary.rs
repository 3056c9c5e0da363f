//! What single words and pairs of words say, in the English of people who
//! repair things. Words of doubt and of questions are here too.

use crate::words::reason::Reason;

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// It speaks for the message.
    For(Reason),
    /// It speaks for it for two reasons.
    Both(Reason, Reason),
    /// What the sentence says is only imagined.
    Imagined,
    /// What the sentence says is not done yet.
    Attempt,
    /// What the sentence says is not so.
    Not,
    /// It says nothing by itself.
    Nothing,
}

/// The longest word that is known; longer ones say nothing.
pub(super) const LONGEST: usize = 18;

/// What a word in lower case says.
pub(super) fn word(word: &str) -> Word {
    use Reason::{
        Announced, Deploy, Done, Fault, Finding, Intent, Looking, Recovery, Suspicion, Symptom,
    };
    match word {
        "deploying" | "redeploying" | "reverting" | "merging" | "releasing" | "shipping" => {
            Word::Both(Announced, Deploy)
        }
        "deployed" | "redeployed" | "reverted" | "reverts" | "merged" | "shipped" | "released" => {
            Word::Both(Done, Deploy)
        }
        "deploys" | "merges" | "redeploys" | "ships" => Word::Both(Done, Deploy),
        "deploy" | "redeploy" | "deployment" | "rollback" | "rollbacks" | "rollout" | "revert"
        | "hotfix" | "failover" | "backout" => Word::For(Deploy),
        "restarting" | "rebooting" | "scaling" | "draining" | "disabling" | "enabling"
        | "switching" | "patching" | "killing" | "cordoning" | "deleting" | "removing"
        | "upgrading" | "downgrading" | "bumping" | "pushing" | "applying" | "rotating"
        | "purging" | "flushing" | "throttling" | "resizing" | "replacing" | "reinstalling"
        | "restoring" | "rerunning" | "resyncing" | "raising" | "increasing" | "lowering"
        | "escalating" | "paging" | "mitigating" | "isolating" | "migrating" | "provisioning"
        | "recreating" | "clearing" | "suspending" | "pausing" | "stopping" | "rebuilding"
        | "fixing" | "resolving" | "promoting" | "renewing" | "redirecting" | "rerouting" => {
            Word::For(Announced)
        }
        "restarts" | "reboots" | "scales" | "drains" | "disables" | "enables" | "deletes"
        | "removes" | "upgrades" | "applies" | "rebuilds" | "replaces" | "adds" | "restarted"
        | "rebooted" | "scaled" | "drained" | "disabled" | "enabled" | "switched" | "patched"
        | "killed" | "cordoned" | "deleted" | "removed" | "upgraded" | "downgraded" | "bumped"
        | "pushed" | "applied" | "rotated" | "purged" | "flushed" | "throttled" | "resized"
        | "replaced" | "reinstalled" | "reran" | "resynced" | "raised" | "increased"
        | "lowered" | "escalated" | "isolated" | "migrated" | "provisioned" | "recreated"
        | "cleared" | "unblocked" | "suspended" | "paused" | "stopped" | "rebuilt" | "promoted"
        | "updated" | "invoked" | "reset" | "added" | "created" | "cleaned" | "renewed"
        | "rerouted" | "re-ran" => Word::For(Done),
        "restored" | "restores" | "fixed" | "mitigated" => Word::Both(Done, Recovery),
        "found" | "finds" | "discovered" | "discovers" | "noticed" | "notices" | "realized"
        | "realizes" | "realised" | "determines" | "identifies" | "verifies" | "because"
        | "cause" | "caused" | "causing" | "culprit" | "confirmed" | "verified" | "confirms"
        | "determined" | "identified" | "traced" | "misconfigured" | "misconfiguration"
        | "typo" | "regression" | "explains" | "diagnosed" | "pinpointed" => Word::For(Finding),
        "leak" | "leaking" | "deadlock" | "exhausted" | "expired" | "overloaded" | "corrupted"
        | "corrupt" => Word::Both(Finding, Fault),
        "suspect" | "suspecting" | "suspicion" | "apparently" | "seems" | "guess" | "guessing"
        | "presumably" | "theory" | "suspicious" => Word::For(Suspicion),
        "oom" | "oomkilled" | "oomkilling" | "crashloopbackoff" | "segfault" | "5xx" | "4xx"
        | "500" | "502" | "503" | "504" | "429" | "timeout" | "timeouts" | "refused"
        | "overflow" | "panicked" | "5xxs" | "500s" | "502s" | "503s" | "504s" | "exception"
        | "exceptions" | "enospc" | "nxdomain" => Word::For(Fault),
        "down" | "broken" | "broke" | "stuck" | "failing" | "fails" | "failed" | "failure"
        | "failures" | "error" | "errors" | "erroring" | "outage" | "unavailable"
        | "unreachable" | "unresponsive" | "hanging" | "hung" | "slow" | "degraded"
        | "degrading" | "crash" | "crashed" | "crashing" | "crashes" | "crashlooping"
        | "wedged" | "blocked" | "unhealthy" | "ticket" | "tickets" | "complaints"
        | "complaining" | "unable" | "can't" | "cannot" | "couldn't" | "spike" | "spiking"
        | "spiked" | "wrong" | "missing" | "lost" | "full" | "dropped" | "dropping"
        | "affected" | "impacted" | "paged" | "alert" | "alerts" | "alerting" | "firing"
        | "dead" | "offline" | "saturated" => Word::For(Symptom),
        "recovered" | "recovering" | "recovers" | "resolved" | "healthy" | "stable"
        | "stabilized" | "green" | "worked" | "works" | "operational" => Word::For(Recovery),
        "decide" | "decides" | "decided" | "deciding" | "agreed" => Word::For(Announced),
        "let's" | "lets" | "i'll" | "we'll" | "will" | "gonna" | "plan" => Word::For(Intent),
        "trying" | "attempting" | "hoping" | "attempt" => Word::Attempt,
        "investigating" | "looking" | "checking" | "debugging" | "figure" | "investigation"
        | "verifying" | "testing" | "noticing" | "seeing" => Word::For(Looking),
        "if" | "may" | "would" | "could" | "should" | "might" | "maybe" | "shouldn't"
        | "wouldn't" | "would've" | "should've" | "unless" | "wish" => Word::Imagined,
        "not" | "no" | "isn't" | "wasn't" | "aren't" | "never" | "don't" | "doesn't" | "didn't"
        | "haven't" | "hasn't" | "without" | "unclear" | "unsure" => Word::Not,
        _ => Word::Nothing,
    }
}

/// What two words say only together; both in lower case.
pub(super) fn pair(first: &str, second: &str) -> Word {
    use Reason::{Announced, Deploy, Done, Fault, Finding, Recovery, Suspicion, Symptom};
    match (first, second) {
        ("rolling" | "backing" | "failing", "back" | "out" | "over") => {
            Word::Both(Announced, Deploy)
        }
        ("rolled" | "backed" | "failed", "back" | "out" | "over") => Word::Both(Done, Deploy),
        ("roll" | "back" | "fail" | "rolls", "back" | "out" | "over") => Word::For(Deploy),
        ("looks", "like") => Word::For(Finding),
        ("look" | "seem" | "seems" | "think" | "sounds", "like" | "it's" | "to") => {
            Word::For(Suspicion)
        }
        ("not", "convinced" | "sure") => Word::For(Suspicion),
        ("turns" | "turned" | "figured" | "found", "out")
        | ("due" | "thanks", "to")
        | ("is" | "that's" | "was", "why")
        | ("introduced" | "triggered", "by")
        | ("root", "cause") => Word::For(Finding),
        ("timed" | "times" | "timing", "out") | ("ran" | "runs" | "running", "out") => {
            Word::For(Fault)
        }
        ("back", "up" | "online" | "again" | "to")
        | (
            "works" | "functional" | "working" | "good" | "fine" | "ok" | "okay" | "up",
            "again" | "now",
        )
        | ("all" | "looking" | "looks", "good" | "clear" | "green" | "fine") => Word::For(Recovery),
        ("never" | "wasn't" | "weren't", "merged" | "deployed" | "applied") => Word::For(Finding),
        ("users" | "customers" | "people", "report" | "reported" | "reporting") => {
            Word::Both(Finding, Symptom)
        }
        ("of", "memory" | "space" | "disk") => Word::For(Fault),
        _ => Word::Nothing,
    }
}

/// Whether a sentence that begins with these words asks, with or without its mark.
pub(super) fn asks(first: &str, second: &str) -> bool {
    match first {
        "what" | "why" | "how" | "who" | "what's" | "how's" | "who's" => true,
        "do" | "did" | "does" | "are" | "is" | "can" | "could" | "should" | "was" | "were"
        | "have" | "has" | "will" | "would" => matches!(
            second,
            "you"
                | "we"
                | "i"
                | "it"
                | "they"
                | "he"
                | "she"
                | "this"
                | "that"
                | "there"
                | "these"
                | "those"
                | "anyone"
                | "anybody"
                | "someone"
                | "somebody"
        ),
        "any" | "anyone" | "anybody" | "please" | "pls" => true,
        _ => false,
    }
}

/// What an address leads to, as far as it tells.
pub(super) fn address(address: &str) -> Reason {
    const CHANGES: &[&str] = &[
        "/pull/",
        "/pulls/",
        "/commit/",
        "/commits/",
        "/compare/",
        "/merge_requests/",
        "/issues/",
        "/browse/",
        "/releases/",
        "/changeset",
        "/pull-requests/",
        "/diff",
    ];
    const DASHBOARDS: &[&str] = &[
        "grafana",
        "datadog",
        "kibana",
        "sentry",
        "prometheus",
        "newrelic",
        "cloudwatch",
        "honeycomb",
        "splunk",
        "pagerduty",
        "opsgenie",
        "dashboard",
        "jaeger",
        "/graph",
        "monitoring",
        "statuspage",
    ];
    let low = address.to_ascii_lowercase();
    if CHANGES.iter().any(|part| low.contains(part)) {
        Reason::Change
    } else if DASHBOARDS.iter().any(|part| low.contains(part)) {
        Reason::Dashboard
    } else {
        Reason::Link
    }
}

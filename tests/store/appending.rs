use std::collections::BTreeSet;

use scribe::incident::{
    Command, Fact, GuildId, Incident, IncidentNumber, LinkTarget, Open, Refusal, Relation, Seq,
    Severity, Status,
};
use scribe::store::{IncidentFilter, Store, StoreError, SubmitError, Target, Writer};

use crate::desk::{Desk, GUILD, every_database, key, message, minute, note, request};

every_database! {
    sixty_four_producers_leave_no_gap
    a_repeated_key_writes_nothing_and_gets_the_first_entries
    a_key_of_another_guild_is_another_key
    a_refusal_writes_nothing_and_harms_nobody
    numbers_count_up_in_each_guild
    what_is_queued_is_written_though_nobody_waits
    a_closed_writer_has_finished_and_takes_nothing
    reopened_it_is_the_same
    two_stores_on_one_database_share_one_log
    what_another_process_wrote_meanwhile_is_decided_on
    one_bot_runs_on_a_database
    records_of_the_past_are_quiet
    a_tie_stands_in_both_logs
}

async fn sixty_four_producers_leave_no_gap(desk: Desk) {
    const INCIDENTS: u32 = 5;
    const EACH: u32 = 12;
    for number in 1..=INCIDENTS {
        desk.open(&format!("number {number}")).await;
    }
    let mut producers = tokio::task::JoinSet::new();
    for producer in 0..64_u32 {
        let writer = desk.writer.clone();
        producers.spawn(async move {
            let mut mine = Vec::new();
            for turn in 0..EACH {
                let number = 1 + (producer + turn) % INCIDENTS;
                let id = u64::from(1 + producer * EACH + turn);
                let channel = 1000 + u64::from(number);
                let request = message(number, channel, id, &format!("{producer} says {turn}"));
                let recorded = writer.submit(request).await.unwrap();
                assert_eq!(recorded.entries.len(), 1);
                mine.push((number, recorded.entries[0].clone()));
            }
            mine
        });
    }
    let acknowledged = producers.join_all().await.concat();
    assert_eq!(acknowledged.len(), 64 * EACH as usize);

    let mut logs = 0;
    for number in 1..=INCIDENTS {
        let log = desk.store.log(key(number)).await.unwrap();
        let numbers: Vec<Seq> = log.iter().map(|entry| entry.seq).collect();
        let without_gap: Vec<Seq> = (1..=u32::try_from(log.len()).unwrap()).map(Seq).collect();
        assert_eq!(numbers, without_gap);
        for (_, entry) in acknowledged.iter().filter(|(of, _)| *of == number) {
            assert_eq!(&log[entry.seq.0 as usize - 1], entry);
        }
        logs += log.len() - 2;
    }
    assert_eq!(logs, acknowledged.len());
    desk.is_sound().await;
}

async fn a_repeated_key_writes_nothing_and_gets_the_first_entries(desk: Desk) {
    desk.open("API is down").await;
    let first = desk.submit(message(1, 1001, 5, "hello")).await.unwrap();
    assert!(!first.repeated);
    // At once with each other and after the first.
    let (two, three) = tokio::join!(
        desk.submit(message(1, 1001, 5, "hello")),
        desk.submit(message(1, 1001, 5, "something else")),
    );
    for again in [two.unwrap(), three.unwrap()] {
        assert!(again.repeated);
        assert_eq!(again.entries, first.entries);
    }
    let (four, five) = tokio::join!(
        desk.submit(message(1, 1001, 6, "x")),
        desk.submit(message(1, 1001, 6, "x")),
    );
    let (four, five) = (four.unwrap(), five.unwrap());
    assert_ne!(four.repeated, five.repeated);
    assert_eq!(four.entries, five.entries);

    // One that brings several entries, repeated after everything it knew is over.
    let mut open = Open::new("several", Severity::Sev1);
    open.started = Some(minute(-5));
    open.components = vec![scribe::incident::Component("API".to_owned())];
    let mut several = request(Target::New, Command::Open(open));
    several.once = Some("interaction:1".to_owned());
    let opened = desk.submit(several.clone()).await.unwrap();
    assert_eq!(opened.entries.len(), 3);
    let now = desk.to(2, note("later")).await.incident;
    let again = desk.submit(several).await.unwrap();
    assert!(again.repeated);
    assert_eq!(again.entries, opened.entries);
    assert_eq!(again.incident, now, "the incident is as it is now");
    assert!(desk.store.incident(key(3)).await.unwrap().is_none());
}

async fn a_key_of_another_guild_is_another_key(desk: Desk) {
    for guild in [GuildId(1), GuildId(2)] {
        let open = Command::Open(Open::new("same", Severity::Sev3));
        let mut request = request(Target::New, open);
        request.guild = guild;
        request.once = Some("interaction:9".to_owned());
        let opened = desk.submit(request).await.unwrap();
        assert!(!opened.repeated);
        assert_eq!(opened.incident.key.guild, guild);
    }
    assert_eq!(desk.store.guilds().await.unwrap(), [GuildId(1), GuildId(2)]);
}

async fn a_refusal_writes_nothing_and_harms_nobody(desk: Desk) {
    desk.open("API is down").await;
    let before = desk.store.log(key(1)).await.unwrap();
    let (good, bad, unknown, also_good) = tokio::join!(
        desk.submit(request(Target::Incident(IncidentNumber(1)), note("good"))),
        desk.submit(request(Target::Incident(IncidentNumber(1)), note("  "))),
        desk.submit(request(Target::Incident(IncidentNumber(9)), note("nobody"))),
        desk.submit(message(1, 1001, 7, "also good")),
    );
    assert!(matches!(
        bad,
        Err(SubmitError::Refused(Refusal::EmptyText { .. }))
    ));
    assert!(matches!(
        unknown,
        Err(SubmitError::Refused(Refusal::NoSuchIncident))
    ));
    good.unwrap();
    also_good.unwrap();
    let after = desk.store.log(key(1)).await.unwrap();
    assert_eq!(after.len(), before.len() + 2);

    // A refused key is no first one.
    let mut once = request(Target::Incident(IncidentNumber(1)), note(""));
    once.once = Some("interaction:2".to_owned());
    assert!(desk.submit(once.clone()).await.is_err());
    once.command = note("mended");
    assert!(!desk.submit(once).await.unwrap().repeated);
    desk.is_sound().await;
}

async fn numbers_count_up_in_each_guild(desk: Desk) {
    let mut opening = tokio::task::JoinSet::new();
    for turn in 0..40_u64 {
        let writer = desk.writer.clone();
        opening.spawn(async move {
            let open = Command::Open(Open::new(format!("{turn}"), Severity::Sev4));
            let mut request = request(Target::New, open);
            request.guild = GuildId(turn % 2);
            writer.submit(request).await.unwrap().incident.key
        });
    }
    let keys: BTreeSet<_> = opening.join_all().await.into_iter().collect();
    for guild in [GuildId(0), GuildId(1)] {
        let of_guild = keys.iter().filter(|key| key.guild == guild);
        let numbers: Vec<u32> = of_guild.map(|key| key.number.0).collect();
        assert_eq!(numbers, Vec::from_iter(1..=20));
    }
}

async fn what_is_queued_is_written_though_nobody_waits(desk: Desk) {
    desk.open("API is down").await;
    for id in 1..=50 {
        let submitting = desk.submit(message(1, 1001, id, "gone"));
        // One poll puts it into the queue; then whoever asked goes away.
        let mut submitting = Box::pin(submitting);
        let _ = futures::poll!(&mut submitting);
    }
    desk.writer.close().await;
    let log = desk.store.log(key(1)).await.unwrap();
    assert_eq!(log.len(), 52);
}

async fn a_closed_writer_has_finished_and_takes_nothing(desk: Desk) {
    desk.open("API is down").await;
    let writer = desk.writer.clone();
    let waiting: Vec<_> = (1..=300)
        .map(|id| {
            let writer = writer.clone();
            tokio::spawn(async move { writer.submit(message(1, 1001, id, "x")).await })
        })
        .collect();
    desk.writer.close().await;
    let mut written = 0;
    for answer in waiting {
        match answer.await.unwrap() {
            Ok(_) => written += 1,
            Err(SubmitError::Closed) => {}
            Err(other) => panic!("{other}"),
        }
    }
    let log = desk.store.log(key(1)).await.unwrap();
    assert_eq!(
        log.len(),
        written + 2,
        "what was acknowledged is what is there"
    );
    let late = desk.submit(message(1, 1001, 999, "x")).await;
    assert!(matches!(late, Err(SubmitError::Closed)));
    desk.writer.close().await;
}

async fn reopened_it_is_the_same(mut desk: Desk) {
    desk.open("API is down").await;
    desk.open("second").await;
    desk.to(1, note("a line")).await;
    let to = Status::Resolved;
    let (message, at) = (Some("over".to_owned()), None);
    desk.to(2, Command::SetStatus { to, message, at }).await;
    let all = IncidentFilter::default();
    let before = desk.store.incidents(GUILD, &all).await.unwrap();
    assert_eq!(before.len(), 2);
    desk.reopen().await;
    let after = desk.store.incidents(GUILD, &all).await.unwrap();
    assert_eq!(after, before);
    let recorded = desk.to(1, note("after the start")).await;
    assert_eq!(recorded.entries[0].seq, Seq(4));
    for incident in &before {
        let log = desk.store.log(incident.key).await.unwrap();
        let folded = Incident::fold(incident.key, &log[..incident.last_seq.0 as usize]);
        assert_eq!(folded.as_ref(), Ok(incident));
    }
    desk.is_sound().await;
}

async fn two_stores_on_one_database_share_one_log(desk: Desk) {
    desk.open("API is down").await;
    let other = Store::open(&desk.url).await.unwrap();
    let writers = [desk.writer.clone(), Writer::start(other.clone())];
    let mut producers = tokio::task::JoinSet::new();
    for producer in 0..16_u64 {
        let writer = writers[producer as usize % 2].clone();
        producers.spawn(async move {
            for turn in 0..10 {
                // Each message comes through both.
                let id = 1 + (producer / 2) * 10 + turn;
                writer.submit(message(1, 1001, id, "x")).await.unwrap();
                let target = Target::Incident(IncidentNumber(1));
                let noted = writer.submit(request(target, note("y"))).await.unwrap();
                assert_eq!(noted.entries.len(), 1);
            }
        });
    }
    producers.join_all().await;
    let log = other.log(key(1)).await.unwrap();
    let count = |wanted: fn(&Fact) -> bool| log.iter().filter(|e| wanted(&e.fact)).count();
    assert_eq!(count(|fact| matches!(fact, Fact::MessagePosted(_))), 80);
    assert_eq!(count(|fact| matches!(fact, Fact::Noted { .. })), 160);
    desk.is_sound().await;
}

/// A writer remembers the incidents it works on; what it remembers may be old news.
async fn what_another_process_wrote_meanwhile_is_decided_on(desk: Desk) {
    desk.open("API is down").await;
    let other = Writer::start(Store::open(&desk.url).await.unwrap());
    let identified = || {
        let (to, message, at) = (Status::Identified, None, None);
        let mut request = request(
            Target::Incident(IncidentNumber(1)),
            Command::SetStatus { to, message, at },
        );
        request.once = Some("interaction:7".to_owned());
        request
    };
    desk.to(1, note("one")).await;
    let set = other.submit(identified()).await.unwrap();
    let again = desk.submit(identified()).await.unwrap();
    assert!(again.repeated);
    assert_eq!(again.entries, set.entries);

    let target = Target::Incident(IncidentNumber(1));
    let noted = other.submit(request(target, note("two"))).await.unwrap();
    let next = Seq(noted.entries[0].seq.0 + 1);
    let noted = desk.to(1, note("three")).await;
    assert_eq!(noted.entries[0].seq, next);
    assert_eq!(noted.incident.status_now(), Status::Identified);

    let monitoring = || Command::SetStatus {
        to: Status::Monitoring,
        message: None,
        at: None,
    };
    desk.to(1, monitoring()).await;
    let refused = other.submit(request(target, monitoring())).await;
    let same = Refusal::SameStatus {
        status: Status::Monitoring,
    };
    assert!(
        matches!(&refused, Err(SubmitError::Refused(refusal)) if *refusal == same),
        "{refused:?}"
    );
    desk.is_sound().await;
}

async fn one_bot_runs_on_a_database(desk: Desk) {
    let other = Store::open(&desk.url).await.unwrap();
    let lock = desk.store.run_lock().await.unwrap();
    let refused = other.run_lock().await;
    assert!(
        matches!(refused, Err(StoreError::AlreadyRunning { .. })),
        "{refused:?}"
    );
    drop(lock);
    // A server notices a moment later that the connection is gone.
    while other.run_lock().await.is_err() {
        tokio::task::yield_now().await;
    }
}

async fn records_of_the_past_are_quiet(desk: Desk) {
    let open = Command::Open(Open::new("long ago", Severity::Sev1));
    let mut quiet = request(Target::New, open);
    quiet.quiet = true;
    desk.submit(quiet.clone()).await.unwrap();
    assert_eq!(desk.store.outbox_depth().await.unwrap().waiting, 0);
    quiet.quiet = false;
    desk.submit(quiet).await.unwrap();
    assert_ne!(desk.store.outbox_depth().await.unwrap().waiting, 0);
}

async fn a_tie_stands_in_both_logs(desk: Desk) {
    for title in ["one", "two", "three"] {
        desk.open(title).await;
    }
    let link = |from: u32, relation, to: u32| {
        let command = Command::Link {
            relation,
            to: IncidentNumber(to),
            target: LinkTarget::default(),
        };
        request(Target::Incident(IncidentNumber(from)), command)
    };
    let (one, two) = (IncidentNumber(1), IncidentNumber(2));
    let recorded = desk.submit(link(1, Relation::CausedBy, 2)).await.unwrap();
    assert_eq!(
        recorded.incident.key,
        key(1),
        "the answer is of the one that was asked for"
    );
    assert_eq!(recorded.entries.len(), 1);
    let state = async |number: u32| desk.store.incident(key(number)).await.unwrap().unwrap();
    assert_eq!(state(1).await.links, [(Relation::CausedBy, two)]);
    assert_eq!(state(2).await.linked_from, [(Relation::CausedBy, one)]);
    let log = desk.store.log(key(2)).await.unwrap();
    let back = Fact::Linked {
        relation: Relation::CausedBy,
        to: one,
        back: true,
    };
    assert_eq!(log.last().map(|entry| &entry.fact), Some(&back));
    // Each made a duplicate of the other at the same moment: one of them is first.
    let (there, back) = tokio::join!(
        desk.submit(link(2, Relation::DuplicateOf, 3)),
        desk.submit(link(3, Relation::DuplicateOf, 2)),
    );
    assert!(there.is_ok() != back.is_ok(), "{there:?} {back:?}");
    let untie = Command::Unlink {
        relation: Relation::CausedBy,
        to: two,
    };
    let untie = request(Target::Incident(one), untie);
    desk.submit(untie.clone()).await.unwrap();
    assert_eq!(state(1).await.links, []);
    assert_eq!(state(2).await.linked_from.len(), usize::from(back.is_ok()));
    let again = desk.submit(untie).await;
    assert!(
        matches!(again, Err(SubmitError::Refused(Refusal::NotLinked { .. }))),
        "{again:?}"
    );
    desk.is_sound().await;
}

//! Durations and counts.

use crate::words::language::{say, word};
use chrono::TimeDelta;

use super::super::moment::Moment;
use super::said::{Said, at, clock, said, short, stated};
use crate::incident::human_time::Length;

pub(in super::super) fn field_length(
    length: &Length,
    start: &Moment,
    end: &Moment,
    elapsed: TimeDelta,
    convention: bool,
) -> Said {
    let tail = if convention {
        word!(
            "; counting support hours only could explain it, if so say which",
            "; nur Servicezeiten zu zählen könnte das erklären, dann sag, welche"
        )
    } else {
        ""
    };
    said(
        say!(
            "{} does not match the elapsed time: from {} to {} it is {}{tail}", "{} passt nicht zur vergangenen Zeit: von {} bis {} sind es {}{tail}";
            stated(length),
            at(start),
            at(end),
            short(elapsed)
        ),
        say!("{}, or other times", "{}, oder andere Zeiten"; short(elapsed)),
    )
}

pub(in super::super) fn hours_length(
    length: &Length,
    start: &Moment,
    end: &Moment,
    counted: TimeDelta,
) -> Said {
    said(
        say!(
            "{} does not match the stated hours: from {} to {} they leave {} on working days", "{} passt nicht zu den genannten Zeiten: von {} bis {} bleiben an Werktagen {}";
            stated(length),
            at(start),
            at(end),
            short(counted)
        ),
        say!("{}, or other times", "{}, oder andere Zeiten"; short(counted)),
    )
}

pub(in super::super) fn window_length(
    length: &Length,
    start: &Moment,
    end: &Moment,
    elapsed: TimeDelta,
) -> Said {
    said(
        say!(
            "{} is stated beside {} to {}, which is {}", "{} steht bei {} bis {}, das sind {}";
            stated(length),
            at(start),
            at(end),
            short(elapsed)
        ),
        short(elapsed),
    )
}

pub(in super::super) fn prose_length(
    length: &Length,
    nearest: TimeDelta,
    from: &Moment,
    to: &Moment,
) -> Said {
    said(
        say!(
            "{} does not match the elapsed time of any two stated times; the nearest is {}, from {} to {}", "{} passt zu keinen zwei genannten Zeiten; am nächsten ist {}, von {} bis {}";
            stated(length),
            short(nearest),
            at(from),
            at(to)
        ),
        say!("{}, or the times it is counted between", "{}, oder die Zeiten, zwischen denen gezählt wird"; short(nearest)),
    )
}

pub(in super::super) fn two_lengths(
    length: &Length,
    start: &Moment,
    end: &Moment,
    elapsed: TimeDelta,
) -> Said {
    said(
        say!(
            "{} is stated for the incident, but by its own timeline the outage went from {} to {}, which is {}", "{} steht für den Incident da, nach der eigenen Timeline ging der Ausfall aber von {} bis {}, das sind {}";
            stated(length),
            clock(start),
            clock(end),
            short(elapsed)
        ),
        say!(
            "{} of outage, or a word on what the {} measures", "{} Ausfall, oder ein Wort dazu, was die {} messen";
            short(elapsed),
            short(length.length)
        ),
    )
}

pub(in super::super) fn since(
    length: &Length,
    told: &Moment,
    event: &Moment,
    from: &Moment,
) -> Said {
    said(
        say!(
            "{} up to {} began at {}, not at {}", "{} bis {} begannen {}, nicht {}";
            stated(length),
            clock(event),
            clock(from),
            clock(told)
        ),
        clock(from),
    )
}

pub(in super::super) fn total(length: &Length, parts: TimeDelta) -> Said {
    said(
        say!(
            "the total of {} is not the sum of its parts, {}", "die Summe {} ist nicht die ihrer Teile, {}";
            stated(length),
            short(parts)
        ),
        short(parts),
    )
}

pub(in super::super) fn more(stated: usize, listed: usize) -> Said {
    said(
        say!(
            "this makes {stated}, the list of them has {listed}",
            "das ergibt {stated}, die Liste hat {listed}"
        ),
        say!(
            "a number that makes {listed}",
            "eine Zahl, die {listed} ergibt"
        ),
    )
}

pub(in super::super) fn parts(total: u64, sum: u64) -> Said {
    said(
        say!(
            "the parts of these {total} add up to {sum}",
            "die Teile dieser {total} ergeben {sum}"
        ),
        say!("{sum}, or other parts", "{sum}, oder andere Teile"),
    )
}

pub(in super::super) fn list_count(stated: usize, listed: usize) -> Said {
    said(
        say!(
            "{stated} are announced, the list below has {listed}",
            "{stated} sind angekündigt, die Liste darunter hat {listed}"
        ),
        say!(
            "{listed}, or a list of {stated}",
            "{listed}, oder eine Liste mit {stated}"
        ),
    )
}

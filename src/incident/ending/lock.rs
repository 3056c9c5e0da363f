//! What is taken from a channel's overwrites so that nobody writes in it any
//! more, and given back. Reading stays as it was.
//!
//! Discord applies what is said of a member before what is said of roles, and
//! that before what is said of everybody:
//! <https://discord.com/developers/docs/topics/permissions#permission-overwrites>

use serde::{Deserialize, Serialize};

/// Of whom an overwrite is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Those who have a role; @everyone is one.
    Role,
    /// One member.
    Member,
}

/// An exception from what a server allows, in one channel. Bits are Discord's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overwrite {
    /// Of whom.
    pub whose: Whose,
    /// The id of the role or member.
    #[serde(with = "as_text")]
    pub id: u64,
    /// What is allowed.
    #[serde(default)]
    pub allow: u64,
    /// What is denied.
    #[serde(default)]
    pub deny: u64,
}

impl Overwrite {
    fn is_of(&self, other: &Self) -> bool {
        (self.whose, self.id) == (other.whose, other.id)
    }

    fn is_empty(&self) -> bool {
        self.allow == 0 && self.deny == 0
    }
}

/// Ids do not fit the numbers of every reader of JSON.
mod as_text {
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(id: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(id)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// The overwrites of a channel in which nobody but `me` may do what `bits` say,
/// and what those were before that it changes or adds. `everyone` is the id of
/// the role that everybody has.
#[must_use]
pub fn lock(
    now: &[Overwrite],
    everyone: u64,
    me: u64,
    bits: u64,
) -> (Vec<Overwrite>, Vec<Overwrite>) {
    let mut locked = now.to_vec();
    if bits == 0 {
        return (locked, Vec::new());
    }
    for (whose, id) in [(Whose::Role, everyone), (Whose::Member, me)] {
        let empty = Overwrite {
            whose,
            id,
            allow: 0,
            deny: 0,
        };
        if !locked.iter().any(|one| one.is_of(&empty)) {
            locked.push(empty);
        }
    }
    let mut was = Vec::new();
    for one in &mut locked {
        let before = *one;
        if (one.whose, one.id) == (Whose::Member, me) {
            one.allow |= bits;
            one.deny &= !bits;
        } else {
            one.allow &= !bits;
            if (one.whose, one.id) == (Whose::Role, everyone) {
                one.deny |= bits;
            }
        }
        if *one != before {
            was.push(before);
        }
    }
    (locked, was)
}

/// The overwrites with what [`lock`] took given back, and all else as people
/// have it by now.
#[must_use]
pub fn unlock(now: &[Overwrite], was: &[Overwrite], bits: u64) -> Vec<Overwrite> {
    let mut open = now.to_vec();
    for before in was {
        // Where somebody took one away meanwhile, it stays away.
        if let Some(one) = open.iter_mut().find(|one| one.is_of(before)) {
            one.allow = (one.allow & !bits) | (before.allow & bits);
            one.deny = (one.deny & !bits) | (before.deny & bits);
        }
    }
    let added = |one: &Overwrite| {
        was.iter()
            .any(|before| before.is_of(one) && before.is_empty())
    };
    open.retain(|one| !(one.is_empty() && added(one)));
    open
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EVERYONE: u64 = 1;
    const ME: u64 = 2;

    fn overwrites() -> impl Strategy<Value = Vec<Overwrite>> {
        let one = (any::<bool>(), 1u64..6, 0u64..64, 0u64..64);
        prop::collection::vec(one, 0..6).prop_map(|all| {
            let mut found: Vec<Overwrite> = Vec::new();
            for (member, id, allow, deny) in all {
                let whose = if member { Whose::Member } else { Whose::Role };
                let one = Overwrite {
                    whose,
                    id,
                    allow: allow & !deny,
                    deny,
                };
                if !one.is_empty() && !found.iter().any(|other| other.is_of(&one)) {
                    found.push(one);
                }
            }
            found
        })
    }

    /// What Discord makes of it for a member with some roles, of what the server allows.
    fn may(overwrites: &[Overwrite], member: u64, roles: &[u64], server: u64) -> u64 {
        let find = |whose, id| {
            let found = overwrites
                .iter()
                .find(|one| (one.whose, one.id) == (whose, id));
            found.map_or((0, 0), |one| (one.allow, one.deny))
        };
        let (allow, deny) = find(Whose::Role, EVERYONE);
        let has = (server & !deny) | allow;
        let roles = roles.iter().map(|role| find(Whose::Role, *role));
        let (allow, deny) = roles.fold((0, 0), |(a, d), (allow, deny)| (a | allow, d | deny));
        let has = (has & !deny) | allow;
        let (allow, deny) = find(Whose::Member, member);
        (has & !deny) | allow
    }

    proptest! {
        #[test]
        fn nobody_writes_everybody_reads_as_before_and_all_comes_back(
            before in overwrites(),
            member in 1u64..6,
            roles in prop::collection::vec(3u64..6, 0..3),
            server in 0u64..64,
            bits in 0u64..64,
        ) {
            let (locked, was) = lock(&before, EVERYONE, ME, bits);
            let (had, has) = (may(&before, member, &roles, server), may(&locked, member, &roles, server));
            prop_assert_eq!(has & !bits, had & !bits);
            prop_assert_eq!(has & bits, if member == ME { bits } else { 0 });
            prop_assert_eq!(&unlock(&locked, &was, bits), &before);
            // A second try, from what the first one did, does no more.
            prop_assert_eq!(&lock(&locked, EVERYONE, ME, bits).0, &locked);
            let json = serde_json::to_string(&was).unwrap();
            prop_assert_eq!(serde_json::from_str::<Vec<Overwrite>>(&json).unwrap(), was);
        }

        #[test]
        fn what_people_changed_meanwhile_stays(before in overwrites(), other in 0u64..64, bits in 0u64..32) {
            let (mut locked, was) = lock(&before, EVERYONE, ME, bits);
            let someone = Overwrite { whose: Whose::Member, id: 99, allow: other, deny: 0 };
            locked.push(someone);
            let open = unlock(&locked, &was, bits);
            prop_assert!(open.contains(&someone));
            prop_assert_eq!(open.len(), before.len() + 1);
        }
    }
}

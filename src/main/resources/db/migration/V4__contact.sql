-- What one user decided about another. One row for all of it; a time that is null was not decided.
create table relation (
    owner_id      uuid not null references inbox (user_id),
    peer_id       uuid not null references inbox (user_id),
    contact_since timestamptz,
    blocked_since timestamptz,
    accepted_since timestamptz, -- has accepted a chat from the peer, who may be no contact
    primary key (owner_id, peer_id),
    check (owner_id <> peer_id)
);

create index relation_contacts on relation (owner_id, contact_since, peer_id) where contact_since is not null;
create index relation_blocked on relation (owner_id, blocked_since, peer_id) where blocked_since is not null;

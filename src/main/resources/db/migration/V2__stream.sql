-- One log per user. The inbox row is its head and the lock under which everything of the user changes.
create table inbox (
    user_id              uuid primary key references app_user (id),
    last_seq             bigint not null default 0,
    unread_notifications integer not null default 0 check (unread_notifications >= 0),
    unread_messages      integer not null default 0 check (unread_messages >= 0)
) with (fillfactor = 50); -- the hottest row there is: leave room for HOT updates

create table user_event (
    user_id    uuid        not null references inbox (user_id),
    seq        bigint      not null,
    name       text        not null, -- '' is the default event
    data       text        not null, -- the JSON exactly as it goes over the wire
    created_at timestamptz not null,
    primary key (user_id, seq)
);

-- The retention finds what is old; rows arrive in order of time, so a block range index costs next to nothing.
create index user_event_created_at on user_event using brin (created_at);

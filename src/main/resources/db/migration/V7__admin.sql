-- What administrators did. Only ever added to: the database refuses everything else.
create table audit_entry (
    number     bigint      primary key generated always as identity, -- the order of the list
    at         timestamptz not null,
    actor_id   uuid        not null references app_user (id),
    action     text        not null,
    target     text        not null, -- the path of what was acted on, below /api/v1/admin
    before     jsonb,
    after      jsonb,
    address    text        not null,
    request_id text        not null
);

create index audit_entry_actor on audit_entry (actor_id, number);
create index audit_entry_action on audit_entry (action, number);
create index audit_entry_target on audit_entry (target, number);
create index audit_entry_at on audit_entry (at);

create function audit_entry_refuse() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is only ever added to' using errcode = 'restrict_violation';
end
$$;

create trigger audit_entry_append_only before update or delete or truncate on audit_entry
    for each statement execute function audit_entry_refuse();

-- Administrators list the accounts by name, whatever their state, and the few that are administrators are counted.
create index app_user_company on app_user (company_key, id);
create index app_user_admins on app_user (id) where roles like '%ADMIN%';

-- A notification that an administrator sends to many, and how far it has come: in chunks, each with its progress.
create table mailing (
    id              uuid        primary key,
    number          bigint      not null unique generated always as identity, -- the order of the list
    actor_id        uuid        not null references app_user (id),
    idempotency_key text,
    fingerprint     text        not null, -- SHA-256 of what was asked for
    audience        text        not null check (audience in ('LIST', 'ROLE', 'ALL')),
    role            text,
    user_ids        uuid[],
    content         jsonb       not null,
    recipients      integer     not null, -- as counted at the start
    sent            integer     not null default 0,
    after_id        uuid        not null default '00000000-0000-0000-0000-000000000000', -- the last user of the last chunk
    created_at      timestamptz not null,
    touched_at      timestamptz not null,
    finished_at     timestamptz,
    check ((audience = 'ROLE') = (role is not null)),
    check ((audience = 'LIST') = (user_ids is not null))
);

create unique index mailing_idempotency on mailing (actor_id, idempotency_key) where idempotency_key is not null;
create index mailing_unfinished on mailing (touched_at) where finished_at is null;

-- The nodes, each with a row per start of the process that it keeps fresh itself.
create table node (
    id                uuid             primary key,
    name              text             not null,
    version           text             not null,
    started_at        timestamptz      not null,
    seen_at           timestamptz      not null,
    bus               text             not null, -- up or down
    streams           integer          not null,
    users             integer          not null,
    behind            integer          not null, -- streams that have not got everything yet
    lag               bigint           not null, -- the most events that one of them is behind
    opened            bigint           not null, -- since the start, as the following
    closed            bigint           not null,
    failed            bigint           not null, -- of the closed, by a mistake of ours
    delivered         bigint           not null, -- events
    events_per_second double precision not null
);

-- The open streams of all nodes, as each of them last wrote it down. Worth nothing after a crash, so not logged.
create unlogged table open_stream (
    id           uuid        primary key,
    node_id      uuid        not null,
    user_id      uuid        not null,
    session_id   uuid        not null,
    user_agent   text,
    opened_at    timestamptz not null,
    first_cursor bigint      not null,
    cursor       bigint      not null,
    delivered    bigint      not null,
    bytes        bigint      not null,
    reported_at  timestamptz not null,
    closing      boolean     not null default false -- an administrator wants it closed
) with (fillfactor = 70);

create index open_stream_user on open_stream (user_id);
create index open_stream_node on open_stream (node_id);
create index open_stream_closing on open_stream (node_id) where closing;

-- The streams that were, for a time and up to a number.
create table stream_history (
    number       bigint      primary key generated always as identity,
    id           uuid        not null,
    node         text        not null,
    user_id      uuid        not null,
    session_id   uuid        not null,
    user_agent   text,
    opened_at    timestamptz not null,
    closed_at    timestamptz not null,
    reason       text        not null,
    first_cursor bigint      not null,
    last_cursor  bigint      not null,
    delivered    bigint      not null,
    bytes        bigint      not null
);

create index stream_history_user on stream_history (user_id, number);
create index stream_history_closed_at on stream_history using brin (closed_at);

-- Statistics read a span of time; rows arrive in order of time.
create index notification_created_at on notification using brin (created_at);
create index message_sent_at on message using brin (sent_at);

create table notification (
    id          uuid        primary key,
    user_id     uuid        not null references inbox (user_id),
    seq         bigint      not null, -- position of its event in the user's log: the order of the list
    type        text        not null,
    title       text        not null,
    message     text        not null,
    metadata    jsonb       not null,
    action_url  text,
    priority    text        not null check (priority in ('LOW', 'NORMAL', 'HIGH', 'URGENT')),
    source      text        not null,
    dedup_key   text,
    -- What it is about, and its place there: reading a conversation up to a message handles all before it.
    subject     text,
    subject_pos bigint,
    created_at  timestamptz not null,
    seen_at     timestamptz,
    read_at     timestamptz,
    archived_at timestamptz,
    unique (user_id, seq)
);

create index notification_unread on notification (user_id, seq) where read_at is null and archived_at is null;
create index notification_dedup on notification (user_id, dedup_key)
    where dedup_key is not null and read_at is null and archived_at is null;
create index notification_subject on notification (user_id, subject, subject_pos)
    where subject is not null and read_at is null;

-- Two users' messages to each other. Everything here changes under the locks of both inboxes.
create table conversation (
    id          uuid   primary key,
    low_id      uuid   not null references inbox (user_id),
    high_id     uuid   not null references inbox (user_id),
    last_number bigint not null,
    unique (low_id, high_id),
    check (low_id < high_id)
);

create table message (
    id              uuid        primary key,
    conversation_id uuid        not null references conversation (id),
    number          bigint      not null, -- its place in the conversation: 1, 2, 3, ...
    sender_id       uuid        not null references inbox (user_id),
    recipient_id    uuid        not null references inbox (user_id),
    content         text        not null,
    sent_at         timestamptz not null,
    read_at         timestamptz,
    idempotency_key text,
    unique (conversation_id, number)
);

create index message_unread on message (conversation_id, recipient_id, number) where read_at is null;
create unique index message_idempotency on message (sender_id, idempotency_key) where idempotency_key is not null;

-- A conversation as one of the two sees it in the list.
create table conversation_member (
    user_id         uuid    not null references inbox (user_id),
    peer_id         uuid    not null references inbox (user_id),
    conversation_id uuid    not null references conversation (id),
    last_message_id uuid    not null references message (id),
    activity        bigint  not null, -- position in the user's log of the last message: the order of the list
    unread          integer not null check (unread >= 0),
    primary key (user_id, peer_id)
);

create index conversation_member_activity on conversation_member (user_id, activity);

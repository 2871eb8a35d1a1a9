-- Types of notifications that shall not draw a user's attention: they are made, logged and counted as all others.
create table notification_mute (
    user_id uuid        not null references inbox (user_id),
    type    text        not null,
    since   timestamptz not null,
    primary key (user_id, type)
);

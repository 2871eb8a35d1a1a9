-- What everybody is to be told: one row, however many there are. A user's copy (a notification and its event) is made
-- when it is needed, under the user's inbox and in the order of the numbers.
create table announcement (
    number     bigint      primary key, -- 1, 2, 3, ... in the order of their commits
    id         uuid        not null unique,
    audience   text        check (audience in ('CLIENT', 'PROVIDER', 'ADMIN')), -- null: everybody
    type       text        not null,
    title      text        not null,
    message    text        not null,
    metadata   jsonb       not null,
    action_url text,
    priority   text        not null check (priority in ('LOW', 'NORMAL', 'HIGH', 'URGENT')),
    source     text        not null,
    created_at timestamptz not null
);

-- The last announcement of which this user has a copy, or that was not for this user.
alter table inbox add column announced bigint not null default 0;

-- Nothing is announced to the canary.
update inbox set announced = 9223372036854775807 where user_id = '00000000-0000-4000-8000-00000000ca9a';

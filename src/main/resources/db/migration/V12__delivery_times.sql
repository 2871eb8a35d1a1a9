-- How long events took from the commit to a stream: how many in each class of durations, by the hour and the node.
create table delivery_time (
    hour  timestamptz not null,
    node  text        not null,
    class smallint    not null,
    count bigint      not null,
    primary key (hour, node, class)
);

-- What a node says of its last minute.
alter table node
    add column delivery_times bigint[] not null default '{}', -- how many in each class
    add column errors         bigint   not null default 0;    -- streams and requests that it failed to serve

-- The announcements that were ordered with an Idempotency-Key.
create table announcement_order (
    actor_id        uuid not null references app_user (id),
    idempotency_key text not null,
    fingerprint     text not null, -- SHA-256 of what was asked for
    announcement_id uuid not null references announcement (id),
    primary key (actor_id, idempotency_key)
);

-- Who may use FleetMan.
create table app_user (
    id            uuid        primary key,
    email         text        not null unique, -- in lower case
    password_hash text        not null,        -- Argon2id in PHC string format
    type          text        not null check (type in ('CLIENT', 'PROVIDER', 'ADMIN')),
    company_name  text        not null,
    -- The name as it is searched and sorted: lower case, without accents, byte order. Made by the application, so that
    -- it does not depend on the locale that the database happens to have.
    company_key   text        collate "C" not null,
    locale        text        not null,
    roles         text        not null,        -- names, separated by commas
    status        text        not null check (status in ('ACTIVE', 'DEACTIVATED')),
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    version       bigint      not null default 0
);

create index app_user_discover on app_user (company_key, id) where status = 'ACTIVE' and type <> 'ADMIN';

-- One sign-in on one device, until it ends or is not refreshed any more.
create table user_session (
    id                uuid        primary key,
    user_id           uuid        not null references app_user (id),
    created_at        timestamptz not null,
    access_expires_at timestamptz not null, -- exp of the newest access token
    expires_at        timestamptz not null, -- when it dies without being refreshed
    ended_at          timestamptz,
    end_reason        text,
    check ((ended_at is null) = (end_reason is null))
);

create index user_session_open on user_session (user_id) where ended_at is null;
create index user_session_expires_at on user_session (expires_at);

-- Every refresh token that was issued and could still be presented; the used ones betray a stolen copy.
create table refresh_token (
    hash       text        primary key, -- SHA-256 of the token in base64url
    session_id uuid        not null references user_session (id) on delete cascade,
    issued_at  timestamptz not null,
    used_at    timestamptz
);

create index refresh_token_session_id on refresh_token (session_id);
create index refresh_token_issued_at on refresh_token (issued_at);

-- Failed sign-ins within the current window, by account and by address, both hashed.
create table login_failure (
    key            text        primary key,
    failures       integer     not null,
    window_started timestamptz not null
);

create index login_failure_window_started on login_failure (window_started);

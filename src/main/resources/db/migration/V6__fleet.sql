-- The machines, and what happens to them. Whatever changes something of a machine locks its row first, then inboxes.
create table machine (
    id                   uuid          primary key,
    number               bigint        not null generated always as identity unique, -- the order of lists
    owner_id             uuid          not null references inbox (user_id),
    assigned_provider_id uuid          references inbox (user_id),
    serial_number        text          not null,
    brand                text          not null,
    -- As they are compared: without case and accents. Made by the application, as app_user.company_key.
    serial_key           text          collate "C" not null,
    brand_key            text          collate "C" not null,
    search_key           text          collate "C" not null, -- all names of the machine in one text
    model                text          not null,
    nickname             text,
    status               text          not null check (status in ('ACTIVE', 'MAINTENANCE', 'OUT_OF_SERVICE', 'RETIRED')),
    daily_hours          numeric(4, 2) not null check (daily_hours >= 0 and daily_hours <= 24),
    operating_days       smallint      not null check (operating_days between 0 and 127), -- bit 0 is Monday
    operating_hours      numeric(9, 2) not null check (operating_hours >= 0),
    timezone             text          not null, -- IANA name
    -- The last day, by the calendar of its time zone, whose hours the daily run has added (or had nothing to add).
    accounted_to         date          not null,
    created_at           timestamptz   not null,
    updated_at           timestamptz   not null,
    version              bigint        not null default 0,
    check (owner_id <> assigned_provider_id)
);

create unique index machine_serial on machine (brand_key, serial_key);
create index machine_owner on machine (owner_id, number);
create index machine_provider on machine (assigned_provider_id, number) where assigned_provider_id is not null;

-- The history of a machine: only ever added to.
create table machine_event (
    id               uuid        primary key,
    number           bigint      not null generated always as identity, -- given under the machine's lock: their order
    machine_id       uuid        not null references machine (id) on delete cascade,
    type             text        not null,
    title            text        not null, -- i18n key
    metadata         jsonb       not null,
    actor_id         uuid        references app_user (id), -- null: nobody, the system did it
    system_generated boolean     not null,
    occurred_at      timestamptz not null,
    created_at       timestamptz not null
);

create unique index machine_event_order on machine_event (machine_id, number);

create table maintenance_alarm (
    id                uuid          primary key,
    number            bigint        not null generated always as identity,
    machine_id        uuid          not null references machine (id) on delete cascade,
    title             text          not null,
    description       text,
    related_parts     jsonb         not null, -- array of texts
    interval_hours    integer       not null check (interval_hours >= 1),
    accumulated_hours numeric(9, 2) not null check (accumulated_hours >= 0),
    active            boolean       not null,
    times_triggered   integer       not null,
    last_triggered_at timestamptz,
    -- How often it has fired since somebody dealt with it.
    pending           integer       not null check (pending >= 0),
    last_handled_at   timestamptz,
    -- Days before this one, by the calendar of the machine, are not added to it: it was not there, or was reset, then.
    counts_from       date          not null,
    created_at        timestamptz   not null,
    updated_at        timestamptz   not null
);

create unique index maintenance_alarm_order on maintenance_alarm (machine_id, number);

-- The daily runs. One that was begun and not finished is taken up again.
create table maintenance_run (
    id             uuid        primary key,
    scheduled_for  timestamptz unique, -- the time of the schedule that it is for; null: an administrator asked for it
    day            date,               -- the day that the administrator asked for
    node           text        not null,
    started_at     timestamptz not null,
    finished_at    timestamptz,
    machines       integer     not null, -- of those that were brought up to date
    days           integer     not null, -- added up over them
    alarms_fired   integer     not null,
    check ((scheduled_for is null) <> (day is null))
);

create table quick_check_template (
    machine_id uuid        primary key references machine (id) on delete cascade,
    items      jsonb       not null, -- array of names
    updated_by uuid        not null references app_user (id),
    updated_at timestamptz not null
);

create table quick_check (
    id                    uuid        primary key,
    number                bigint      not null generated always as identity,
    machine_id            uuid        not null references machine (id) on delete cascade,
    result                text        not null check (result in ('approved', 'disapproved', 'notInitiated')),
    items                 jsonb       not null, -- array of {name, result, note}
    responsible_name      text        not null,
    responsible_worker_id text        not null,
    observations          text,
    executed_by           uuid        not null references app_user (id),
    executed_at           timestamptz not null,
    idempotency_key       text
);

create unique index quick_check_order on quick_check (machine_id, number);
create unique index quick_check_idempotency on quick_check (executed_by, idempotency_key)
    where idempotency_key is not null;

-- Whom to tell when jobs end, and what has been told to whom.

create table webhook_endpoint (
    id              uuid primary key,
    owner           text        not null,
    kind            text        not null default 'WEBHOOK' check (kind in ('WEBHOOK', 'MAIL')),
    url             text,
    recipients      text[]      not null default '{}',      -- mail addresses
    description     text,
    event_types     text[]      not null default '{}',      -- empty: all
    named_jobs_only boolean     not null default false,     -- only of jobs whose column webhook names it
    secret          text        not null,
    previous_secret text,                                   -- signs as well until previous_secret_expire_time
    previous_secret_expire_time timestamptz,
    disabled_time   timestamptz,                            -- set: nothing is sent to it
    disabled_reason text check (disabled_reason in ('REQUESTED', 'GONE', 'EXHAUSTED')),
    create_time     timestamptz not null default now(),
    check ((previous_secret is null) = (previous_secret_expire_time is null)),
    check ((disabled_time is null) = (disabled_reason is null)),
    check ((kind = 'WEBHOOK') = (url is not null)),
    check ((kind = 'MAIL') = (cardinality(recipients) > 0))
);
create index webhook_endpoint_by_owner on webhook_endpoint (owner, id desc);

alter table job
    add column webhook uuid;                                -- an endpoint that is told of this job; it may be deleted meanwhile

-- One row for each event and endpoint, written by the transaction in which the event happens. The id is the receiver's webhook-id.
-- What the body is made of is kept here, so that it is the same however often it is sent, whatever becomes of the job.
-- The id is a UUIDv7 (RFC 9562), as all ids are: milliseconds before random bits, and bits 52 and 53 make version 4 a 7.
create table webhook_delivery (
    id               uuid primary key default encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
                         placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid,
    endpoint_id      uuid        not null references webhook_endpoint on delete cascade,
    sequence         bigint      not null generated always as identity, -- no lock, so gaps, and not the order of commits
    event_type       text        not null,
    job_id           uuid,                                  -- null for a test
    generation       integer,
    job_state        text,
    client_reference text,
    labels           text[],
    traceparent      text,
    state            text        not null check (state in ('PENDING', 'DELIVERED', 'FAILED')),
    error_code       text,
    attempt          integer     not null default 0 check (attempt >= 0), -- number of the latest; the fence against relays given up
    used_attempts    integer     not null default 0 check (used_attempts >= 0), -- of the present schedule
    under_way        boolean     not null default false,    -- an attempt is being made
    due_time         timestamptz,                           -- next attempt, or, while one is under way, when it is given up
    create_time      timestamptz not null default now(),
    end_time         timestamptz,
    check ((state = 'PENDING') = (due_time is not null)),
    check ((state = 'PENDING') = (end_time is null)),
    check (state = 'PENDING' or not under_way),
    check ((job_id is null) = (generation is null)),
    check ((job_id is null) = (job_state is null))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
create unique index webhook_delivery_once on webhook_delivery (endpoint_id, job_id, generation) where job_id is not null;
create index webhook_delivery_due on webhook_delivery (endpoint_id, due_time) where state = 'PENDING';
create index webhook_delivery_log on webhook_delivery (endpoint_id, sequence desc);
create index webhook_delivery_ended on webhook_delivery (end_time) where end_time is not null;

create table webhook_attempt (
    delivery_id     uuid        not null references webhook_delivery on delete cascade,
    number          integer     not null,
    start_time      timestamptz not null,
    duration_millis bigint      not null check (duration_millis >= 0),
    status          integer,
    error_code      text,
    primary key (delivery_id, number)
);

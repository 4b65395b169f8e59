-- The whole truth about files, jobs and tasks. CHECK constraints repeat the invariants of the code.

create table file (
    id           uuid primary key,
    owner        text        not null,
    name         text        not null check (name <> ''),
    size         bigint      not null check (size >= 0),
    media_type   text        not null,
    sha256       text        not null check (length(sha256) = 64),
    made_by      uuid,                                  -- the task that made it; null for uploads
    create_time  timestamptz not null default now(),
    delete_time  timestamptz,                           -- set: gone for its owner, kept as a tombstone
    content_pruned boolean   not null default false     -- a tombstone whose bytes are gone
);
create index file_by_owner on file (owner, id desc) where delete_time is null;
create index file_by_content on file (sha256);
create index file_buried on file (delete_time) where delete_time is not null and not content_pruned;
create index file_by_maker on file (made_by) where made_by is not null;

create table job (
    id               uuid primary key,
    owner            text        not null,
    client_reference text,
    pipeline         text,                              -- name; null for inline steps
    priority         smallint    not null default 1,    -- 0 HIGH, 1 NORMAL, 2 LOW
    labels           text[]      not null default '{}', -- name:value
    file_count       integer     not null check (file_count > 0),
    generation       integer     not null default 1,
    traceparent      text,
    blocked          integer     not null default 0 check (blocked >= 0),
    queued           integer     not null default 0 check (queued >= 0), -- QUEUED and DISPATCHED tasks
    running          integer     not null default 0 check (running >= 0),
    retrying         integer     not null default 0 check (retrying >= 0),
    succeeded        integer     not null default 0 check (succeeded >= 0),
    failed           integer     not null default 0 check (failed >= 0),
    cancelled        integer     not null default 0 check (cancelled >= 0),
    skipped          integer     not null default 0 check (skipped >= 0),
    create_time      timestamptz not null default now(),
    start_time       timestamptz,
    end_time         timestamptz,
    delete_time      timestamptz,                       -- set: gone for its owner, tasks are removed, kept as a tombstone
    -- the same function as JobState.of
    state            text        not null generated always as (
        case
            when blocked + queued + running + retrying > 0 then case when start_time is null then 'QUEUED' else 'RUNNING' end
            when failed + skipped + cancelled = 0 then 'SUCCEEDED'
            when succeeded = 0 then 'FAILED'
            else 'PARTIALLY_SUCCEEDED'
        end) stored,
    check ((end_time is not null) = (blocked + queued + running + retrying = 0))
);
create index job_by_owner on job (owner, id desc) where delete_time is null;
create index job_by_label on job using gin (labels);

create table job_step (
    job_id      uuid     not null references job on delete cascade,
    ordinal     smallint not null,
    id          text     not null,
    operation   text     not null,
    parameters  text     not null,                      -- JSON
    needs       smallint[] not null,                    -- ordinals of earlier steps
    input       smallint not null,                      -- ordinal of the step whose outputs it takes; -1: the job's file
    blocked     integer  not null default 0 check (blocked >= 0),
    queued      integer  not null default 0 check (queued >= 0),
    running     integer  not null default 0 check (running >= 0),
    retrying    integer  not null default 0 check (retrying >= 0),
    succeeded   integer  not null default 0 check (succeeded >= 0),
    failed      integer  not null default 0 check (failed >= 0),
    cancelled   integer  not null default 0 check (cancelled >= 0),
    skipped     integer  not null default 0 check (skipped >= 0),
    begun       boolean  not null default false,
    primary key (job_id, ordinal)
);

create table task (
    id              uuid primary key,
    job_id          uuid        not null references job on delete cascade,
    file_ordinal    integer     not null,
    file_ref        text        not null,               -- the job's file, as submitted
    file_name       text,
    step            smallint    not null,
    parent          uuid,                               -- the task whose output is this task's input
    part            integer     not null default 0,     -- which of those outputs
    operation       text        not null,
    task_queue      text        not null,
    priority        smallint    not null,
    state           text        not null check (state in
        ('BLOCKED', 'QUEUED', 'DISPATCHED', 'RUNNING', 'RETRYING', 'SUCCEEDED', 'FAILED', 'SKIPPED')),
    attempt         smallint    not null default 0 check (attempt >= 0),
    max_attempts    smallint    not null check (max_attempts > 0),
    execution       uuid,                               -- DISPATCHED with an execution: taken by a worker
    worker          text,
    lease_until     timestamptz,
    bundle          uuid,
    due_time        timestamptz not null default now(),
    dispatch_time   timestamptz,
    start_time      timestamptz,                        -- of the first attempt
    end_time        timestamptz,
    input_name      text,
    input_type      text,
    input_size      bigint,
    input_sha256    text,
    percent         smallint,
    activity        text,
    checkpoint      text,
    result          text,                               -- JSON
    error           text,                               -- JSON Failure
    create_time     timestamptz not null default now(),
    check (attempt <= max_attempts),
    check ((end_time is not null) = (state in ('SUCCEEDED', 'FAILED', 'SKIPPED'))),
    check ((lease_until is not null) = (execution is not null)),
    check (execution is null or state in ('DISPATCHED', 'RUNNING')),
    check (state <> 'RUNNING' or execution is not null)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
create index task_by_job on task (job_id, file_ordinal, step, part, id);
create index task_queued on task (task_queue, priority, due_time, id) where state = 'QUEUED';
create index task_retrying on task (due_time) where state = 'RETRYING';
create index task_untaken on task (task_queue, dispatch_time) where state = 'DISPATCHED' and execution is null;
create index task_leased on task (lease_until) where lease_until is not null;
create index task_running on task (job_id) where state = 'RUNNING';
create index task_by_parent on task (parent) where parent is not null;
create index task_open_input on task (input_sha256) where end_time is null;

-- One row for every execution that began or was given back; the history, and the fence against executions given up.
create table attempt (
    execution  uuid primary key,
    task_id    uuid        not null references task on delete cascade,
    number     smallint    not null,
    worker     text        not null,
    start_time timestamptz,
    end_time   timestamptz,
    outcome    text        not null check (outcome in ('RUNNING', 'SUCCEEDED', 'FAILED', 'LOST', 'RELEASED')),
    error      text
);
create index attempt_by_task on attempt (task_id, number);

create table idempotency_key (
    owner        text        not null,
    key          text        not null,
    request_hash text        not null,
    status       smallint    not null,
    location     text        not null,
    etag         text        not null,
    body         text        not null,
    create_time  timestamptz not null default now(),
    primary key (owner, key)
);
create index idempotency_key_by_age on idempotency_key (create_time);

create table worker (
    id          text primary key,
    task_queue  text        not null,
    slots       integer     not null check (slots > 0),
    isolation   text        not null,
    operations  text        not null,                   -- JSON: OfferedOperation[]
    last_seen   timestamptz not null
);

-- Content that was let go; its bytes are removed when nobody took it up again in time.
create table unreferenced_content (
    sha256     text primary key,
    since      timestamptz not null default now()
);

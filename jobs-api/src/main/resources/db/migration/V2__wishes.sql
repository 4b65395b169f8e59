-- What is wanted of jobs and tasks beside running them: cancel, pause, schedule, deadline, retry; and what to do about failures.

alter table job
    add column schedule_time timestamptz,
    add column scheduled     boolean not null default false,  -- its time has not come
    add column deadline      timestamptz,
    add column paused        boolean not null default false,
    add column stop_reason   text check (stop_reason in ('CANCELLED', 'DEADLINE_EXCEEDED', 'FAILURE_LIMIT_REACHED')),
    add column max_failed    integer check (max_failed >= 0), -- more failed tasks than this end the job; null: any number
    drop column state;
alter table job
    -- the same function as JobState.of
    add column state text not null generated always as (
        case
            when blocked + queued + running + retrying > 0 then
                case
                    when stop_reason is not null then 'CANCELLING'
                    when paused then 'PAUSED'
                    when start_time is not null then 'RUNNING'
                    when scheduled then 'SCHEDULED'
                    else 'QUEUED'
                end
            when cancelled > 0 and stop_reason = 'CANCELLED' then 'CANCELLED'
            when cancelled > 0 and stop_reason = 'DEADLINE_EXCEEDED' then 'EXPIRED'
            when cancelled > 0 and stop_reason = 'FAILURE_LIMIT_REACHED' then 'FAILED'
            when failed + skipped + cancelled = 0 then 'SUCCEEDED'
            when succeeded > 0 then 'PARTIALLY_SUCCEEDED'
            when failed = 0 and cancelled > 0 then 'CANCELLED'
            else 'FAILED'
        end) stored;
create index job_scheduled on job (schedule_time) where scheduled;
create index job_deadline on job (deadline) where end_time is null and stop_reason is null and deadline is not null;
create index job_over_limit on job (id) where end_time is null and stop_reason is null and failed > max_failed;
create index job_open on job (id) where end_time is null;

alter table task
    add column allowed_attempts smallint,                     -- max_attempts grows by this with each retry on request
    add column retry_schedule   text     not null default 'standard',
    add column held             boolean  not null default false, -- must not be dispatched: it, or its job, waits for somebody
    add column paused           boolean  not null default false, -- held on its own account
    add column stopping         boolean  not null default false, -- held by a processor that was told to stop it
    add column error_code       text,                         -- of column error, which is JSON
    add column losses           smallint not null default 0,  -- how often its worker or its engine went down while it was held
    drop constraint task_state_check,
    drop constraint task_check1;
update task set allowed_attempts = max_attempts;
alter table task
    alter column allowed_attempts set not null,
    add constraint task_state_check check (state in
        ('BLOCKED', 'QUEUED', 'DISPATCHED', 'RUNNING', 'RETRYING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED')),
    add constraint task_end_check check ((end_time is not null) = (state in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED'))),
    add constraint task_stopping_check check (not stopping or (state = 'RUNNING' and execution is not null)),
    add constraint task_held_check check (held or not paused);
drop index task_queued;
create index task_queued on task (task_queue, priority, due_time, id) where state = 'QUEUED' and not held;
create index task_open on task (job_id, id) where end_time is null;

alter table attempt
    drop constraint attempt_outcome_check,
    add constraint attempt_outcome_check
        check (outcome in ('RUNNING', 'SUCCEEDED', 'FAILED', 'LOST', 'RELEASED', 'STOPPED'));

-- One row for each operation whose attempts have lately failed because something it depends on is away.
create table circuit (
    operation    text primary key,
    failures     integer     not null check (failures > 0),
    open_since   timestamptz,
    open_until   timestamptz,
    probe_until  timestamptz,                               -- one attempt is under way to see whether it works again
    reason       text        not null,
    check ((open_since is null) = (open_until is null)),
    check (probe_until is null or open_until is not null)
);

-- What was given up: tasks that failed for good, and messages that nobody could read or deliver.
create table dead_letter (
    id          uuid primary key,
    kind        text        not null check (kind in ('TASK', 'MESSAGE')),
    task_id     uuid unique references task on delete cascade,
    job_id      uuid,
    owner       text,
    operation   text,
    code        text        not null,
    detail      text        not null,
    address     text,                                       -- of a message: where it was sent to
    body        text,                                       -- of a message: its first 16 KB
    digest      text unique,                                -- of a message, so that one that comes twice is kept once
    create_time timestamptz not null default now(),
    check ((kind = 'TASK') = (task_id is not null))
);
create index dead_letter_by_operation on dead_letter (operation, id desc);

-- How far jobs are, and what happened to them in which order.

-- Whole percent. 100 only when every task succeeded. done and whole may be weighted: done counts 100 for each task that ended,
-- and their percent for those that are open. The same function as PercentDone.
create function percent_done(succeeded bigint, total bigint, done bigint, whole bigint) returns smallint
    language sql immutable parallel safe
    return case when succeeded = total then 100 else least(99, done / whole) end;

alter table job
    add column sequence bigint   not null default 1 check (sequence > 0), -- of the latest change; given under the lock of this row
    add column percent  smallint not null default 0;                      -- never falls within a generation

alter table job_step
    add column weight       integer  not null default 1000 check (weight > 0), -- expected milliseconds of a task
    add column open_percent integer  not null default 0 check (open_percent >= 0), -- sum of column percent of its open tasks
    add column percent      smallint not null default 0;                  -- never falls within a generation

update task set percent = null where end_time is not null;
update job_step s set
    open_percent = (select coalesce(sum(percent), 0) from task t where t.job_id = s.job_id and t.step = s.ordinal);
update job_step set
    percent = percent_done(succeeded, blocked + queued + running + retrying + succeeded + failed + cancelled + skipped,
                           100 * (succeeded + failed + cancelled + skipped) + open_percent,
                           blocked + queued + running + retrying + succeeded + failed + cancelled + skipped);
update job set
    percent = percent_done(succeeded, blocked + queued + running + retrying + succeeded + failed + cancelled + skipped,
                           100 * (succeeded + failed + cancelled + skipped),
                           blocked + queued + running + retrying + succeeded + failed + cancelled + skipped);
alter table job
    add constraint job_percent_check check (percent between 0 and 99
        or (percent = 100 and blocked + queued + running + retrying + failed + cancelled + skipped = 0));
alter table job_step
    add constraint job_step_percent_check check (percent between 0 and 99
        or (percent = 100 and blocked + queued + running + retrying + failed + cancelled + skipped = 0));

-- One row for each change of a job that anybody can see, but for progress; written by the transaction that makes it.
-- Never updated, so never bloated. Removed by age, and with the job.
create table job_event (
    job_id      uuid        not null,
    sequence    bigint      not null,                   -- without gaps; number 1 is the submission
    owner       text        not null,
    -- Transactions commit in another order than they begin; readers across jobs stop before the oldest that still runs.
    transaction bigint      not null default pg_current_xact_id()::text::bigint,
    create_time timestamptz not null default now(),
    generation  integer     not null,
    state       text        not null,
    percent     smallint    not null,
    blocked     integer     not null,
    queued      integer     not null,
    running     integer     not null,
    retrying    integer     not null,
    succeeded   integer     not null,
    failed      integer     not null,
    cancelled   integer     not null,
    skipped     integer     not null,
    tasks       bytea,                                  -- those that changed their state, as TaskEntries packs them
    primary key (job_id, sequence)
);
create index job_event_by_owner on job_event (owner, transaction);
create index job_event_by_age on job_event using brin (create_time);

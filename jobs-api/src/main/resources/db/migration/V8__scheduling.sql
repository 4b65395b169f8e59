-- Who goes first: fair shares of owners, limits and rates.

-- Byte order is the ring's order and needs no locale.
alter table task add column owner text collate "C";
update task t set owner = j.owner from job j where j.id = t.job_id;
alter table task alter column owner set not null;

-- The dispatcher jumps from one (owner, operation, priority) to the next, whatever the backlog, and passes over those it may not send.
drop index task_queued;
create index task_queued on task (task_queue, owner, operation, priority, due_time, id) where state = 'QUEUED' and not held;

-- Whose turn it was last. Owners take turns in the order of their names.
create table dispatch_ring (
    task_queue text primary key,
    last_owner text collate "C" not null
);
-- Working time that waiting owners have been given and not used (positive), or used in advance (negative). No row: 0.
create table dispatch_turn (
    task_queue     text             not null,
    owner          text collate "C" not null,
    deficit_millis double precision not null,
    primary key (task_queue, owner)
) with (fillfactor = 50);

-- What operators have set. An owner named * stands for all that have no row of their own.
create table scheduling_limit (
    scope       text             not null check (scope in ('OWNER', 'OPERATION', 'TASK_QUEUE')),
    name        text             not null check (name <> ''),
    weight      double precision check (weight > 0),   -- share of an owner beside others; null: 1
    max_running integer          check (max_running >= 0), -- tasks with processors at once; null: any number
    primary key (scope, name),
    check (weight is null or scope = 'OWNER')
);
create table rate_limit (
    name              text             primary key check (name <> ''),
    tokens_per_second double precision not null check (tokens_per_second > 0),
    burst             integer          not null check (burst > 0),
    operations        text[]           not null check (cardinality(operations) > 0),
    full_time         timestamptz      not null default 'epoch'       -- when it has all its tokens again
);

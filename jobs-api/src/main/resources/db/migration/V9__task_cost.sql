-- What a change of a task costs. Every index that names a column that changes, in its key or its condition, gets a new entry for
-- each change, and so do all others then; what is written twice costs twice.

-- Few tasks are with processors at a time, so one small index serves all who look for them: untaken, silent, running.
drop index task_untaken;
drop index task_leased;
drop index task_running;
create index task_in_flight on task (task_queue) where state in ('DISPATCHED', 'RUNNING');

-- Open tasks of a job are found by the job; a piece at a time, in the order of its files.
drop index task_open;
drop index task_by_job;
create index task_by_job on task (job_id, file_ordinal);

-- The pruner asks the other way round: whether what it would remove is the input of a task of an open job.
drop index task_open_input;

-- Of a new version of a row on the same page only what lies between the first and the last difference is logged, so most of a page is
-- left to new versions (which took as much room elsewhere before), and columns that do not change stand at the ends. Nobody ever
-- asked when a task was made.
alter table task set (fillfactor = 30);
alter table task
    rename column input_name to old_name;
alter table task
    rename column input_type to old_type;
alter table task
    rename column input_size to old_size;
alter table task
    drop column create_time,
    add column input_size   bigint,
    add column input_name   text,
    add column input_type   text,
    add column input_digest bytea check (length(input_digest) = 32);
update task set input_name = old_name, input_type = old_type, input_size = old_size, input_digest = decode(input_sha256, 'hex');
alter table task
    drop column old_name,
    drop column old_type,
    drop column old_size,
    drop column input_sha256;
alter table task
    rename column input_digest to input_sha256;

-- A task that succeeded keeps its execution. Where that was its first, and nobody had seen it begin, it is all there is to tell.
alter table task
    drop constraint task_check2,
    drop constraint task_check3;
update task t set execution = a.execution from attempt a
where a.task_id = t.id and a.outcome = 'SUCCEEDED' and t.state = 'SUCCEEDED';
alter table task
    add constraint task_lease_check check ((lease_until is not null) = (execution is not null and state in ('DISPATCHED', 'RUNNING'))),
    add constraint task_execution_check check (execution is null or state in ('DISPATCHED', 'RUNNING', 'SUCCEEDED'));

create view attempt_history as
select execution, task_id, number, worker, start_time, end_time, outcome, error from attempt
union all
select t.execution, t.id, t.attempt, t.worker, t.start_time, t.end_time, 'SUCCEEDED', null from task t
where t.state = 'SUCCEEDED' and t.execution is not null
  and not exists (select 1 from attempt a where a.execution = t.execution);

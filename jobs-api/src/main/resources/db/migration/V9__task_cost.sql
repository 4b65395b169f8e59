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
alter table task alter column input_sha256 type bytea using decode(input_sha256, 'hex');
alter table task add constraint task_input_check check (length(input_sha256) = 32);

-- Half of a page is left to the next version of its rows: of a version on the same page only the difference is logged.
alter table task set (fillfactor = 50);

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

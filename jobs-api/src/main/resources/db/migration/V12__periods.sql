-- Jobs, and all that hangs on them, lie in periods of time, so that old ones go by dropping tables and not row by row, and what is
-- finished does not lie between what is not.

-- The lowest UUIDv7 (RFC 9562) of a moment: its first 48 bits are milliseconds. Ids of jobs, and of tasks, which carry the time of
-- their job, are divided by it.
create function first_id(moment timestamptz) returns uuid
    language sql immutable strict parallel safe
    return case when isfinite(moment)
        then rpad(lpad(to_hex(floor(extract(epoch from moment) * 1000)::bigint), 12, '0'), 32, '0')::uuid
        else '00000000-0000-0000-0000-000000000000'::uuid end;

create table period (
    name       text primary key,                            -- its tables are job_NAME, job_step_NAME, ...
    start_time timestamptz not null unique,                 -- the first begins with the calendar
    end_time   timestamptz not null unique,
    open_time  timestamptz,                                 -- when a job of it was last seen open
    check (start_time < end_time)
);

-- Whatever names these tables keeps naming the old ones, so it is made anew below. References between rows are kept by the code that
-- writes them: dropping a period would have to look each of them up.
drop view attempt_history;
alter table job_step drop constraint job_step_job_id_fkey;
alter table task drop constraint task_job_id_fkey;
alter table attempt drop constraint attempt_task_id_fkey;
alter table dead_letter drop constraint dead_letter_task_id_fkey;
create index dead_letter_by_job on dead_letter (job_id) where job_id is not null;

-- The time of an attempt is that of its task.
drop index attempt_by_task;
alter table attempt drop constraint attempt_pkey, add primary key (task_id, execution);

alter table job rename to job_first;
alter table job_step rename to job_step_first;
alter table task rename to task_first;
alter table attempt rename to attempt_first;
alter table job_event rename to job_event_first;
create table job (like job_first including all) partition by range (id);
create table job_step (like job_step_first including all) partition by range (job_id);
create table task (like task_first including all) partition by range (id);
create table attempt (like attempt_first including all) partition by range (task_id);
create table job_event (like job_event_first including all) partition by range (job_id);

-- All that there is lies in the first period. It has room for a day, so that clocks may differ.
insert into period (name, start_time, end_time)
select 'first', '-infinity', date_trunc('day', now(), 'UTC') + interval '2 days';
do $$
declare
    upper uuid := (select first_id(end_time) from period);
    family record;
begin
    for family in select * from (values ('job'), ('job_step'), ('task'), ('attempt'), ('job_event')) as f(name) loop
        execute format('alter table %I attach partition %I for values from (minvalue) to (%L)', family.name, family.name || '_first', upper);
    end loop;
end $$;

-- Adds a period at the end. Attaching a table that is ready waits for nobody and nobody waits for it.
create function open_period(upper timestamptz) returns void language plpgsql as $$
declare
    lower timestamptz := (select max(end_time) from period);
    suffix text := to_char(lower at time zone 'UTC', 'YYYYMMDD_HH24MISS');
    family record;
begin
    for family in
        select * from (values
            ('job', 'fillfactor = 100'),
            ('job_step', 'fillfactor = 100'),
            ('task', 'fillfactor = 30, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05'),
            ('attempt', 'fillfactor = 100'),
            ('job_event', 'fillfactor = 100')) as f(name, settings)
    loop
        execute format('create table %I (like %I including all) with (%s)', family.name || '_' || suffix, family.name, family.settings);
        execute format('alter table %I attach partition %I for values from (%L) to (%L)',
                       family.name, family.name || '_' || suffix, first_id(lower), first_id(upper));
    end loop;
    insert into period (name, start_time, end_time) values (suffix, lower, upper);
end $$;

-- Drops a period and all that is in it. False, and nothing happens, while a job of it is open or when somebody else has dropped it.
create function drop_period(which text) returns boolean language plpgsql as $$
declare
    bounds period;
    open boolean;
    family text;
begin
    select * into bounds from period where name = which for update;
    if not found then
        return false;
    end if;
    execute format('lock table %I in access exclusive mode', 'job_' || which);
    execute format('select exists (select from %I where end_time is null)', 'job_' || which) into open;
    if open then
        return false;
    end if;
    delete from dead_letter where job_id >= first_id(bounds.start_time) and job_id < first_id(bounds.end_time);
    foreach family in array array['job', 'job_step', 'task', 'attempt', 'job_event'] loop
        execute format('drop table %I', family || '_' || which);
    end loop;
    delete from period where name = which;
    return true;
end $$;

create view attempt_history as
select execution, task_id, number, worker, start_time, end_time, outcome, error from attempt
union all
select t.execution, t.id, t.attempt, t.worker, t.start_time, t.end_time, 'SUCCEEDED', null from task t
where t.state = 'SUCCEEDED' and t.execution is not null
  and not exists (select 1 from attempt a where a.task_id = t.id and a.execution = t.execution);

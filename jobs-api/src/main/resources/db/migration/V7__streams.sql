-- How far the log of jobs has been forgotten, so that readers who come back late know that they have missed something.
create table job_event_pruned (
    only_row    boolean primary key default true check (only_row),
    transaction bigint  not null -- the highest of which a row was removed by age
);
insert into job_event_pruned (transaction) values (0);

-- Streams over all jobs of an owner begin with those that are open, of which there are few beside those that have ended.
create index job_open_by_owner on job (owner, id desc) where end_time is null and delete_time is null;

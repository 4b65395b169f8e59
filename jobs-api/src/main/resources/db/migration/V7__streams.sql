-- How far the log of jobs has been forgotten, so that readers who come back late know that they have missed something.
create table job_event_pruned (
    only_row    boolean primary key default true check (only_row),
    transaction bigint  not null -- the highest of which a row was removed by age
);
insert into job_event_pruned (transaction) values (0);

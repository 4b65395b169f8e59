-- The load picture adds up the open tasks of all jobs that have not ended, about once a second. Without this index it would read every job
-- there ever was. The counters are left out on purpose: in the index they would make each of their updates an update of the index.
create index if not exists job_open on job (id) where end_time is null;

-- What tasks really cost, and how fast jobs get on.

-- One row for each operation: the wall-clock time its successful attempts took, an exponentially weighted mean: each measurement
-- counts 0.5 % less than the one after it. Replicas gather measurements in memory and add them every few seconds.
create table operation_cost (
    operation    text             primary key,
    measured     bigint           not null check (measured > 0), -- measurements so far; together they weigh (1 - 0.995^measured) / 0.005
    mean_millis  double precision not null check (mean_millis >= 0),
    mean_square  double precision not null check (mean_square >= 0), -- of the milliseconds; tells how far they spread
    update_time  timestamptz      not null default now()
);

-- Since when a job's pace is taken: since its first task began, in this generation and since it was last resumed.
alter table job
    add column pace_time  timestamptz,
    add column pace_done  bigint  not null default 0,  -- done before: milliseconds by the weights of its steps, times 100
    add column pace_ended integer not null default 0;  -- tasks that had ended before

-- How long a task takes goes with how large its input is: a straight line through what was measured. Measured anew from here on.
truncate operation_cost;
alter table operation_cost
    add column mean_bytes        double precision not null default 0, -- of the inputs
    add column mean_bytes_square double precision not null default 0,
    add column mean_product      double precision not null default 0; -- of bytes and milliseconds
alter table job_step
    add column input_bytes bigint check (input_bytes >= 0); -- mean size of its tasks' inputs; null: not known when it was submitted

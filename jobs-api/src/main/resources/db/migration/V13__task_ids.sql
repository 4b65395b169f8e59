-- The id of a task begins as that of its job (time and 12 random bits); then come 18 bits for the place of its file in the job, and 44
-- random ones. So the tasks of a job lie side by side in the primary key, in the order of its files, and need no second index, which every
-- change of a task had to keep up.

-- The lowest and the highest id that a task of this job, and of this file of it, can have.
create function first_task(job uuid, file integer default 0) returns uuid
    language sql immutable strict parallel safe
    return (substr(job::text, 1, 19) || substr(to_hex(524288 + file), 1, 4) || '-' || substr(to_hex(524288 + file), 5) || '00000000000')::uuid;
create function last_task(job uuid, file integer default 262143) returns uuid
    language sql immutable strict parallel safe
    return (substr(job::text, 1, 19) || substr(to_hex(524288 + file), 1, 4) || '-' || substr(to_hex(524288 + file), 5) || 'fffffffffff')::uuid;

-- Tasks that are there get such ids. Logged changes that named them by the old ones tell of no tasks any more; an execution under way is
-- ignored when it ends, and its task runs again.
create temporary table new_task_id as
select id as old, (left(first_task(job_id, file_ordinal)::text, 25) || right(gen_random_uuid()::text, 11))::uuid as new
from task where id not between first_task(job_id, file_ordinal) and last_task(job_id, file_ordinal);
create index on new_task_id (old);
analyze new_task_id;
update file f set made_by = n.new from new_task_id n where f.made_by = n.old;
update dead_letter d set task_id = n.new from new_task_id n where d.task_id = n.old;
update attempt a set task_id = n.new from new_task_id n where a.task_id = n.old;
update task t set parent = n.new from new_task_id n where t.parent = n.old;
update task t set id = n.new from new_task_id n where t.id = n.old;

drop index task_job_id_file_ordinal_idx;

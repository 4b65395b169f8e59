-- @ AttemptReader.ATTEMPTS : {uuid[]} -> {uuid,smallint,text,"timestamp with time zone","timestamp with time zone",text,text}
select task_id, number, worker, start_time, end_time, outcome, error from attempt_history
where task_id = any($1) order by task_id, number, coalesce(start_time, end_time)

-- @ ChangeStore.LOGS : {text[],bigint[],bigint} -> {text,bigint,integer,integer}
select o.owner, h.horizon,
       (select count(*) from (select from job_event e where e.owner = o.owner and e.transaction >= o.horizon limit $3) r)::int as rows_then,
       (select count(*) from (select from job_event e where e.owner = o.owner and e.transaction >= h.horizon limit $3) r)::int as rows_now
from unnest($1::text[], $2::bigint[]) as o(owner, horizon),
     (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon) h

-- @ ChangeStore.VERSIONS : {uuid[]} -> {uuid,bigint,integer}
select j.id, j.sequence, coalesce((select sum(s.percent) from job_step s where s.job_id = j.id), 0)::int as progress
from job j where j.id = any($1) and j.delete_time is null

-- @ CircuitProbes.PICK_PROBE : {text,text} -> {uuid,text}
select id, operation from task
where task_queue = $1 and state = 'QUEUED' and not held and due_time <= now() and operation = $2
limit 1 for update skip locked

-- @ CircuitStore.ALL : {} -> {text,integer,"timestamp with time zone","timestamp with time zone",text,"timestamp with time zone",boolean}
select operation, failures, open_since, open_until, reason, clock_timestamp() as now,
       coalesce(probe_until > clock_timestamp(), false) as probing
from circuit

-- @ CircuitStore.CLAIM_PROBES : {} -> {text}
update circuit set probe_until = clock_timestamp() + interval '30 seconds' where operation in (
  select operation from circuit where open_until <= clock_timestamp()
    and coalesce(probe_until < clock_timestamp(), true) for update skip locked)
returning operation

-- @ CircuitStore.CLOSE : {text[]} -> 
delete from circuit where operation = any($1)

-- @ CircuitStore.LOCK : {text,integer,text} -> {integer,"timestamp with time zone","timestamp with time zone",boolean}
insert into circuit as c (operation, failures, reason) values ($1, $2, $3)
on conflict (operation) do update set reason = excluded.reason
returning failures, open_until, clock_timestamp() as now, (xmax = 0) as fresh

-- @ CircuitStore.NOTE : {text,integer,"timestamp with time zone"} -> 
update circuit set failures = $2, open_until = $3, probe_until = case when open_until = $3 then probe_until end,
  open_since = case when $3 is not null then coalesce(open_since, now()) end
where operation = $1

-- @ CircuitStore.RETURN_PROBES : {text[]} -> 
update circuit set probe_until = null where operation = any($1)

-- @ CostStore.ADD : {text[],bigint[],"double precision[]","double precision[]","double precision[]","double precision[]","double precision[]"} -> 
insert into operation_cost as c (operation, measured, mean_millis, mean_square, mean_bytes, mean_bytes_square, mean_product)
select n.* from unnest($1::text[], $2::bigint[], $3::float8[], $4::float8[], $5::float8[], $6::float8[], $7::float8[])
  as n(operation, measured, mean, square, bytes, bytes_square, product)
order by n.operation
on conflict (operation) do update set
  measured = c.measured + excluded.measured,
  mean_millis = c.mean_millis + (1 - power(0.995::float8, least(10000, excluded.measured)::float8)) / (1 - power(0.995::float8, least(10000, c.measured + excluded.measured)::float8)) * (excluded.mean_millis - c.mean_millis),
  mean_square = c.mean_square + (1 - power(0.995::float8, least(10000, excluded.measured)::float8)) / (1 - power(0.995::float8, least(10000, c.measured + excluded.measured)::float8)) * (excluded.mean_square - c.mean_square),
  mean_bytes = c.mean_bytes + (1 - power(0.995::float8, least(10000, excluded.measured)::float8)) / (1 - power(0.995::float8, least(10000, c.measured + excluded.measured)::float8)) * (excluded.mean_bytes - c.mean_bytes),
  mean_bytes_square = c.mean_bytes_square + (1 - power(0.995::float8, least(10000, excluded.measured)::float8)) / (1 - power(0.995::float8, least(10000, c.measured + excluded.measured)::float8)) * (excluded.mean_bytes_square - c.mean_bytes_square),
  mean_product = c.mean_product + (1 - power(0.995::float8, least(10000, excluded.measured)::float8)) / (1 - power(0.995::float8, least(10000, c.measured + excluded.measured)::float8)) * (excluded.mean_product - c.mean_product),
  update_time = now()

-- @ CostStore.ALL : {} -> {text,bigint,"double precision","double precision","double precision","double precision","double precision"}
select operation, measured, mean_millis, mean_square, mean_bytes, mean_bytes_square, mean_product from operation_cost

-- @ DeadLetterStore.ADD_MESSAGE : {uuid,text,text,text,text,text} -> 
insert into dead_letter (id, kind, code, detail, address, body, digest) values ($1, 'MESSAGE', $2, $3, $4, $5, $6)
on conflict (digest) do nothing

-- @ DeadLetterStore.DISCARD : {uuid[],text,text,text,text,bigint} -> 
delete from dead_letter where id in (select id from dead_letter
where ($1::uuid[] is null or id = any($1)) and ($2::text is null or kind = $2) and ($3::text is null or owner = $3)
  and ($4::text is null or operation = $4) and ($5::text is null or code = $5)
order by id desc limit $6 for update skip locked)

-- @ DeadLetterStore.LIST : {uuid[],text,text,text,text,uuid,bigint} -> {uuid,text,uuid,uuid,text,text,text,text,text,text,"timestamp with time zone"}
select id, kind, task_id, job_id, owner, operation, code, detail, address, body, create_time from dead_letter
where ($1::uuid[] is null or id = any($1)) and ($2::text is null or kind = $2) and ($3::text is null or owner = $3)
  and ($4::text is null or operation = $4) and ($5::text is null or code = $5)
and ($6::uuid is null or id < $6) order by id desc limit $7

-- @ DeliveryQueue.BACKLOG : {} -> {bigint,"double precision"}
select count(*) as due, coalesce(extract(epoch from now() - min(due_time)), 0)::float8 as age
from (select due_time from webhook_delivery where state = 'PENDING' and due_time <= now() limit 100000) d

-- @ DeliveryQueue.CLAIM : {integer,uuid[],integer[],bigint,"double precision"} -> {uuid,uuid,bigint,text,uuid,integer,text,text,text[],text,text,text,integer,integer,boolean,"timestamp with time zone","timestamp with time zone","timestamp with time zone",uuid,text,text,text[],text,boolean,text}
with recursive pending (endpoint_id) as (
  (select endpoint_id from webhook_delivery where state = 'PENDING' order by endpoint_id limit 1)
  union all
  select (select d.endpoint_id from webhook_delivery d
          where d.state = 'PENDING' and d.endpoint_id > p.endpoint_id order by d.endpoint_id limit 1)
  from pending p where p.endpoint_id is not null
), due as materialized (
  select d.id from (
    select p.endpoint_id, coalesce(r.room, $1::int) as room
    from pending p left join unnest($2::uuid[], $3::int[]) as r(endpoint_id, room) on r.endpoint_id = p.endpoint_id
    where p.endpoint_id is not null and coalesce(r.room, $1::int) > 0
    order by random()
  ) e cross join lateral (
    select id from webhook_delivery
    where endpoint_id = e.endpoint_id and state = 'PENDING' and due_time <= now()
    order by due_time limit e.room for update skip locked
  ) d limit $4
)
update webhook_delivery d set attempt = d.attempt + 1, used_attempts = d.used_attempts + 1, under_way = true,
  due_time = now() + make_interval(secs => $5::float8)
from due join webhook_delivery w on w.id = due.id join webhook_endpoint e on e.id = w.endpoint_id
where d.id = due.id
returning d.*, e.url, e.recipients, e.secret, e.disabled_time is null as enabled,
  case when e.previous_secret_expire_time > now() then e.previous_secret end as previous_secret

-- @ DeliveryQueue.RECORD : {uuid[],integer[],"timestamp with time zone[]",bigint[],integer[],text[],text[],text[],bigint[]} -> 
with o as (
  select * from unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::bigint[], $5::int[], $6::text[], $7::text[], $8::text[], $9::bigint[])
    as o(id, number, start_time, duration_millis, status, error_code, state, reason, wait_millis)
), ended as (
  update webhook_delivery d set state = o.state, error_code = o.reason, under_way = false,
    due_time = now() + make_interval(secs => o.wait_millis / 1000.0),
    end_time = case when o.state <> 'PENDING' then now() end
  from o where d.id = o.id and d.attempt = o.number and d.under_way
  returning d.id
)
insert into webhook_attempt (delivery_id, number, start_time, duration_millis, status, error_code)
select o.id, o.number, o.start_time, o.duration_millis, o.status, o.error_code
from o join ended using (id) where o.start_time is not null

-- @ DeliveryWriter.JOBS_ENDED : {uuid[]} -> 
insert into webhook_delivery (endpoint_id, event_type, job_id, generation, job_state, client_reference, labels,
                              traceparent, state, error_code, due_time, end_time)
select e.id, 'job.' || lower(j.state), j.id, j.generation, j.state, j.client_reference, j.labels, j.traceparent,
  case when e.disabled_time is null then 'PENDING' else 'FAILED' end,
  case when e.disabled_time is not null then 'ENDPOINT_DISABLED' end,
  case when e.disabled_time is null then now() end,
  case when e.disabled_time is not null then now() end
from job j join webhook_endpoint e on e.owner = j.owner and (e.id = j.webhook or not e.named_jobs_only)
where j.id = any($1) and j.end_time is not null
  and (e.event_types = '{}' or 'job.' || lower(j.state) = any(e.event_types))
on conflict do nothing

-- @ Disabling.DISABLE : {uuid,text} -> 
update webhook_endpoint set disabled_time = now(), disabled_reason = $2 where id = $1 and disabled_time is null

-- @ Disabling.END_PENDING : {uuid} -> 
update webhook_delivery set state = 'FAILED', error_code = 'ENDPOINT_DISABLED', due_time = null, end_time = now()
where endpoint_id = $1 and state = 'PENDING' and not under_way

-- @ Disabling.TELL_OTHERS : {uuid} -> 
insert into webhook_delivery (endpoint_id, event_type, disabled_endpoint, disabled_reason, state, due_time)
select e.id, 'webhook.disabled', d.id, d.disabled_reason, 'PENDING', now()
from webhook_endpoint d join webhook_endpoint e on e.owner = d.owner and e.id <> d.id
where d.id = $1 and e.disabled_time is null and not e.named_jobs_only
  and (e.event_types = '{}' or 'webhook.disabled' = any(e.event_types))

-- @ DispatchLimits.LOCK_RATES : {} -> {text,"double precision",integer,text[],"timestamp with time zone","timestamp with time zone"}
select name, tokens_per_second, burst, operations, full_time, clock_timestamp() as now from rate_limit order by name for update

-- @ DispatchLimits.TAKE : {text[],"timestamp with time zone[]"} -> 
update rate_limit r set full_time = n.full_time
from unnest($1::text[], $2::timestamptz[]) as n(name, full_time) where r.name = n.name

-- @ DispatchStore.LOCK : {text} -> {boolean}
select pg_try_advisory_xact_lock(hashtextextended($1, 11)) as held

-- @ DispatchStore.OPENING : {text} -> {text,bigint,bigint,boolean,"timestamp with time zone"}
select coalesce((select last_owner from dispatch_ring where task_queue = $1), '') as last_owner,
       (select count(distinct bundle) from task
        where task_queue = $1 and state = 'DISPATCHED' and execution is null) as untaken,
       (select coalesce(sum(slots), 0) from worker
        where task_queue = $1 and last_seen > now() - interval '1 minute') as slots,
       exists (select from dispatch_turn where task_queue = $1) as owing,
       clock_timestamp() as now

-- @ DispatchStore.RESEND : {text,integer} -> {uuid,uuid,smallint,uuid,"timestamp with time zone",smallint,text,text,boolean,text,text,bigint,bytea,text,text}
with sent as (
  update task t set dispatch_time = now() where id in (
    select id from task where task_queue = $1 and state = 'DISPATCHED' and execution is null
      and dispatch_time < now() - make_interval(secs => $2::int)
    order by dispatch_time limit 100 for update skip locked)
  returning t.id, t.job_id, t.step, t.bundle, t.due_time, t.attempt, t.operation, t.checkpoint, t.losses > 1 as exclusive,
  t.input_name, t.input_type, t.input_size, t.input_sha256)
select t.*, s.parameters, j.traceparent
from sent t join job j on j.id = t.job_id join job_step s on s.job_id = t.job_id and s.ordinal = t.step order by t.bundle, t.due_time, t.id

-- @ DispatchStore.SEND : {uuid[],uuid[]} -> {uuid,uuid,smallint,uuid,"timestamp with time zone",smallint,text,text,boolean,text,text,bigint,bytea,bigint,text,text}
with free as materialized (
  select t.id, b.bundle, b.place from unnest($1::uuid[], $2::uuid[]) with ordinality as b(id, bundle, place) join task t on t.id = b.id
  where t.state || '' = 'QUEUED' and not t.held for update of t skip locked),
sent as (
  update task t set state = 'DISPATCHED', attempt = t.attempt + 1, bundle = f.bundle, dispatch_time = now(), due_time = now()
  from free f where t.id = f.id
  returning t.id, t.job_id, t.step, t.bundle, t.due_time, t.attempt, t.operation, t.checkpoint, t.losses > 1 as exclusive,
  t.input_name, t.input_type, t.input_size, t.input_sha256, f.place)
select t.*, s.parameters, j.traceparent
from sent t join job j on j.id = t.job_id join job_step s on s.job_id = t.job_id and s.ordinal = t.step order by t.place

-- @ EventStore.NOW : {uuid[]} -> {uuid,text,bigint,smallint,boolean,boolean,text,smallint}
select j.id, j.owner, j.sequence, j.percent, j.end_time is not null as ended, j.delete_time is not null as deleted,
       s.id as step_id, s.percent as step_percent
from job j left join job_step s on s.job_id = j.id where j.id = any($1) order by j.id, s.ordinal

-- @ EventStore.PRUNE : {"double precision",bigint} -> {bigint}
with old as (select job_id, sequence from job_event where create_time < now() - make_interval(secs => $1::float8)
             limit $2 for update skip locked),
  gone as (delete from job_event e using old o where e.job_id = o.job_id and e.sequence = o.sequence returning e.transaction),
  noted as (update job_event_pruned p set transaction = greatest(p.transaction, (select max(transaction) from gone))
            where exists (select 1 from gone))
select count(*) as gone from gone

-- @ EventStore.READ : {uuid[],bigint[]} -> {bigint,uuid,bigint,bigint,"timestamp with time zone",integer,text,smallint,integer,integer,integer,integer,integer,integer,integer,integer,bytea,bigint,bigint,bigint}
select w.n, e.* from unnest($1::uuid[], $2::bigint[]) with ordinality w(job_id, after, n) cross join lateral (select * from (
   select e.*, count(*) over () as found, row_number() over (order by e.sequence) as number,
          coalesce(sum(length(e.tasks)) over (order by e.sequence rows between unbounded preceding and 1 preceding), 0) as before
   from (select e.job_id, e.sequence, e.transaction, e.create_time, e.generation, e.state, e.percent, e.blocked, e.queued, e.running, e.retrying, e.succeeded, e.failed, e.cancelled, e.skipped, e.tasks from job_event e where e.job_id = w.job_id and e.sequence > w.after order by e.sequence limit 101) e) e
 where e.number <= 100 and e.before <= 40000) e order by w.n, e.sequence

-- @ FileRow read : {uuid,text} -> {uuid,text,text,bigint,text,text,uuid,"timestamp with time zone","timestamp with time zone"}
select id, owner, name, size, media_type, sha256, made_by, create_time, delete_time from file where id = $1 and owner = $2

-- @ FileRow write : {uuid,text,text,bigint,text,text,uuid,"timestamp with time zone","timestamp with time zone"} -> 
update file set owner = $2, name = $3, size = $4, media_type = $5, sha256 = $6, made_by = $7, create_time = $8, delete_time = $9 where id = $1

-- @ IdempotencyStore.FIND : {text,text} -> {text,smallint,text,text,text}
select request_hash, status, location, etag, body from idempotency_key where owner = $1 and key = $2

-- @ IdempotencyStore.INSERT : {text,text,text,smallint,text,text,text} -> 
insert into idempotency_key (owner, key, request_hash, status, location, etag, body)
values ($1, $2, $3, $4, $5, $6, $7)

-- @ IdempotencyStore.LOCK : {text,text} -> {boolean}
select pg_try_advisory_xact_lock(hashtextextended($1::text || '/' || $2::text, 7)) as held

-- @ IdempotencyStore.PRUNE : {integer} -> 
delete from idempotency_key where create_time < now() - make_interval(secs => $1::int)

-- @ JobEditStore.EDIT : {uuid,smallint,text[]} -> {uuid}
with changed as (update job j set priority = coalesce($2, priority), labels = coalesce($3, labels), sequence = sequence + 1
where id = $1 and (priority <> $2 or labels <> $3) returning j.id, j.sequence, j.owner, j.generation, j.state, j.percent, j.blocked, j.queued, j.running, j.retrying, j.succeeded, j.failed, j.cancelled, j.skipped, true as logged, null::bytea as tasks), entry as (insert into job_event (job_id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks) select id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks from changed where logged) select id from changed

-- @ JobEditStore.EDIT_TASKS : {uuid,smallint} -> 
update task set priority = $2 where job_id = $1 and priority <> $2

-- @ JobEditStore.LOCK : {uuid,text} -> {"timestamp with time zone"}
select delete_time from job where id = $1 and owner = $2 for update

-- @ JobHeads.HEADS : {uuid[]} -> {uuid,text,uuid,text,text,text,smallint,"timestamp with time zone","timestamp with time zone",text}
with offered as materialized (
  select distinct o ->> 'name' as operation from worker w, json_array_elements(w.operations::json) o
  where w.last_seen > now() - interval '2 minutes' and o ->> 'unavailableReason' is null),
away as materialized (
  select job_id from (select job_id from task where state in ('DISPATCHED', 'RUNNING') limit 5000) f where job_id = any($1))
select distinct on (t.job_id, t.operation, t.priority, t.state) t.job_id, t.state,
t.id, t.owner, t.task_queue, t.operation, t.priority, t.due_time, j.schedule_time,
case
  when t.state = 'BLOCKED' then 'NEEDED_STEP'
  when t.state not in ('QUEUED', 'RETRYING') then null
  when t.paused or j.paused then 'PAUSED'
  when t.state = 'RETRYING' then 'BACKOFF'
  when j.scheduled then 'SCHEDULED'
  when exists (select 1 from circuit c where c.operation = t.operation and c.open_until is not null) then 'CIRCUIT_OPEN'
  when t.operation not in (select operation from offered) then 'NO_PROCESSOR'
  else 'QUEUE'
end as wait_reason
from job j cross join lateral (
  select * from task
  where job_id = j.id and state in ('QUEUED', 'RETRYING', 'DISPATCHED', 'RUNNING')
  order by file_ordinal limit 16) t
where j.id = any($1) and j.id not in (select job_id from away)
order by t.job_id, t.operation, t.priority, t.state, t.due_time, t.id

-- @ JobHolds.HOLD_ALL : {uuid} -> 
update task set held = true where job_id = $1 and end_time is null and not held

-- @ JobHolds.LET_GO_ALL : {uuid,boolean} -> 
update task set held = $2 or paused where job_id = $1 and end_time is null and held

-- @ JobHolds.MARK_JOB : {uuid,boolean} -> {uuid}
with changed as (update job j set paused = $2, pace_time = null, sequence = sequence + 1 where id = $1 and paused <> $2 returning j.id, j.sequence, j.owner, j.generation, j.state, j.percent, j.blocked, j.queued, j.running, j.retrying, j.succeeded, j.failed, j.cancelled, j.skipped, true as logged, null::bytea as tasks), entry as (insert into job_event (job_id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks) select id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks from changed where logged) select id from changed

-- @ JobHolds.PAUSE_SOME : {uuid[]} -> 
update task set paused = true, held = true where id = any($1) and end_time is null

-- @ JobHolds.RESUME_SOME : {uuid[],boolean} -> 
update task set paused = false, held = $2 where id = any($1) and end_time is null and paused

-- @ JobRetries.FORGIVE_FAILURES : {uuid} -> 
update job set max_failed = failed where id = $1 and max_failed < failed

-- @ JobRetries.NEXT_GENERATION : {uuid} -> 
update job set generation = generation + 1, stop_reason = null, paused = false, scheduled = false, percent = 0, pace_time = null,
  deadline = case when deadline > clock_timestamp() then deadline end
where id = $1

-- @ JobRetries.PROGRESS_ANEW : {uuid} -> 
update job_step set percent = 0 where job_id = $1 and percent < 100

-- @ JobRetries.PROGRESS_OF_THE_REST : {uuid} -> 
update job_step s set percent = percent_done(s.succeeded, s.blocked + s.queued + s.running + s.retrying + s.succeeded + s.failed + s.cancelled + s.skipped, 100 * (s.succeeded + s.failed + s.cancelled + s.skipped) + s.open_percent, s.blocked + s.queued + s.running + s.retrying + s.succeeded + s.failed + s.cancelled + s.skipped) where job_id = $1 and percent = 0

-- @ JobStops.MARK : {uuid,text} -> {uuid}
with changed as (update job j set stop_reason = $2, sequence = sequence + 1 where id = $1 and stop_reason is null and end_time is null returning j.id, j.sequence, j.owner, j.generation, j.state, j.percent, j.blocked, j.queued, j.running, j.retrying, j.succeeded, j.failed, j.cancelled, j.skipped, true as logged, null::bytea as tasks), entry as (insert into job_event (job_id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks) select id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks from changed where logged) select id from changed

-- @ JobStore.BURIAL -1066669871 : {uuid} -> 
delete from job_event where job_id = $1

-- @ JobStore.BURIAL -1539163863 : {uuid} -> 
delete from job_step where job_id = $1

-- @ JobStore.BURIAL -687214566 : {uuid} -> 
delete from attempt where task_id in (select id from task where job_id = $1)

-- @ JobStore.BURIAL 1206072672 : {uuid} -> 
delete from task where job_id = $1

-- @ JobStore.BURIAL 1329615769 : {uuid} -> 
update job set delete_time = now() where id = $1

-- @ JobStore.BURIAL 2009876890 : {uuid} -> 
delete from dead_letter where job_id = $1

-- @ JobStore.BURY : {uuid} -> 
update job set delete_time = now() where id = $1

-- @ JobStore.DELETE_ATTEMPTS : {uuid} -> 
delete from attempt where task_id in (select id from task where job_id = $1)

-- @ JobStore.DELETE_EVENTS : {uuid} -> 
delete from job_event where job_id = $1

-- @ JobStore.DELETE_LETTERS : {uuid} -> 
delete from dead_letter where job_id = $1

-- @ JobStore.DELETE_STEPS : {uuid} -> 
delete from job_step where job_id = $1

-- @ JobStore.DELETE_TASKS : {uuid} -> 
delete from task where job_id = $1

-- @ JobStore.FIND : {uuid,text} -> {uuid,text,text,integer,integer,bigint,smallint,smallint,text[],"timestamp with time zone","timestamp with time zone","timestamp with time zone","timestamp with time zone","timestamp with time zone",text,boolean,boolean,"timestamp with time zone",bigint,bigint,integer,text,text,boolean,integer,integer,integer,integer,integer,integer,integer,integer,integer,integer,smallint,smallint[],bigint}
with j as (
  select id, client_reference, pipeline, file_count, generation, sequence, percent, priority, labels, create_time, schedule_time, start_time,
         end_time, deadline, stop_reason, paused, scheduled, delete_time,
         (1000 * extract(epoch from now() - pace_time))::bigint as pace_millis, pace_done, pace_ended
  from job
where id = $1 and owner = $2)
select j.*, s.id as step_id, s.operation, s.begun, s.blocked, s.queued, s.running, s.retrying, s.succeeded, s.failed,
       s.cancelled, s.skipped, s.weight, s.open_percent, s.percent as step_percent, s.needs, s.input_bytes
from j left join job_step s on s.job_id = j.id order by j.id desc, s.ordinal

-- @ JobStore.LIST : {text,text,text[],uuid,bigint} -> {uuid,text,text,integer,integer,bigint,smallint,smallint,text[],"timestamp with time zone","timestamp with time zone","timestamp with time zone","timestamp with time zone","timestamp with time zone",text,boolean,boolean,"timestamp with time zone",bigint,bigint,integer,text,text,boolean,integer,integer,integer,integer,integer,integer,integer,integer,integer,integer,smallint,smallint[],bigint}
with j as (
  select id, client_reference, pipeline, file_count, generation, sequence, percent, priority, labels, create_time, schedule_time, start_time,
         end_time, deadline, stop_reason, paused, scheduled, delete_time,
         (1000 * extract(epoch from now() - pace_time))::bigint as pace_millis, pace_done, pace_ended
  from job
where owner = $1 and delete_time is null and ($2::text is null or state = $2) and labels @> $3::text[]
  and ($4::uuid is null or id < $4)
order by id desc limit $5
)
select j.*, s.id as step_id, s.operation, s.begun, s.blocked, s.queued, s.running, s.retrying, s.succeeded, s.failed,
       s.cancelled, s.skipped, s.weight, s.open_percent, s.percent as step_percent, s.needs, s.input_bytes
from j left join job_step s on s.job_id = j.id order by j.id desc, s.ordinal

-- @ JobStore.LOCK : {uuid,text} -> {text,"timestamp with time zone"}
select state, delete_time from job where id = $1 and owner = $2 for update

-- @ JobStore.OPEN : {text,text[],text[],uuid,bigint} -> {uuid,text,text,integer,integer,bigint,smallint,smallint,text[],"timestamp with time zone","timestamp with time zone","timestamp with time zone","timestamp with time zone","timestamp with time zone",text,boolean,boolean,"timestamp with time zone",bigint,bigint,integer,text,text,boolean,integer,integer,integer,integer,integer,integer,integer,integer,integer,integer,smallint,smallint[],bigint}
with j as (
  select id, client_reference, pipeline, file_count, generation, sequence, percent, priority, labels, create_time, schedule_time, start_time,
         end_time, deadline, stop_reason, paused, scheduled, delete_time,
         (1000 * extract(epoch from now() - pace_time))::bigint as pace_millis, pace_done, pace_ended
  from job
where owner = $1 and delete_time is null and end_time is null and ($2::text[] = '{}' or state = any($2)) and labels @> $3::text[]
  and ($4::uuid is null or id < $4)
order by id desc limit $5
)
select j.*, s.id as step_id, s.operation, s.begun, s.blocked, s.queued, s.running, s.retrying, s.succeeded, s.failed,
       s.cancelled, s.skipped, s.weight, s.open_percent, s.percent as step_percent, s.needs, s.input_bytes
from j left join job_step s on s.job_id = j.id order by j.id desc, s.ordinal

-- @ LimitStore.LIMITS : {} -> {text,text,"double precision",integer}
select scope, name, weight, max_running from scheduling_limit order by scope, name

-- @ LimitStore.RATES : {} -> {text,"double precision",integer,text[],"timestamp with time zone","timestamp with time zone"}
select name, tokens_per_second, burst, operations, full_time, clock_timestamp() as now from rate_limit order by name

-- @ LimitStore.REMOVE_LIMIT : {text,text} -> 
delete from scheduling_limit where scope = $1 and name = $2

-- @ LimitStore.REMOVE_RATE : {text} -> 
delete from rate_limit where name = $1

-- @ LimitStore.RUNNING : {} -> {text,text,text,bigint,bigint}
select owner, operation, task_queue, count(*) as running, count(*) filter (where state = 'DISPATCHED') as sent from task
where state in ('DISPATCHED', 'RUNNING')
group by owner, operation, task_queue

-- @ LimitStore.SET_LIMIT : {text,text,"double precision",integer} -> {text,text,"double precision",integer}
insert into scheduling_limit (scope, name, weight, max_running) values ($1, $2, $3, $4)
on conflict (scope, name) do update set weight = excluded.weight, max_running = excluded.max_running
returning scope, name, weight, max_running

-- @ LimitStore.SET_RATE : {text,"double precision",integer,text[]} -> {text,"double precision",integer,text[],"timestamp with time zone","timestamp with time zone"}
insert into rate_limit (name, tokens_per_second, burst, operations) values ($1, $2, $3, $4)
on conflict (name) do update set tokens_per_second = excluded.tokens_per_second, burst = excluded.burst,
  operations = excluded.operations
returning name, tokens_per_second, burst, operations, full_time, clock_timestamp() as now

-- @ LoadStore.OPEN_TASKS : {} -> {text,bigint}
select owner, sum(blocked + queued + running + retrying) as open
from job
where end_time is null
group by owner

-- @ LoadStore.WAITING : {} -> {text,text,bigint}
select j.owner, s.operation, sum(s.queued) as waiting
from job j cross join lateral (select operation, queued from job_step where job_id = j.id and queued > 0 offset 0) s
where j.end_time is null and j.queued > 0 and not j.paused and not j.scheduled
group by j.owner, s.operation

-- @ LogRows.NAMES : {uuid[]} -> {uuid,text,text}
select t.id, t.file_ref, s.id as step from task t join job_step s on s.job_id = t.job_id and s.ordinal = t.step
where t.id = any($1)

-- @ OwnerEventStore.READ : {text[],bigint[],uuid[],bigint[]} -> {bigint,bigint,bigint,bigint,uuid,bigint,bigint,"timestamp with time zone",integer,text,smallint,integer,integer,integer,integer,integer,integer,integer,integer,bytea,bigint,bigint,bigint,text[],bigint,boolean}
with edge as materialized (
  select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest, pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next,
         (select transaction from job_event_pruned) as pruned)
select w.n, edge.*, e.*, coalesce(j.labels, '{}') as labels, coalesce(j.sequence, 0) as latest,
  exists (select 1 from job_event h where h.owner = w.owner and h.transaction >= edge.oldest) as held_back
from unnest($1::text[], $2::bigint[], $3::uuid[], $4::bigint[]) with ordinality w(owner, transaction, job_id, sequence, n)
cross join edge
left join lateral (select * from (
   select e.*, count(*) over () as found, row_number() over (order by e.transaction, e.job_id, e.sequence) as number,
          coalesce(sum(length(e.tasks)) over (order by e.transaction, e.job_id, e.sequence rows between unbounded preceding and 1 preceding), 0) as before
   from (select e.job_id, e.sequence, e.transaction, e.create_time, e.generation, e.state, e.percent, e.blocked, e.queued, e.running, e.retrying, e.succeeded, e.failed, e.cancelled, e.skipped, e.tasks from job_event e where e.owner = w.owner and e.transaction >= w.transaction and e.transaction < edge.oldest and (e.transaction, e.job_id, e.sequence) > (w.transaction, w.job_id, w.sequence) order by e.transaction, e.job_id, e.sequence limit 101) e) e
 where e.number <= 100 and e.before <= 40000) e on true left join job j on j.id = e.job_id order by w.n, e.number

-- @ PeriodStore.DROP : {text} -> {boolean}
select drop_period($1) as dropped

-- @ PeriodStore.LAST : {} -> {"timestamp with time zone"}
select max(end_time) as end_time from period

-- @ PeriodStore.LOCK : {} -> {void}
select pg_advisory_xact_lock(hashtextextended('period', 12))

-- @ PeriodStore.NOTE_OPEN : {} -> 
update period p set open_time = now()
where exists (select from job j where j.end_time is null and j.id >= first_id(p.start_time) and j.id < first_id(p.end_time))

-- @ PeriodStore.OPEN : {"timestamp with time zone"} -> {void}
select open_period($1)

-- @ PeriodStore.OVER : {"timestamp with time zone"} -> {text}
select name from period where greatest(end_time, open_time) < $1 order by end_time

-- @ PeriodStore.OVERDUE : {"timestamp with time zone"} -> {bigint}
select count(*) as periods from period where end_time < $1

-- @ PruneStore.DUE : {integer,bigint} -> {text,boolean}
with due as materialized (
  select sha256 from unreferenced_content where since < now() - make_interval(secs => $1::int) limit $2),
input as materialized (
  select distinct d.sha256 from due d join task t on t.input_sha256 = decode(d.sha256, 'hex') join job j on j.id = t.job_id
  where j.end_time is null and t.end_time is null)
delete from unreferenced_content u
where u.sha256 in (select sha256 from due)
returning u.sha256,
  exists (select 1 from file g where g.sha256 = u.sha256 and g.delete_time is null)
  or u.sha256 in (select sha256 from input) as needed

-- @ PruneStore.NOTE_UNREFERENCED : {} -> 
insert into unreferenced_content (sha256)
select distinct f.sha256 from file f where f.delete_time is not null and not f.content_pruned
  and not exists (select 1 from file g where g.sha256 = f.sha256 and g.delete_time is null)
  and not exists (select 1 from job j join task t on t.job_id = j.id
                  where j.end_time is null and t.end_time is null and t.input_sha256 = decode(f.sha256, 'hex'))
on conflict (sha256) do nothing

-- @ PruneStore.PRUNED : {text[]} -> 
update file set content_pruned = true where sha256 = any($1) and delete_time is not null

-- @ QueuePlaces.PLACES : {text,text,text[],integer[],text[],integer,"timestamp with time zone",uuid,uuid[]} -> {uuid,bigint,bigint,bigint}
with line as materialized (
  select t.id, row_number() over w - 1 as before, sum(f.millis) over w - f.millis as before_millis
  from unnest($3::text[], $4::int[], $5::text[]) as f(operation, millis, line)
  cross join generate_series(0, $6::int) as class
  cross join lateral (
    select id, due_time from task
    where task_queue = $1 and owner = $2 and operation = f.operation and priority = class
      and state = 'QUEUED' and not held
      and (due_time, id) <= (case when class = $6 then $7 else now() end,
                             case when class = $6 then $8 else 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid end)
    order by due_time, id limit 10000) t
  window w as (partition by f.line order by class, t.due_time, t.id rows unbounded preceding)),
depth as materialized (select count(*) as seen from line)
select n.id, l.before, l.before_millis, d.seen
from unnest($9::uuid[]) as n(id) cross join depth d left join line l on l.id = n.id

-- @ ReconcileStore.COUNTED : {uuid[]} -> {uuid,smallint,integer,integer,integer,integer,integer,integer,integer,integer,integer}
select job_id, step,
       count(*) filter (where state = 'BLOCKED')::int as blocked,
       count(*) filter (where state in ('QUEUED', 'DISPATCHED'))::int as queued,
       count(*) filter (where state = 'RUNNING')::int as running,
       count(*) filter (where state = 'RETRYING')::int as retrying,
       count(*) filter (where state = 'SUCCEEDED')::int as succeeded,
       count(*) filter (where state = 'FAILED')::int as failed,
       count(*) filter (where state = 'CANCELLED')::int as cancelled,
       count(*) filter (where state = 'SKIPPED')::int as skipped,
       coalesce(sum(percent) filter (where end_time is null), 0)::int as open_percent
from task where job_id = any($1) group by job_id, step

-- @ ReconcileStore.LOCK : {uuid} -> {uuid}
select id from job where id = $1 and end_time is null for update

-- @ ReconcileStore.MISCOUNTED : {uuid[]} -> {uuid}
with c as (select job_id, step,
       count(*) filter (where state = 'BLOCKED')::int as blocked,
       count(*) filter (where state in ('QUEUED', 'DISPATCHED'))::int as queued,
       count(*) filter (where state = 'RUNNING')::int as running,
       count(*) filter (where state = 'RETRYING')::int as retrying,
       count(*) filter (where state = 'SUCCEEDED')::int as succeeded,
       count(*) filter (where state = 'FAILED')::int as failed,
       count(*) filter (where state = 'CANCELLED')::int as cancelled,
       count(*) filter (where state = 'SKIPPED')::int as skipped,
       coalesce(sum(percent) filter (where end_time is null), 0)::int as open_percent
from task where job_id = any($1) group by job_id, step
)
select distinct s.job_id as id from job_step s left join c on c.job_id = s.job_id and c.step = s.ordinal
where s.job_id = any($1) and not (
(s.blocked, s.queued, s.running, s.retrying, s.succeeded, s.failed, s.cancelled, s.skipped, s.open_percent)
  is not distinct from
  (coalesce(c.blocked, 0), coalesce(c.queued, 0), coalesce(c.running, 0), coalesce(c.retrying, 0),
   coalesce(c.succeeded, 0), coalesce(c.failed, 0), coalesce(c.cancelled, 0), coalesce(c.skipped, 0),
   coalesce(c.open_percent, 0))
)
union
select j.id from job j, lateral (
select coalesce(sum(blocked), 0)::int as blocked, coalesce(sum(queued), 0)::int as queued,
       coalesce(sum(running), 0)::int as running, coalesce(sum(retrying), 0)::int as retrying,
       coalesce(sum(succeeded), 0)::int as succeeded, coalesce(sum(failed), 0)::int as failed,
       coalesce(sum(cancelled), 0)::int as cancelled, coalesce(sum(skipped), 0)::int as skipped
from job_step where job_id = j.id
) c where j.id = any($1) and (j.blocked, j.queued, j.running, j.retrying, j.succeeded, j.failed, j.cancelled, j.skipped)
  is distinct from (c.blocked, c.queued, c.running, c.retrying, c.succeeded, c.failed, c.cancelled, c.skipped)

-- @ ReconcileStore.OPEN_JOBS : {uuid,bigint,bigint} -> {uuid}
select id from (
  select id, sum(tasks) over (order by id rows unbounded preceding) - tasks as before
  from (select id, blocked + queued + running + retrying + succeeded + failed + cancelled + skipped as tasks
        from job where end_time is null and id > $1 order by id limit $2) j) j
where before < $3 order by id

-- @ ReconcileStore.PERCENT_OF_STEPS : {uuid[]} -> 
update job_step s set percent = greatest(least(s.percent, 99), percent_done(s.succeeded, s.blocked + s.queued + s.running + s.retrying + s.succeeded + s.failed + s.cancelled + s.skipped, 100 * (s.succeeded + s.failed + s.cancelled + s.skipped) + s.open_percent, s.blocked + s.queued + s.running + s.retrying + s.succeeded + s.failed + s.cancelled + s.skipped)) where s.job_id = any($1)

-- @ ReconcileStore.RECOUNT_JOB : {uuid} -> {boolean}
with changed as (update job j set
  blocked = c.blocked, queued = c.queued, running = c.running, retrying = c.retrying, succeeded = c.succeeded,
  failed = c.failed, cancelled = c.cancelled, skipped = c.skipped,
  end_time = case when c.blocked + c.queued + c.running + c.retrying = 0 then now() end,
  sequence = j.sequence + 1, percent = greatest(least(j.percent, 99),(select percent_done(sum(s.succeeded), sum(s.blocked + s.queued + s.running + s.retrying + s.succeeded + s.failed + s.cancelled + s.skipped),
                     sum(s.weight * (100 * (s.succeeded + s.failed + s.cancelled + s.skipped) + s.open_percent)::bigint)::bigint,
                     sum(s.weight * (s.blocked + s.queued + s.running + s.retrying + s.succeeded + s.failed + s.cancelled + s.skipped)::bigint)::bigint)
 from job_step s where s.job_id = j.id)) from (select $1::uuid as id) w, lateral (
select coalesce(sum(blocked), 0)::int as blocked, coalesce(sum(queued), 0)::int as queued,
       coalesce(sum(running), 0)::int as running, coalesce(sum(retrying), 0)::int as retrying,
       coalesce(sum(succeeded), 0)::int as succeeded, coalesce(sum(failed), 0)::int as failed,
       coalesce(sum(cancelled), 0)::int as cancelled, coalesce(sum(skipped), 0)::int as skipped
from job_step where job_id = w.id
) c where j.id = w.id returning j.id, j.sequence, j.owner, j.generation, j.state, j.percent, j.blocked, j.queued, j.running, j.retrying, j.succeeded, j.failed, j.cancelled, j.skipped, true as logged, null::bytea as tasks, j.end_time is not null as ended), entry as (insert into job_event (job_id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks) select id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks from changed where logged) select ended from changed

-- @ ReconcileStore.RECOUNT_STEPS : {uuid[]} -> 
with c as (select job_id, step,
       count(*) filter (where state = 'BLOCKED')::int as blocked,
       count(*) filter (where state in ('QUEUED', 'DISPATCHED'))::int as queued,
       count(*) filter (where state = 'RUNNING')::int as running,
       count(*) filter (where state = 'RETRYING')::int as retrying,
       count(*) filter (where state = 'SUCCEEDED')::int as succeeded,
       count(*) filter (where state = 'FAILED')::int as failed,
       count(*) filter (where state = 'CANCELLED')::int as cancelled,
       count(*) filter (where state = 'SKIPPED')::int as skipped,
       coalesce(sum(percent) filter (where end_time is null), 0)::int as open_percent
from task where job_id = any($1) group by job_id, step
)
update job_step s set
  blocked = coalesce(c.blocked, 0), queued = coalesce(c.queued, 0), running = coalesce(c.running, 0),
  retrying = coalesce(c.retrying, 0), succeeded = coalesce(c.succeeded, 0), failed = coalesce(c.failed, 0),
  cancelled = coalesce(c.cancelled, 0), skipped = coalesce(c.skipped, 0), open_percent = coalesce(c.open_percent, 0),
  percent = least(s.percent, 99)
from job_step o left join c on c.job_id = o.job_id and c.step = o.ordinal
where o.job_id = any($1) and s.job_id = o.job_id and s.ordinal = o.ordinal

-- @ ReconcileStore.STRANDED : {uuid[]} -> {uuid,integer,uuid}
select t.job_id, t.file_ordinal, min(t.id::text)::uuid as task from task t
where t.job_id = any($1) and t.end_time is null
group by t.job_id, t.file_ordinal having bool_and(t.state = 'BLOCKED') limit 1000

-- @ Reopener.FORGET_DEAD_LETTERS : {uuid[]} -> 
delete from dead_letter where task_id = any($1)

-- @ Reopener.REOPEN : {uuid[],boolean} -> 
update task set state = 'BLOCKED', max_attempts = attempt + allowed_attempts, end_time = null, error = null, error_code = null, result = null,
  percent = null, activity = null, losses = 0, paused = false, held = $2, due_time = now()
where id = any($1)

-- @ RingStore.OWE : {text,text[],"double precision[]"} -> 
insert into dispatch_turn as d (task_queue, owner, deficit_millis)
select $1, n.owner, n.deficit from unnest($2::text[], $3::float8[]) as n(owner, deficit)
on conflict (task_queue, owner) do update set deficit_millis = excluded.deficit_millis

-- @ RingStore.QUITS : {text,text[]} -> 
delete from dispatch_turn where task_queue = $1 and owner = any($2)

-- @ RingStore.SETTLE : {text,text[]} -> 
delete from dispatch_turn where task_queue = $1 and owner <> all($2)

-- @ RingStore.TURNED : {text,text} -> 
insert into dispatch_ring (task_queue, last_owner) values ($1, $2)
on conflict (task_queue) do update set last_owner = excluded.last_owner

-- @ RingStore.WAITING : {text,text,bigint,text[],text[],integer,integer} -> {integer,text,text,integer,uuid,"timestamp with time zone",boolean,bigint,"double precision",integer}
with recursive
behind as ((select owner, operation from task
where task_queue = $1 and state = 'QUEUED' and not held and owner > $2
order by owner, operation limit 1)
union all
select n.owner, n.operation from behind l cross join lateral (select owner, operation from task
where task_queue = $1 and state = 'QUEUED' and not held and (owner, operation) > (l.owner, l.operation)
order by owner, operation limit 1) n),
before as ((select owner, operation from task
where task_queue = $1 and state = 'QUEUED' and not held and owner <= $2
order by owner, operation limit 1)
union all
select n.owner, n.operation from before l cross join lateral (select owner, operation from task
where task_queue = $1 and state = 'QUEUED' and not held and (owner, operation) > (l.owner, l.operation) and owner <= $2
order by owner, operation limit 1) n),
flow as materialized (
  (select 0 as lap, owner, operation from behind where owner <> all($4) and operation <> all($5) limit $3)
  union all
  (select 1 as lap, owner, operation from before where owner <> all($4) and operation <> all($5) limit $3)
  limit $3),
depth as materialized (select greatest($6::int, $7::int / greatest(1, count(*)))::int as tasks from flow)
select f.lap, f.owner, f.operation, class, t.id, t.due_time, t.losses > 0 as alone, t.input_size, coalesce(d.deficit_millis, 0) as deficit,
       (select tasks from depth) as depth
from flow f cross join generate_series(0, 2) as class
cross join lateral (
  select id, due_time, losses, input_size from task
  where task_queue = $1 and owner = f.owner and operation = f.operation and priority = class
    and state = 'QUEUED' and not held and due_time <= now()
  order by due_time, id limit (select tasks from depth)) t
left join dispatch_turn d on d.task_queue = $1 and d.owner = f.owner
order by f.lap, f.owner, f.operation, class, t.due_time, t.id

-- @ SampleStore.DEPTHS : {} -> {text,smallint,bigint}
select s.operation, j.priority, sum(s.queued)::bigint as tasks
from (select id, priority, queued, paused, scheduled from job where end_time is null order by id limit 20000) j
cross join lateral (select operation, queued from job_step where job_id = j.id and queued > 0 offset 0) s
where j.queued > 0 and not j.paused and not j.scheduled
group by s.operation, j.priority

-- @ SampleStore.LEASES : {} -> {text,bigint}
select task_queue, count(*) filter (where execution is not null) as leases from task
where state in ('DISPATCHED', 'RUNNING') group by task_queue

-- @ SampleStore.OLDEST : {} -> {text,smallint,"double precision"}
with recursive flow as (
  (select task_queue, owner, operation, priority, due_time from task where state = 'QUEUED' and not held
   order by task_queue, owner, operation, priority, due_time limit 1)
  union all
  select n.* from flow f cross join lateral (
    select task_queue, owner, operation, priority, due_time from task
    where state = 'QUEUED' and not held
      and (task_queue, owner, operation, priority) > (f.task_queue, f.owner, f.operation, f.priority)
    order by task_queue, owner, operation, priority, due_time limit 1) n)
select task_queue, priority, greatest(0, extract(epoch from now() - min(due_time)))::float8 as age
from (select * from flow limit 10000) flows group by task_queue, priority

-- @ SampleStore.ROLE : {integer} -> {integer}
select case
  when exists (select from pg_locks where locktype = 'advisory' and classid = 7464 and objid = 1 and objsubid = 2
                 and granted and pid = $1) then $1
  when pg_try_advisory_lock(7464, 1) then pg_backend_pid() end as holder

-- @ SampleStore.WORKERS : {} -> {text,bigint,bigint}
select task_queue, count(*) as workers, sum(slots)::bigint as slots from worker
where last_seen > now() - interval '1 minute' group by task_queue

-- @ ScalingStore.LOAD : {text,bigint} -> {bigint}
select (select count(*) from (select from task where task_queue = $1 and state = 'QUEUED' and not held and due_time <= now()
                              limit $2) w)
     + (select count(*) from (select from task where task_queue = $1 and state in ('DISPATCHED', 'RUNNING') limit $2) r) as tasks

-- @ SubmitWriter.INSERT_JOB : {uuid,text,text,text,smallint,text[],integer,text,integer,integer,integer,integer,"timestamp with time zone","timestamp with time zone",integer,uuid,smallint} -> {"timestamp with time zone",boolean,boolean,boolean}
with changed as (insert into job as j (id, owner, client_reference, pipeline, priority, labels, file_count, traceparent,
                 blocked, queued, failed, skipped, schedule_time, scheduled, deadline, max_failed, webhook, percent)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, coalesce($13 > now(), false), $14, $15,
        (select e.id from webhook_endpoint e where e.id = $16 and e.owner = $2), $17)
 returning j.id, j.sequence, j.owner, j.generation, j.state, j.percent, j.blocked, j.queued, j.running, j.retrying, j.succeeded, j.failed, j.cancelled, j.skipped, true as logged, null::bytea as tasks, j.create_time, j.scheduled, coalesce(j.deadline <= now(), false) as late,
          j.webhook is distinct from $16 as unknown_webhook), entry as (insert into job_event (job_id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks) select id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks from changed where logged) select create_time, scheduled, late, unknown_webhook from changed

-- @ SubmitWriter.INSERT_STEPS : {uuid,integer[],text[],text[],text[],text[],integer[],integer[],integer[],integer[],integer[],integer[],integer[],bigint[]} -> 
insert into job_step (job_id, ordinal, id, operation, parameters, needs, input, blocked, queued, failed, skipped, weight, percent, input_bytes)
select $1, ordinal, id, operation, parameters, string_to_array(needs, ',')::smallint[], input,
       blocked, queued, failed, skipped, weight, percent, input_bytes
from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[],
            $8::int[], $9::int[], $10::int[], $11::int[], $12::int[], $13::int[], $14::bigint[])
  as s(ordinal, id, operation, parameters, needs, input, blocked, queued, failed, skipped, weight, percent, input_bytes)

-- @ SubmitWriter.INSERT_TASKS : {uuid,smallint,uuid[],integer[],text[],text[],integer[],uuid[],text[],text[],text[],integer[],text[],text[],bigint[],text[],text[],text[],text[],text} -> 
insert into task (id, job_id, file_ordinal, file_ref, file_name, step, parent, operation, task_queue, owner, priority,
                  state, max_attempts, allowed_attempts, retry_schedule, input_name, input_type, input_size, input_sha256,
                  error, error_code, end_time, held)
select t.id, $1, t.file_ordinal, t.file_ref, t.file_name, t.step, t.parent, t.operation, t.task_queue, $20, $2,
       t.state, t.max_attempts, t.max_attempts, t.retry_schedule, t.input_name, t.input_type, t.input_size, decode(t.input_sha256, 'hex'),
       t.error, t.error_code, case when t.state in ('FAILED', 'SKIPPED') then now() end,
       j.scheduled and t.state not in ('FAILED', 'SKIPPED')
from job j, unnest($3::uuid[], $4::int[], $5::text[], $6::text[], $7::int[], $8::uuid[], $9::text[], $10::text[],
            $11::text[], $12::int[], $13::text[], $14::text[], $15::bigint[], $16::text[], $17::text[], $18::text[], $19::text[])
  as t(id, file_ordinal, file_ref, file_name, step, parent, operation, task_queue,
       state, max_attempts, input_name, input_type, input_size, input_sha256, error, retry_schedule, error_code)
where j.id = $1

-- @ SubmitWriter.USABLE_FILES : {uuid[],text} -> {uuid,text,text,bigint,text}
select id, name, media_type, size, sha256 from file
where id = any($1) and owner = $2 and delete_time is null

-- @ TaskPieces cancellable : {uuid,integer,uuid[],text[],text[],text[],uuid} -> {uuid,integer}
select t.id, t.file_ordinal from task t
where t.job_id = $1 and (t.file_ordinal, t.id) > ($2::int, $7::uuid) and ($3::uuid[] is null or t.id = any($3))
  and ($4::text[] is null or t.file_ref = any($4)) and ($6::text[] is null or t.error_code = any($6))
  and ($5::text[] is null or t.step = any(array(select s.ordinal from job_step s where s.job_id = $1 and s.id = any($5))))
  and t.end_time is null and not t.stopping order by t.file_ordinal, t.id limit 1000

-- @ TaskPieces retryable : {uuid,integer,uuid[],text[],text[],text[],uuid} -> {uuid,integer}
select t.id, t.file_ordinal from task t
where t.job_id = $1 and (t.file_ordinal, t.id) > ($2::int, $7::uuid) and ($3::uuid[] is null or t.id = any($3))
  and ($4::text[] is null or t.file_ref = any($4)) and ($6::text[] is null or t.error_code = any($6))
  and ($5::text[] is null or t.step = any(array(select s.ordinal from job_step s where s.job_id = $1 and s.id = any($5))))
  and t.state in ('FAILED', 'CANCELLED') and (t.input_sha256 is not null or t.parent is not null) order by t.file_ordinal, t.id limit 1000

-- @ TaskPieces withdrawable : {uuid,integer,uuid[],text[],text[],text[],uuid} -> {uuid,integer}
select t.id, t.file_ordinal from task t
where t.job_id = $1 and (t.file_ordinal, t.id) > ($2::int, $7::uuid) and ($3::uuid[] is null or t.id = any($3))
  and ($4::text[] is null or t.file_ref = any($4)) and ($6::text[] is null or t.error_code = any($6))
  and ($5::text[] is null or t.step = any(array(select s.ordinal from job_step s where s.job_id = $1 and s.id = any($5))))
  and t.state = 'DISPATCHED' order by t.file_ordinal, t.id limit 1000

-- @ TaskReader.COLUMNS : {} -> {uuid,uuid,integer,smallint,uuid,integer,text,text,smallint,smallint,smallint,text,uuid,boolean,smallint,boolean,boolean,integer,text,text,bigint,bytea}
select id, job_id, file_ordinal, step, parent, part, operation, state, attempt, max_attempts, allowed_attempts,
       retry_schedule, execution, stopping, losses, coalesce(lease_until < clock_timestamp(), false) as lease_ended, start_time is not null as begun,
       coalesce(percent, 0) as percent,
       input_name, input_type, input_size, input_sha256 from task

-- @ TaskReader.FENCED : {uuid[],uuid[]} -> {uuid}
select execution from attempt where task_id = any($1) and execution = any($2) and end_time is not null

-- @ TaskReader.LOCK_FILES : {uuid[],integer[]} -> {uuid,uuid,integer,smallint,uuid,integer,text,text,smallint,smallint,smallint,text,uuid,boolean,smallint,boolean,boolean,integer,text,text,bigint,bytea}
select id, job_id, file_ordinal, step, parent, part, operation, state, attempt, max_attempts, allowed_attempts,
       retry_schedule, execution, stopping, losses, coalesce(lease_until < clock_timestamp(), false) as lease_ended, start_time is not null as begun,
       coalesce(percent, 0) as percent,
       input_name, input_type, input_size, input_sha256 from task
where (job_id, file_ordinal) in (select * from unnest($1::uuid[], $2::int[])) order by id for update

-- @ TaskReader.LOCK_JOBS : {uuid[]} -> {uuid,text,integer}
select id, owner, blocked from job
where id in (select job_id from task where id = any($1)) order by id for update

-- @ TaskReader.LOCK_TASKS : {uuid[]} -> {uuid,uuid,integer,smallint,uuid,integer,text,text,smallint,smallint,smallint,text,uuid,boolean,smallint,boolean,boolean,integer,text,text,bigint,bytea}
select id, job_id, file_ordinal, step, parent, part, operation, state, attempt, max_attempts, allowed_attempts,
       retry_schedule, execution, stopping, losses, coalesce(lease_until < clock_timestamp(), false) as lease_ended, start_time is not null as begun,
       coalesce(percent, 0) as percent,
       input_name, input_type, input_size, input_sha256 from task
where id = any($1) order by id for update

-- @ TaskReader.STEPS : {uuid[]} -> {uuid,smallint,text,text,text,smallint[],smallint}
select job_id, ordinal, id, operation, parameters, needs, input from job_step where job_id = any($1)

-- @ TaskReader.TASKS : {uuid[]} -> {uuid,uuid,integer,smallint,uuid,integer,text,text,smallint,smallint,smallint,text,uuid,boolean,smallint,boolean,boolean,integer,text,text,bigint,bytea}
select id, job_id, file_ordinal, step, parent, part, operation, state, attempt, max_attempts, allowed_attempts,
       retry_schedule, execution, stopping, losses, coalesce(lease_until < clock_timestamp(), false) as lease_ended, start_time is not null as begun,
       coalesce(percent, 0) as percent,
       input_name, input_type, input_size, input_sha256 from task
where id = any($1)

-- @ TaskViews.COLUMNS : {uuid} -> {integer,text,text,text,smallint,text,integer,text,smallint,smallint,text,smallint,text,"timestamp with time zone","timestamp with time zone",text,text,uuid,text,text,text,smallint,"timestamp with time zone","timestamp with time zone",text}
with offered as materialized (
  select distinct o ->> 'name' as operation from worker w, json_array_elements(w.operations::json) o
  where w.last_seen > now() - interval '2 minutes' and o ->> 'unavailableReason' is null)
select t.file_ordinal, t.file_ref, t.file_name, case when t.parent is not null then t.input_name end as input_name,
       t.step, s.id as step_id, t.part, t.state, t.attempt, t.max_attempts, t.worker, t.percent,
       t.activity, t.start_time, t.end_time, t.result, t.error,
t.id, t.owner, t.task_queue, t.operation, t.priority, t.due_time, j.schedule_time,
case
  when t.state = 'BLOCKED' then 'NEEDED_STEP'
  when t.state not in ('QUEUED', 'RETRYING') then null
  when t.paused or j.paused then 'PAUSED'
  when t.state = 'RETRYING' then 'BACKOFF'
  when j.scheduled then 'SCHEDULED'
  when exists (select 1 from circuit c where c.operation = t.operation and c.open_until is not null) then 'CIRCUIT_OPEN'
  when t.operation not in (select operation from offered) then 'NO_PROCESSOR'
  else 'QUEUE'
end as wait_reason
from task t join job j on j.id = t.job_id join job_step s on s.job_id = t.job_id and s.ordinal = t.step
where t.job_id = $1

-- @ TaskViews.OF_FILES : {uuid,integer,integer} -> {integer,text,text,text,smallint,text,integer,text,smallint,smallint,text,smallint,text,"timestamp with time zone","timestamp with time zone",text,text,uuid,text,text,text,smallint,"timestamp with time zone","timestamp with time zone",text}
with offered as materialized (
  select distinct o ->> 'name' as operation from worker w, json_array_elements(w.operations::json) o
  where w.last_seen > now() - interval '2 minutes' and o ->> 'unavailableReason' is null)
select t.file_ordinal, t.file_ref, t.file_name, case when t.parent is not null then t.input_name end as input_name,
       t.step, s.id as step_id, t.part, t.state, t.attempt, t.max_attempts, t.worker, t.percent,
       t.activity, t.start_time, t.end_time, t.result, t.error,
t.id, t.owner, t.task_queue, t.operation, t.priority, t.due_time, j.schedule_time,
case
  when t.state = 'BLOCKED' then 'NEEDED_STEP'
  when t.state not in ('QUEUED', 'RETRYING') then null
  when t.paused or j.paused then 'PAUSED'
  when t.state = 'RETRYING' then 'BACKOFF'
  when j.scheduled then 'SCHEDULED'
  when exists (select 1 from circuit c where c.operation = t.operation and c.open_until is not null) then 'CIRCUIT_OPEN'
  when t.operation not in (select operation from offered) then 'NO_PROCESSOR'
  else 'QUEUE'
end as wait_reason
from task t join job j on j.id = t.job_id join job_step s on s.job_id = t.job_id and s.ordinal = t.step
where t.job_id = $1
and t.file_ordinal >= $2 and t.file_ordinal < $3
order by t.file_ordinal, t.step, t.part, t.id

-- @ TaskViews.OUTPUTS : {uuid[]} -> {uuid,uuid,text,bigint,text,text,"timestamp with time zone","timestamp with time zone"}
select made_by, id, name, size, media_type, sha256, create_time, delete_time from file
where made_by = any($1) and delete_time is null order by made_by, id

-- @ TaskViews.PAGE : {uuid,text,text,integer,integer,integer,uuid,bigint} -> {integer,text,text,text,smallint,text,integer,text,smallint,smallint,text,smallint,text,"timestamp with time zone","timestamp with time zone",text,text,uuid,text,text,text,smallint,"timestamp with time zone","timestamp with time zone",text}
with offered as materialized (
  select distinct o ->> 'name' as operation from worker w, json_array_elements(w.operations::json) o
  where w.last_seen > now() - interval '2 minutes' and o ->> 'unavailableReason' is null)
select t.file_ordinal, t.file_ref, t.file_name, case when t.parent is not null then t.input_name end as input_name,
       t.step, s.id as step_id, t.part, t.state, t.attempt, t.max_attempts, t.worker, t.percent,
       t.activity, t.start_time, t.end_time, t.result, t.error,
t.id, t.owner, t.task_queue, t.operation, t.priority, t.due_time, j.schedule_time,
case
  when t.state = 'BLOCKED' then 'NEEDED_STEP'
  when t.state not in ('QUEUED', 'RETRYING') then null
  when t.paused or j.paused then 'PAUSED'
  when t.state = 'RETRYING' then 'BACKOFF'
  when j.scheduled then 'SCHEDULED'
  when exists (select 1 from circuit c where c.operation = t.operation and c.open_until is not null) then 'CIRCUIT_OPEN'
  when t.operation not in (select operation from offered) then 'NO_PROCESSOR'
  else 'QUEUE'
end as wait_reason
from task t join job j on j.id = t.job_id join job_step s on s.job_id = t.job_id and s.ordinal = t.step
where t.job_id = $1
and ($2::text is null or t.state = $2) and ($3::text is null or t.file_ref = $3)
and ($4::int is null or (t.file_ordinal, t.step, t.part, t.id) > ($4, $5::int, $6::int, $7::uuid))
order by t.file_ordinal, t.step, t.part, t.id limit $8

-- @ TaskWriter.COUNT_JOBS : {uuid[],integer[],boolean[],integer[],integer[],integer[],integer[],integer[],integer[],integer[],integer[],integer[],boolean[],bytea[]} -> {uuid,boolean,boolean}
with changed as (update job j set
  blocked = j.blocked + c.blocked, queued = j.queued + c.queued, running = j.running + c.running,
  retrying = j.retrying + c.retrying, succeeded = j.succeeded + c.succeeded, failed = j.failed + c.failed,
  cancelled = j.cancelled + c.cancelled, skipped = j.skipped + c.skipped,
  start_time = case when c.begun then coalesce(j.start_time, now()) else j.start_time end,
  end_time = case when j.blocked + j.queued + j.running + j.retrying
                     + c.blocked + c.queued + c.running + c.retrying = 0 then now() end,
  pace_time = case when c.cancelled > 0 or least(c.failed, c.cancelled, c.skipped) < 0 then null
                   when c.begun then coalesce(j.pace_time, now()) else j.pace_time end,
  pace_done = case when c.begun and j.pace_time is null then(select sum(s.weight * (100 * (s.succeeded + s.failed + s.cancelled + s.skipped) + s.open_percent)::bigint)::bigint from job_step s where s.job_id = j.id)                 else j.pace_done end,
pace_ended = case when c.begun and j.pace_time is null
                  then j.succeeded + j.failed + j.cancelled + j.skipped + c.succeeded + c.failed + c.cancelled + c.skipped
                  else j.pace_ended end,
sequence = j.sequence + c.logged::int,
percent = greatest(j.percent,(select percent_done(sum(s.succeeded), sum(s.blocked + s.queued + s.running + s.retrying + s.succeeded + s.failed + s.cancelled + s.skipped),
                     sum(s.weight * (100 * (s.succeeded + s.failed + s.cancelled + s.skipped) + s.open_percent)::bigint)::bigint,
                     sum(s.weight * (s.blocked + s.queued + s.running + s.retrying + s.succeeded + s.failed + s.cancelled + s.skipped)::bigint)::bigint)
 from job_step s where s.job_id = j.id)) from unnest($1::uuid[], $2::int[], $3::bool[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::int[],
            $11::int[], $12::int[], $13::bool[], $14::bytea[])
  as c(job_id, ordinal, begun, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, open_percent, logged, tasks)
where j.id = c.job_id returning j.id, j.sequence, j.owner, j.generation, j.state, j.percent, j.blocked, j.queued, j.running, j.retrying, j.succeeded, j.failed, j.cancelled, j.skipped, c.logged, c.tasks, j.end_time is not null as ended,
  j.end_time is null and j.stop_reason is null and coalesce(j.failed > j.max_failed, false) as over_limit), entry as (insert into job_event (job_id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks) select id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks from changed where logged) select id, ended, over_limit from changed

-- @ TaskWriter.COUNT_STEPS : {uuid[],integer[],boolean[],integer[],integer[],integer[],integer[],integer[],integer[],integer[],integer[],integer[]} -> 
update job_step s set
  blocked = s.blocked + c.blocked, queued = s.queued + c.queued, running = s.running + c.running,
  retrying = s.retrying + c.retrying, succeeded = s.succeeded + c.succeeded, failed = s.failed + c.failed,
  cancelled = s.cancelled + c.cancelled, skipped = s.skipped + c.skipped, begun = s.begun or c.begun,
  open_percent = s.open_percent + c.open_percent,
  percent = greatest(s.percent,percent_done((s.succeeded + c.succeeded), (s.blocked + c.blocked) + (s.queued + c.queued) + (s.running + c.running) + (s.retrying + c.retrying) + (s.succeeded + c.succeeded) + (s.failed + c.failed) + (s.cancelled + c.cancelled) + (s.skipped + c.skipped), 100 * ((s.succeeded + c.succeeded) + (s.failed + c.failed) + (s.cancelled + c.cancelled) + (s.skipped + c.skipped)) + (s.open_percent + c.open_percent), (s.blocked + c.blocked) + (s.queued + c.queued) + (s.running + c.running) + (s.retrying + c.retrying) + (s.succeeded + c.succeeded) + (s.failed + c.failed) + (s.cancelled + c.cancelled) + (s.skipped + c.skipped))) from unnest($1::uuid[], $2::int[], $3::bool[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::int[],
            $11::int[], $12::int[])
  as c(job_id, ordinal, begun, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, open_percent)
where s.job_id = c.job_id and s.ordinal = c.ordinal

-- @ TaskWriter.INSERT_DEAD_LETTERS : {uuid[],uuid[],text[],text[]} -> 
insert into dead_letter (id, kind, task_id, job_id, owner, operation, code, detail)
select c.id, 'TASK', t.id, t.job_id, j.owner, t.operation, c.code, c.detail
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as c(id, task_id, code, detail)
join task t on t.id = c.task_id join job j on j.id = t.job_id
on conflict (task_id) do nothing

-- @ TaskWriter.INSERT_OUTPUTS : {uuid[],text[],text[],bigint[],text[],text[],uuid[]} -> 
insert into file (id, owner, name, size, media_type, sha256, made_by)
select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::uuid[])

-- @ TaskWriter.UPDATE_TASKS : {"double precision",uuid[],text[],integer[],uuid[],text[],bigint[],boolean[],integer[],text[],text[],text[],text[],text[],text[],bigint[],text[],boolean[],integer[],text[]} -> 
update task t set
  state = c.state, attempt = c.attempt, execution = c.execution, stopping = c.stopping, losses = c.losses, worker = coalesce(nullif(c.worker, ''), t.worker),
  lease_until = case when c.state in ('DISPATCHED', 'RUNNING') and c.execution is not null then clock_timestamp() + make_interval(secs => $1::float8) end,
  due_time = case when c.delay is null then t.due_time else now() + c.delay * interval '1 millisecond' end,
  start_time = case when (c.state = 'RUNNING' and not c.stopping) or c.state = 'SUCCEEDED' or (c.state in ('RETRYING', 'FAILED') and c.execution_seen)
                    then coalesce(t.start_time, now()) else t.start_time end,
  end_time = case when c.state in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED') then now() end,
  percent = case when c.state not in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED') then greatest(t.percent, c.percent) end,
  activity = case when c.state = 'RUNNING' then coalesce(nullif(c.activity, ''), t.activity) end,
  checkpoint = coalesce(c.checkpoint, t.checkpoint),
  result = coalesce(c.result, t.result),
  error = case when c.stopping or c.state in ('RETRYING', 'FAILED', 'CANCELLED', 'SKIPPED') then coalesce(c.error, t.error) end,
  error_code = case when c.stopping or c.state in ('RETRYING', 'FAILED', 'CANCELLED', 'SKIPPED')
                    then coalesce(c.error_code, t.error_code) end,
  input_name = coalesce(c.input_name, t.input_name), input_type = coalesce(c.input_type, t.input_type),
  input_size = coalesce(c.input_size, t.input_size), input_sha256 = coalesce(decode(c.input_sha256, 'hex'), t.input_sha256)
from unnest($2::uuid[], $3::text[], $4::int[], $5::uuid[], $6::text[], $7::bigint[], $8::bool[], $9::int[],
            $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::bigint[], $17::text[],
            $18::bool[], $19::int[], $20::text[])
  as c(id, state, attempt, execution, worker, delay, execution_seen, percent,
       activity, checkpoint, result, error, input_name, input_type, input_size, input_sha256, stopping, losses, error_code)
where t.id = c.id

-- @ TaskWriter.UPSERT_ATTEMPTS : {uuid[],uuid[],integer[],text[],boolean[],text[],text[]} -> 
insert into attempt as a (execution, task_id, number, worker, start_time, end_time, outcome, error)
select c.execution, c.task_id, c.number, c.worker, case when c.outcome not in ('RELEASED', 'STOPPED') then now() end,
       case when c.ended then now() end, c.outcome, c.error
from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::bool[], $6::text[], $7::text[])
  as c(execution, task_id, number, worker, ended, outcome, error)
on conflict (task_id, execution) do update
  set end_time = excluded.end_time, outcome = excluded.outcome, error = excluded.error
  where a.end_time is null

-- @ TimerStore.DEADLINE_PASSED : {bigint} -> {uuid}
select id from job where end_time is null and stop_reason is null and deadline is not null
  and deadline <= clock_timestamp() order by deadline limit $1

-- @ TimerStore.LEASE_ENDED : {bigint} -> {uuid}
select id from task where state in ('DISPATCHED', 'RUNNING') and lease_until < clock_timestamp() order by lease_until limit $1

-- @ TimerStore.OVER_LIMIT : {bigint} -> {uuid}
select id from job where end_time is null and stop_reason is null and failed > max_failed order by id limit $1

-- @ TimerStore.RETRY_DUE : {bigint} -> {uuid}
select id from task where state = 'RETRYING' and due_time <= clock_timestamp() order by due_time limit $1

-- @ TimerStore.SCHEDULE_DUE : {bigint} -> {uuid}
select id from job where scheduled and schedule_time <= clock_timestamp() order by schedule_time limit $1

-- @ Unblocker.COPY_TASKS : {uuid[],uuid[],uuid[],integer[]} -> 
insert into task (id, job_id, file_ordinal, file_ref, file_name, step, parent, part, operation, task_queue, owner, priority,
                  state, max_attempts, allowed_attempts, retry_schedule, held, paused)
select c.id, t.job_id, t.file_ordinal, t.file_ref, t.file_name, t.step, c.parent, c.part, t.operation, t.task_queue,
       t.owner, t.priority, 'BLOCKED', t.allowed_attempts, t.allowed_attempts, t.retry_schedule, t.held, t.paused
from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[]) as c(id, like_id, parent, part)
join task t on t.id = c.like_id

-- @ UploadStore.INSERT : {text,uuid[],text[],bigint[],text[],text[]} -> {uuid,text,bigint,text,text,"timestamp with time zone"}
insert into file (id, owner, name, size, media_type, sha256)
select u.id, $1, u.name, u.size, u.media_type, u.sha256
from unnest($2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::text[])
  with ordinality as u(id, name, size, media_type, sha256, ordinal)
order by u.ordinal
returning id, name, size, media_type, sha256, create_time

-- @ UploadStore.LET_GO : {text} -> 
insert into unreferenced_content (sha256) values ($1) on conflict (sha256) do nothing

-- @ WebhookDeliveryStore.ADD_TEST : {uuid,text} -> {uuid,uuid,text,bigint,uuid,text,text,"timestamp with time zone","timestamp with time zone","timestamp with time zone"}
insert into webhook_delivery (endpoint_id, event_type, state, due_time)
select id, $2, 'PENDING', now() from webhook_endpoint where id = $1 and disabled_time is null
returning id, endpoint_id, event_type, sequence, job_id, state, error_code, create_time, due_time, end_time

-- @ WebhookDeliveryStore.AGAIN : {} -> 
update webhook_delivery set
  state = 'PENDING', error_code = null, end_time = null,
  used_attempts = case when under_way then used_attempts else 0 end,
  due_time = case when under_way then due_time else now() end

-- @ WebhookDeliveryStore.ATTEMPTS : {uuid[]} -> {uuid,integer,"timestamp with time zone",bigint,integer,text}
select a.* from webhook_attempt a join webhook_delivery d on d.id = a.delivery_id
where d.id = any($1) and a.number > d.attempt - 100 order by a.number

-- @ WebhookDeliveryStore.FIND : {uuid,uuid} -> {uuid,uuid,text,bigint,uuid,text,text,"timestamp with time zone","timestamp with time zone","timestamp with time zone"}
select id, endpoint_id, event_type, sequence, job_id, state, error_code, create_time, due_time, end_time from webhook_delivery where endpoint_id = $1 and id = $2

-- @ WebhookDeliveryStore.LIST : {uuid,text,text,bigint,bigint} -> {uuid,uuid,text,bigint,uuid,text,text,"timestamp with time zone","timestamp with time zone","timestamp with time zone"}
select id, endpoint_id, event_type, sequence, job_id, state, error_code, create_time, due_time, end_time from webhook_delivery
where endpoint_id = $1 and ($2::text is null or state = $2) and ($3::text is null or event_type = $3)
  and ($4::bigint is null or sequence < $4) order by sequence desc limit $5

-- @ WebhookDeliveryStore.PRUNE : {integer} -> 
delete from webhook_delivery where end_time < now() - make_interval(secs => $1::int)

-- @ WebhookDeliveryStore.REDELIVER_FAILED : {uuid,"timestamp with time zone",bigint} -> 
update webhook_delivery set
  state = 'PENDING', error_code = null, end_time = null,
  used_attempts = case when under_way then used_attempts else 0 end,
  due_time = case when under_way then due_time else now() end
where id in (select id from webhook_delivery
             where endpoint_id = $1 and state = 'FAILED' and end_time >= $2 order by sequence limit $3 for update)

-- @ WebhookDeliveryStore.REDELIVER_ONE : {uuid,uuid} -> 
update webhook_delivery set
  state = 'PENDING', error_code = null, end_time = null,
  used_attempts = case when under_way then used_attempts else 0 end,
  due_time = case when under_way then due_time else now() end
where endpoint_id = $1 and id = $2

-- @ WebhookEndpointStore.COUNT : {text} -> {integer}
select count(*)::int as endpoints from webhook_endpoint where owner = $1

-- @ WebhookEndpointStore.DELETE : {uuid,text} -> 
delete from webhook_endpoint where id = $1 and owner = $2

-- @ WebhookEndpointStore.ENABLE : {uuid,text} -> {uuid,text,text,text[],text,text[],boolean,text,"timestamp with time zone",text,"timestamp with time zone","timestamp with time zone"}
update webhook_endpoint set disabled_time = null, disabled_reason = null where id = $1 and owner = $2 returning id, kind, url, recipients, description, event_types, named_jobs_only, secret, disabled_time, disabled_reason, create_time,
case when previous_secret_expire_time > now() then previous_secret_expire_time end as previous_secret_expire_time

-- @ WebhookEndpointStore.FIND : {uuid,text} -> {uuid,text,text,text[],text,text[],boolean,text,"timestamp with time zone",text,"timestamp with time zone","timestamp with time zone"}
select id, kind, url, recipients, description, event_types, named_jobs_only, secret, disabled_time, disabled_reason, create_time,
case when previous_secret_expire_time > now() then previous_secret_expire_time end as previous_secret_expire_time
from webhook_endpoint where id = $1 and owner = $2

-- @ WebhookEndpointStore.INSERT : {uuid,text,text,text,text[],boolean,text,text,text[]} -> {uuid,text,text,text[],text,text[],boolean,text,"timestamp with time zone",text,"timestamp with time zone","timestamp with time zone"}
insert into webhook_endpoint (id, owner, url, description, event_types, named_jobs_only, secret, kind, recipients)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id, kind, url, recipients, description, event_types, named_jobs_only, secret, disabled_time, disabled_reason, create_time,
case when previous_secret_expire_time > now() then previous_secret_expire_time end as previous_secret_expire_time

-- @ WebhookEndpointStore.LIST : {text,uuid,bigint} -> {uuid,text,text,text[],text,text[],boolean,text,"timestamp with time zone",text,"timestamp with time zone","timestamp with time zone"}
select id, kind, url, recipients, description, event_types, named_jobs_only, secret, disabled_time, disabled_reason, create_time,
case when previous_secret_expire_time > now() then previous_secret_expire_time end as previous_secret_expire_time
from webhook_endpoint where owner = $1 and ($2::uuid is null or id < $2) order by id desc limit $3

-- @ WebhookEndpointStore.LOCK_OWNER : {text} -> {void}
select pg_advisory_xact_lock(hashtextextended($1::text, 8))

-- @ WebhookEndpointStore.ROTATE : {uuid,text,text,integer} -> {uuid,text,text,text[],text,text[],boolean,text,"timestamp with time zone",text,"timestamp with time zone","timestamp with time zone"}
update webhook_endpoint set previous_secret = secret, secret = $3,
  previous_secret_expire_time = now() + make_interval(secs => $4::int) where id = $1 and owner = $2 returning id, kind, url, recipients, description, event_types, named_jobs_only, secret, disabled_time, disabled_reason, create_time,
case when previous_secret_expire_time > now() then previous_secret_expire_time end as previous_secret_expire_time

-- @ WishStore.BEGIN : {uuid} -> {uuid}
with changed as (update job j set scheduled = false, sequence = sequence + 1 where id = $1 returning j.id, j.sequence, j.owner, j.generation, j.state, j.percent, j.blocked, j.queued, j.running, j.retrying, j.succeeded, j.failed, j.cancelled, j.skipped, true as logged, null::bytea as tasks), entry as (insert into job_event (job_id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks) select id, sequence, owner, generation, state, percent, blocked, queued, running, retrying, succeeded, failed, cancelled, skipped, tasks from changed where logged) select id from changed

-- @ WishStore.COLUMNS : {} -> {uuid,text,"timestamp with time zone",boolean,boolean}
select id, state, delete_time, paused, scheduled from job

-- @ WishStore.LOCK_DUE : {uuid} -> {uuid,text,"timestamp with time zone",boolean,boolean}
select id, state, delete_time, paused, scheduled from job where id = $1 and scheduled and schedule_time <= clock_timestamp() for update

-- @ WishStore.LOCK_EXPIRED : {uuid} -> {uuid,text,"timestamp with time zone",boolean,boolean}
select id, state, delete_time, paused, scheduled from job where id = $1 and end_time is null and stop_reason is null and deadline <= clock_timestamp() for update

-- @ WishStore.LOCK_OVER_LIMIT : {uuid} -> {uuid,text,"timestamp with time zone",boolean,boolean}
select id, state, delete_time, paused, scheduled from job where id = $1 and end_time is null and stop_reason is null and failed > max_failed for update

-- @ WishStore.LOCK_OWNED : {uuid,text} -> {uuid,text,"timestamp with time zone",boolean,boolean}
select id, state, delete_time, paused, scheduled from job where id = $1 and owner = $2 for update

-- @ WorkerStore.ANNOUNCED : {text,text,integer,text,text} -> 
insert into worker (id, task_queue, slots, isolation, operations, last_seen) values ($1, $2, $3, $4, $5, now())
on conflict (id) do update set task_queue = excluded.task_queue, slots = excluded.slots,
  isolation = excluded.isolation, operations = excluded.operations, last_seen = excluded.last_seen

-- @ WorkerStore.FORGET : {} -> 
delete from worker where last_seen < now() - interval '1 day'

-- @ WorkerStore.LIVE : {} -> {text}
select operations from worker where last_seen > now() - interval '2 minutes' order by id

-- @ WorkerStore.SLOTS : {} -> {text,integer}
select task_queue, least(sum(slots), 1000000)::int as slots from worker
where last_seen > now() - interval '1 minute' group by task_queue

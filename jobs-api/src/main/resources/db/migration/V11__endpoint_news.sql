-- Owners are told at their other endpoints of one that was disabled because of how it answered.
alter table webhook_delivery
    add column disabled_endpoint uuid,                      -- what it tells of, neither a job nor a test; it may be deleted meanwhile
    add column disabled_reason   text check (disabled_reason in ('GONE', 'EXHAUSTED')),
    add check ((disabled_endpoint is null) = (disabled_reason is null)),
    add check (disabled_endpoint is null or job_id is null);

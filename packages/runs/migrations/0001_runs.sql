create schema if not exists app_runs;

-- Long work over many keys: one row per run, one per part of it that a replica can take.
create table app_runs.runs (
  run_id uuid primary key,
  kind text not null,
  -- what the run is about: the same key while it is at work, or ever when it runs once, is the same run
  key text not null,
  params jsonb not null,
  state text not null check (state in ('processing', 'failed', 'done')),
  phase int not null default 1,
  total bigint,
  problem text,
  actor text not null,
  correlation_id text not null,
  business_date date not null,
  started_at timestamptz not null,
  finished_at timestamptz
);
create unique index runs_at_work on app_runs.runs (kind, key) where state = 'processing';
create index runs_key on app_runs.runs (kind, key, started_at desc);
create index runs_kind on app_runs.runs (kind, started_at desc);

-- A range of keys: after one, through another (null: to the end). The cursor is the last key whose work is committed.
create table app_runs.parts (
  run_id uuid not null references app_runs.runs on delete cascade,
  phase int not null,
  part int not null,
  after_key text,
  through_key text,
  cursor text,
  counts jsonb not null default '{}',
  done boolean not null default false,
  -- the replica that has the part, until when, and how often it changed hands: an old holder can no longer commit
  holder uuid,
  lease_until timestamptz not null default '-infinity',
  term int not null default 0,
  primary key (run_id, phase, part)
);

-- Keys whose work failed when it was tried alone: the run went on without them.
create table app_runs.failures (
  run_id uuid not null references app_runs.runs on delete cascade,
  phase int not null,
  key text not null,
  code text not null,
  detail text not null,
  failed_at timestamptz not null,
  primary key (run_id, phase, key)
);

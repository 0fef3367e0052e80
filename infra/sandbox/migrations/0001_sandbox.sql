-- State of a sandbox that belongs to no service: the business date, and which steps of a demonstration are done.
create schema if not exists app;

create table app.clock (
  only_row boolean primary key default true check (only_row),
  business_date date not null
);

-- A step is done when its row is here; the effects of a step are idempotent, so a kill in the middle costs a repetition.
create table app.steps (
  plan text not null,
  step text not null,
  done_at timestamptz not null,
  result jsonb not null,
  primary key (plan, step)
);

-- One key per person. Lives in its own database with its own role and a short backup retention: a restored backup
-- would bring a destroyed key back. The row of a destroyed key stays, so that nobody makes the person a new one.
create schema if not exists privacy;

create table privacy.keys (
  subject_id   text primary key,
  key_id       text not null unique,
  wrapped      bytea,
  created_at   timestamptz not null default clock_timestamp(),
  destroyed_at timestamptz,
  constraint destroyed_means_gone check ((wrapped is null) = (destroyed_at is not null))
);

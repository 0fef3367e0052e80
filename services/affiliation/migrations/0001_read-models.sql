create schema if not exists app;

-- Who a number belongs to: keyed hashes only. The primary key is what makes a number unique over all persons, because the
-- row is written in the transaction that appends the event.
create table app.insz_index (
  insz_index  text    primary key,
  person_id   uuid    not null,
  replaced    boolean not null default false
);
create index insz_index_person on app.insz_index (person_id);

-- Affiliations per person, for tenant checks and lists; written with the event.
create table app.affiliations (
  affiliation_id uuid primary key,
  person_id      uuid not null,
  insurer        text not null,
  ziekenfonds    text not null,
  valid_from     date not null,
  valid_to       date,
  reason         text
);
create index affiliations_person on app.affiliations (person_id, valid_from);
-- the decider promises it; here a defect of the decider would stop
create unique index affiliations_one_open on app.affiliations (person_id) where valid_to is null;

-- Erasures whose key is still to be destroyed, so that a stop between event and key is taken up again.
create table app.erasures (
  person_id    uuid        primary key,
  requested_at timestamptz not null,
  done_at      timestamptz
);

-- Bulk imports. Lines rest sealed under a key of the import that is destroyed at its end.
create table app.member_imports (
  import_id    uuid        primary key,
  -- key of the sealed lines, destroyed when they were worked through or the upload broke off
  key_id       uuid        not null,
  state        text        not null check (state in ('receiving', 'running', 'completed')),
  actor        text        not null,
  insurer      text,
  ziekenfonds  text,
  started_at   timestamptz not null,
  finished_at  timestamptz,
  lines        bigint      not null default 0,
  handled      bigint      not null default 0,
  imported     bigint      not null default 0,
  repeated     bigint      not null default 0,
  refused      bigint      not null default 0
);
create index member_imports_open on app.member_imports (state) where state <> 'completed';

create table app.member_import_batches (
  import_id  uuid    not null references app.member_imports,
  batch      integer not null,
  first_line bigint  not null,
  content    text    not null,
  primary key (import_id, batch)
);

create table app.member_import_issues (
  import_id uuid   not null references app.member_imports,
  line      bigint not null,
  code      text   not null,
  params    jsonb  not null,
  primary key (import_id, line)
);

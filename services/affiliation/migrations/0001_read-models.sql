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

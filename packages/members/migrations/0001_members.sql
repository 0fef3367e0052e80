create schema if not exists app_members;

-- What the affiliation service told of persons: one row per event, only added. After an erasure of the birth date only
-- the year is kept. thing_id: the affiliation or the capacity.
create table app_members.facts (
  event_id uuid primary key,
  person_id uuid not null,
  kind text not null check (kind in ('opened', 'closed', 'acquired', 'ended', 'requested', 'refused', 'died', 'erased', 'affiliationCorrected',
    'affiliationWithdrawn', 'capacityCorrected', 'capacityWithdrawn', 'personCorrected')),
  recorded_at timestamptz not null,
  sequence bigint not null,
  insurer text not null,
  ziekenfonds text not null,
  thing_id uuid,
  capacity text,
  role text check (role in ('holder', 'dependant')),
  from_day date,
  to_day date,
  acquired_on date,
  requested_on date,
  holder_id uuid,
  waiting_for text,
  repairs_year int,
  birth_date date,
  died_on date
);
create index facts_person on app_members.facts (person_id);

-- The fold of the facts of a person, values in a fixed order (src/store/stored-member.ts): files read millions of them.
create table app_members.persons (
  person_id uuid primary key,
  member json not null
) with (fillfactor = 80);

-- Every number a person ever had leads to the person, until an erasure. The triple says which event told it last.
create table app_members.identifiers (
  insz_index text collate "C" primary key,
  person_id uuid not null,
  recorded_at timestamptz not null,
  sequence bigint not null,
  event_id uuid not null
);
create index identifiers_person on app_members.identifiers (person_id);

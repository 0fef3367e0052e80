-- Read models of the rights service. Everything here can be rebuilt from the facts and the es schema.
create schema if not exists app;

-- How reference years stand, one row per event of the contributions service, never changed: answers for an earlier knownAt
-- fold these with the facts of members (app_members).
create table app.facts (
  event_id uuid primary key,
  person_id uuid not null,
  kind text not null,
  recorded_at timestamptz not null,
  sequence bigint not null,
  received_at timestamptz not null,
  -- as text: nothing looks inside but a proof
  data json not null
);
create index facts_person on app.facts (person_id, recorded_at);

-- Everything that was told of a person, by whichever service.
create view app.all_facts as
select event_id, person_id, kind, recorded_at from app.facts
union all
select event_id, person_id, kind, recorded_at from app_members.facts;

-- The facts of a person folded, so that bulk runs read one row per person: values in a fixed order, kept as text. A dossier that
-- is null: a person who was only locked so far, of whom nothing is known.
create table app.persons (
  person_id uuid primary key,
  insurer text,
  ziekenfonds text,
  decided_through int not null,
  dependant boolean not null default false,
  dossier json
);

create table app.dependants (
  holder_id uuid not null,
  dependant_id uuid not null,
  primary key (holder_id, dependant_id)
);
-- A rebuild takes persons in key order, dependants among them.
create index dependants_dependant on app.dependants (dependant_id);

-- Decisions in force on which no day rests (refusals, and what death or a transfer left no day of): the others are told by their
-- days. `year` is the one the decision is filed under; the grounds are in the event of the same id.
create table app.decisions (
  decision_id uuid not null,
  person_id uuid not null,
  year int not null,
  kind text not null,
  outcome text not null,
  from_day date not null,
  to_day date not null,
  capacity text not null,
  ground text not null,
  primary key (person_id, decision_id)
);

-- Days in order. The answer to an insurability question is one look-up here.
create table app.periods (
  person_id uuid not null,
  from_day date not null,
  to_day date not null,
  insurer text not null,
  ziekenfonds text not null,
  capacity text not null,
  ground text not null,
  decision_id uuid not null,
  year int not null,
  primary key (person_id, from_day)
);

create table app.warnings (
  person_id uuid not null,
  year int not null,
  reference_year int not null,
  short_cents bigint not null,
  payable_until date not null,
  warned_on date not null,
  insurer text not null,
  ziekenfonds text not null,
  primary key (person_id, year)
);
create index warnings_ziekenfonds on app.warnings (ziekenfonds, year, person_id);

-- What the landsbond keeps. Facts are one compact row per event of another service and are never changed: every return is a
-- fold of those up to a position. All other tables can be made again from the facts and the es schema.
create schema if not exists app;

-- How far every partition was taken in. All facts up to "offset" are stored once this row says so.
create table app.positions (
  topic text not null,
  partition smallint not null,
  "offset" bigint not null,
  events bigint not null,
  primary key (topic, partition)
);

-- Facts of ziv.<insurer>.affiliation.v1. thing_id is the affiliation or the capacity; a death has none, its day is to_day.
-- Nothing here is personal but the pseudonymous person id.
create table app.member_facts (
  insurer text not null,
  partition smallint not null,
  "offset" bigint not null,
  event_id uuid not null,
  person_id uuid not null,
  thing_id uuid,
  recorded_at timestamptz not null,
  sequence bigint not null,
  from_day date,
  to_day date,
  acquired_on date,
  capacity text collate "C",
  ziekenfonds text not null,
  kind text not null check (kind in ('opened', 'closed', 'affiliationCorrected', 'affiliationWithdrawn', 'requested', 'refused',
    'acquired', 'ended', 'capacityCorrected', 'capacityWithdrawn', 'died', 'personCorrected')),
  primary key (insurer, partition, "offset")
);
-- the fold of a return reads one ziekenfonds; the pages behind a figure walk its persons in order
create index member_facts_ziekenfonds on app.member_facts (ziekenfonds, person_id);
-- the consumer folds the persons of a batch
create index member_facts_person on app.member_facts (person_id);
create index member_facts_ends on app.member_facts (ziekenfonds, thing_id) where kind in ('closed', 'ended');
create index member_facts_deaths on app.member_facts (insurer, person_id) where kind in ('died', 'personCorrected');

-- Facts of ziv.<insurer>.rights.v1: the days in order as they stood after the event; the newest up to a position counts.
create table app.right_facts (
  insurer text not null,
  partition smallint not null,
  "offset" bigint not null,
  event_id uuid not null,
  person_id uuid not null,
  recorded_at timestamptz not null,
  ziekenfonds text not null,
  periods datemultirange not null,
  primary key (insurer, partition, "offset")
);
create index right_facts_person on app.right_facts (insurer, person_id, "offset" desc);

-- Facts of ziv.<insurer>.contributions.v1: day is the business day on which the contribution was recorded.
create table app.slip_facts (
  insurer text not null,
  partition smallint not null,
  "offset" bigint not null,
  event_id uuid not null,
  person_id uuid not null,
  amount_cents bigint not null,
  recorded_at timestamptz not null,
  day date not null,
  ziekenfonds text not null,
  primary key (insurer, partition, "offset")
);
create index slip_facts_day on app.slip_facts (ziekenfonds, day, partition, "offset");

-- Facts of ziv.<insurer>.reimbursement.v1: settled claims by the business day of the settlement.
create table app.claim_facts (
  insurer text not null,
  partition smallint not null,
  "offset" bigint not null,
  event_id uuid not null,
  person_id uuid not null,
  intervention_cents bigint not null,
  patient_share_cents bigint not null,
  supplement_cents bigint not null,
  recorded_at timestamptz not null,
  day date not null,
  ziekenfonds text not null,
  primary key (insurer, partition, "offset")
);
create index claim_facts_day on app.claim_facts (ziekenfonds, day, partition, "offset");

-- The business day that the current counts are about. It moves when a batch, a reader or a proof finds the clock ahead.
create table app.business_day (
  only_row boolean primary key default true check (only_row),
  day date not null
);
insert into app.business_day (day) values ('1900-01-01');

-- Members and members in order on the business day. One row per partition number, so that lanes never wait for each
-- other's counts. capacity '-': a member whose capacity is not known (yet).
create table app.member_counts (
  insurer text not null,
  ziekenfonds text not null,
  capacity text collate "C" not null,
  partition smallint not null,
  members bigint not null,
  insured bigint not null,
  changed_tx xid8 not null default pg_current_xact_id(),
  primary key (insurer, ziekenfonds, capacity, partition)
);

-- What the facts known now will change in the counts on later days.
create table app.member_changes_to_come (
  day date not null,
  insurer text not null,
  ziekenfonds text not null,
  capacity text collate "C" not null,
  partition smallint not null,
  members bigint not null,
  insured bigint not null,
  primary key (day, insurer, ziekenfonds, capacity, partition)
);

create view app.members_now as
select insurer, ziekenfonds, capacity, sum(members)::bigint as members, sum(insured)::bigint as insured
from app.member_counts
group by insurer, ziekenfonds, capacity
having sum(members) <> 0;

-- Slips and claims per month, as taken in so far.
create table app.month_amounts (
  insurer text not null,
  ziekenfonds text not null,
  month text not null,
  partition smallint not null,
  slips bigint not null,
  claims bigint not null,
  intervention_cents bigint not null,
  patient_share_cents bigint not null,
  supplement_cents bigint not null,
  changed_tx xid8 not null default pg_current_xact_id(),
  primary key (insurer, ziekenfonds, month, partition)
);
create index month_amounts_month on app.month_amounts (month, ziekenfonds);

create table app.returns (
  return_id uuid primary key,
  insurer text not null,
  ziekenfonds text not null,
  month text not null,
  attempt int not null,
  state text not null check (state in ('submitted', 'accepted', 'refused')),
  submitted_on date not null,
  decided_on date,
  reason text,
  figures jsonb not null,
  positions jsonb not null,
  -- the law's order of advantage by which its members were counted: it is proved by the law it was made with
  places jsonb not null,
  stream_version int not null,
  changed_tx xid8 not null default pg_current_xact_id(),
  unique (ziekenfonds, month, attempt)
);
create index returns_insurer on app.returns (insurer, ziekenfonds, month, attempt);

-- How strongly a capacity claims a person on a day, as nineteen digits, and its code behind them; the greatest text wins. Open on
-- the day beats ended beats still to come. Among open ones the most advantageous by the places of the law, then the one that began
-- last, then acquired last; of ended ones first those that ended last, of those to come the first. A capacity without a place goes
-- last. Written out in full in src/domain/membership.ts.
create function app.capacity_claim(advantage bigint, capacity text, from_day date, to_day date, acquired_on date, asked date)
returns text language sql immutable parallel safe as $$
  -- one expression without a subquery: only such a function is written into the query that calls it, for every row of a fold
  select lpad((case
    when from_day > asked then (1::bigint << 60) + ((4194303 - (from_day - date '1800-01-01'))::bigint << 38)
      + (advantage << 22) + (coalesce(acquired_on, from_day) - date '1800-01-01')
    when to_day < asked then (2::bigint << 60) + ((to_day - date '1800-01-01')::bigint << 38)
      + (advantage << 22) + (from_day - date '1800-01-01')
    else (3::bigint << 60) + (advantage << 44) + ((from_day - date '1800-01-01')::bigint << 22)
      + (coalesce(acquired_on, from_day) - date '1800-01-01')
  end)::text, 19, '0') || capacity
$$;

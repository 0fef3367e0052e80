-- Read models and work tables of the reimbursement service. No INSZ, name or account rests here in the clear: keyed
-- hashes to find a person, sealed texts for what an answer must repeat.
create schema if not exists app;

-- The newest statement of rights per person: it carries the whole timeline and replaces the one before.
create table app.insurability (
  person_id uuid primary key,
  recorded_at timestamptz not null,
  sequence bigint not null,
  event_id uuid not null,
  periods jsonb not null
);

-- Increased intervention and global medical file, as the streams patientStatus-<person> fold.
create table app.statuses (
  status_id uuid primary key,
  person_id uuid not null,
  kind text not null check (kind in ('increasedIntervention', 'globalMedicalFile', 'chronicIllness')),
  valid_from date not null,
  valid_to date,
  evidence text not null,
  recorded_at timestamptz not null
);
create index statuses_person on app.statuses (person_id, kind, valid_from);

-- Lists of tariffs whose rows are in force: the one that comes with the service, and those of files.
create table app.tariff_imports (
  import_id uuid primary key,
  -- the same list twice: once another one came in between, its rows take over again
  file_hash bytea not null,
  origin text not null,
  rows_added integer not null,
  imported_at timestamptz not null
);

-- Append-only: the row in force on a day is the one that starts last before it, the newest recorded of those. So a new row
-- closes the older one from its first day on, and what was known earlier stays.
create table app.tariffs (
  tariff_id bigint generated always as identity primary key,
  code text collate "C" not null check (code ~ '^\d{6}$'),
  valid_from date not null,
  valid_to date,
  reliable_to date,
  profession text not null,
  fee_cents bigint not null check (fee_cents >= 0),
  amounts jsonb not null,
  patient_share_parameter text,
  referral_reduces boolean not null default false,
  source text not null,
  confidence text not null check (confidence in ('verified', 'secondary', 'derived', 'assumed')),
  recorded_at timestamptz not null,
  import_id uuid not null references app.tariff_imports
);
create index tariffs_code on app.tariffs (code, valid_from, tariff_id);

create table app.staged_fees (
  import_id uuid not null,
  code text collate "C" not null,
  fee_code text collate "C" not null,
  valid_from date not null,
  valid_to date,
  amount_cents bigint not null,
  document text
);
create index staged_fees_import on app.staged_fees (import_id, code, valid_from);

-- The records of a file as they were sent, the number of the patient masked; `patient` holds it sealed. Sequence 0 is what
-- stands before the first invoice, the highest one what follows the last. `verdict` is what the controls found, in a short form of our own.
create table app.staged_invoices (
  file_id uuid not null,
  sequence integer not null,
  destination text not null,
  -- ziekenfonds of the patient, when known: a ziekenfonds sees its own members only
  ziekenfonds text,
  first_record integer not null,
  records text not null,
  patient_subject text,
  patient json,
  verdict text not null,
  asked_cents bigint not null default 0,
  paid_cents bigint not null default 0,
  primary key (file_id, sequence)
)
with (toast_tuple_target = 8160);
-- an invoice stays in one row as long as it fits; compressing it would cost more time than anything else in the intake
alter table app.staged_invoices alter column records set storage external, alter column verdict set storage external;

-- One row per claim; its content is the stream claim-<id>.
create table app.claims (
  claim_id uuid primary key,
  person_id uuid,
  insurer text,
  ziekenfonds text,
  provider_number text not null,
  channel text not null check (channel in ('rest', 'efact')),
  file_id uuid,
  sequence integer,
  first_care_date date not null,
  recorded_at timestamptz not null,
  accepted_lines integer not null,
  refused_lines integer not null,
  intervention_cents bigint not null
);
create index claims_person on app.claims (person_id, recorded_at, claim_id);

-- Care that was paid, once: what makes the same service twice a duplicate.
create table app.settled_lines (
  person_id uuid not null,
  -- the eight digits that identify a provider: another qualification code is no other provider
  provider text collate "C" not null check (length(provider) = 8),
  nomenclature text collate "C" not null,
  care_date date not null,
  -- tooth and repetition on one day (zones 29 and 23): the same service may be given more than once
  variant text collate "C" not null,
  claim_id uuid not null,
  line integer not null,
  units integer not null,
  intervention_cents bigint not null,
  patient_share_cents bigint not null,
  supplement_cents bigint not null,
  -- looking up what was paid goes by the days of care of one patient
  primary key (person_id, care_date, provider, nomenclature, variant)
);

-- The paid services of many patients, each between two days. Always patient by patient on the index: while a first large
-- file is taken in the table is believed to be empty, and any other plan reads all of it for every chunk.
create function app.settled_between(p_persons uuid[], p_first date[], p_last date[])
  returns setof app.settled_lines
  language plpgsql stable
  set enable_seqscan = off
  as $$
  begin
    return query
      select s.* from unnest(p_persons, p_first, p_last) as w (person_id, first_day, last_day)
       cross join lateral (
         select * from app.settled_lines k
          where k.person_id = w.person_id and k.care_date between w.first_day and w.last_day offset 0) s;
  end
  $$;

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
  kind text not null check (kind in ('increasedIntervention', 'globalMedicalFile')),
  valid_from date not null,
  valid_to date,
  evidence text not null,
  recorded_at timestamptz not null
);
create index statuses_person on app.statuses (person_id, kind, valid_from);

create table app.tariff_imports (
  import_id uuid primary key,
  file_hash bytea not null unique,
  origin text not null,
  rows_read integer not null default 0,
  rows_added integer not null default 0,
  rows_unchanged integer not null default 0,
  issues jsonb not null default '[]',
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

create sequence app.arrival_seq;

create table app.invoice_files (
  file_id uuid primary key,
  arrival bigint not null,
  state text not null check (state in ('receiving', 'received', 'settled', 'tested', 'refused')),
  -- marked as a test by its sender (zone 202 = 92): controlled and answered, never settled
  is_test boolean not null default false,
  -- answer that follows from the controls: settlement, accepted in preliminary control (a test), refusal after blocking errors,
  -- refusal on form
  answer_kind text check (answer_kind in ('920900', '920098', '920099', '920999')),
  file_name text,
  file_hash bytea,
  size_bytes bigint not null default 0,
  -- numbers that may read the file: who is paid by it and who bills in it
  provider_numbers text[] not null default '{}',
  -- facts of the segments 200 and 300 (they name a contact) under the key of the file
  header jsonb,
  invoices integer not null default 0,
  lines integer not null default 0,
  error_lines integer not null default 0,
  blocking_errors integer not null default 0,
  accepted_lines integer not null default 0,
  refused_lines integer not null default 0,
  asked_cents bigint not null default 0,
  paid_cents bigint not null default 0,
  done_until integer not null default 0,
  today date not null,
  actor text not null,
  correlation_id text not null,
  received_at timestamptz not null,
  completed_at timestamptz,
  -- while 'receiving': whoever reads the file moves this forward; when it passed, the upload is dead and is swept
  lease_until timestamptz,
  check (completed_at is null or lines = accepted_lines + refused_lines)
);
-- the same file twice is the same file
create unique index invoice_files_hash on app.invoice_files (file_hash) where file_hash is not null;
create index invoice_files_open on app.invoice_files (arrival) where completed_at is null;
create index invoice_files_provider on app.invoice_files using gin (provider_numbers);

-- The part of each destination in a file.
create table app.invoice_file_parts (
  file_id uuid not null,
  destination text not null,
  insurer text not null,
  records integer not null default 0,
  lines integer not null default 0,
  asked_cents bigint not null default 0,
  accepted_lines integer not null default 0,
  refused_lines integer not null default 0,
  paid_cents bigint not null default 0,
  primary key (file_id, destination)
);

-- The records of a file as they were sent, the number of the patient masked; `patient` holds it sealed. Sequence 0 is what
-- stands before the first invoice, the highest one what follows the last. `verdict` is what the controls found.
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
  verdict json not null,
  primary key (file_id, sequence)
)
with (toast_tuple_target = 8160);
-- an invoice stays in one row as long as it fits; compressing it would cost more time than anything else in the intake
alter table app.staged_invoices alter column records set storage external, alter column verdict set storage external;

create table app.invoice_issues (
  file_id uuid not null,
  sequence integer not null,
  -- place within the invoice
  number integer not null,
  destination text not null,
  ziekenfonds text,
  record integer not null,
  line integer,
  code text not null,
  letter text,
  nl text not null,
  fr text not null,
  de text not null,
  en text not null,
  primary key (file_id, sequence, number)
);

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
  primary key (person_id, provider, nomenclature, care_date, variant)
);

-- Read models and work tables of the contributions service. No INSZ, name or account rests here: only keyed hashes.
create schema if not exists app;

-- Locked in SHARE mode by whoever adds identifiers and in ROW EXCLUSIVE mode by whoever lets a contribution wait: the two
-- exclude each other, so that a person who appears at the same moment as a slip never misses it. Always empty.
create table app.matching_gate (nothing boolean);

create sequence app.arrival_seq;

create table app.slip_intakes (
  intake_id uuid primary key,
  arrival bigint not null,
  state text not null check (state in ('receiving', 'received', 'accepted', 'partiallyAccepted', 'rejected')),
  format text not null check (format in ('dmfa', 'jsonl', 'csv')),
  file_name text,
  file_hash bytea,
  size_bytes bigint not null default 0,
  records integer not null default 0,
  without_slip integer not null default 0,
  received integer not null default 0,
  recorded integer not null default 0,
  unchanged integer not null default 0,
  waiting integer not null default 0,
  refused integer not null default 0,
  -- last INSZ index whose slips are done: an interrupted intake goes on after it
  done_until text collate "C" not null default '',
  actor text not null,
  correlation_id text not null,
  received_at timestamptz not null,
  completed_at timestamptz,
  -- while 'receiving': whoever reads the file moves this forward; when it passed, the upload is dead and is swept
  lease_until timestamptz,
  check (received = recorded + unchanged + waiting + refused or completed_at is null)
);
-- the same file twice is the same intake
create unique index slip_intakes_hash on app.slip_intakes (file_hash) where file_hash is not null;
create index slip_intakes_open on app.slip_intakes (arrival) where completed_at is null;

create table app.staged_slips (
  intake_id uuid not null,
  line integer not null,
  insz_index text collate "C" not null,
  employer_number text collate "C" not null,
  quarter text collate "C" not null,
  amount_cents bigint not null
);
create index staged_slips_intake on app.staged_slips (intake_id, line);

create table app.intake_issues (
  intake_id uuid not null,
  number integer not null,
  line integer not null,
  place text not null,
  code text not null,
  nl text not null,
  fr text not null,
  de text not null,
  en text not null,
  primary key (intake_id, number)
);

-- Contributions of persons not known yet; one row per (number, source kind, sender, quarter), the one made last counts.
create table app.waiting_slips (
  insz_index text collate "C" not null,
  source text not null check (source in ('rsz', 'paper', 'selfEmployedFund')),
  sender text collate "C" not null,
  quarter text collate "C" not null,
  amount_cents bigint not null,
  status text,
  arrival bigint not null,
  part integer not null,
  command_id text not null,
  created_at bigint not null,
  primary key (insz_index, sender, quarter)
);

-- State of every contribution year as its stream folds, with the head of the stream: old streams need not be read again.
create table app.year_state (
  person_id uuid not null,
  year smallint not null,
  stream_version bigint not null,
  stream_hash bytea not null,
  state jsonb not null,
  primary key (person_id, year)
) with (fillfactor = 80);

-- Structured communications handed out: the number leads from a bank line to the person and the quarter.
create table app.payment_references (
  number bigint generated always as identity primary key,
  person_id uuid not null,
  quarter text not null,
  unique (person_id, quarter)
);

-- Bank lines that were booked: one reference counts once, over all persons and years.
create table app.booked_payments (
  payment_id text collate "C" primary key,
  person_id uuid not null,
  year smallint not null
);

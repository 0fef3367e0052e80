-- Read models and work tables of the contributions service. No INSZ, name or account rests here: only keyed hashes.
create schema if not exists app;

-- Locked in SHARE mode by whoever adds identifiers and in ROW EXCLUSIVE mode by whoever lets a contribution wait: the two
-- exclude each other, so that a person who appears at the same moment as a slip never misses it. Always empty.
create table app.matching_lock (nothing boolean);

-- Contributions of persons not known yet; one row per (number, slip or attest, sender, quarter), the one made last counts.
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
  -- goes with the row: without it nobody can try which number the digest in the log was of
  salt bytea not null default uuid_send(gen_random_uuid())
);
-- an employer and a social insurance fund may have one enterprise number: what one says never replaces what the other said
create unique index waiting_slips_key on app.waiting_slips (insz_index, (source = 'selfEmployedFund'), sender, quarter);

-- State of every contribution year as its stream folds, with the head of the stream: old streams need not be read again.
create table app.year_state (
  person_id uuid not null,
  year smallint not null,
  stream_version bigint not null,
  stream_hash bytea not null,
  state jsonb not null,
  primary key (person_id, year)
-- one file rewrites every row of a year, quarter after quarter: half of a page left free lets each new version rest beside the
-- old one, without touching the index
) with (fillfactor = 50);

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

-- Read models of the RIZIV service; everything can be rebuilt from the es schema and the topics of returns.
create schema if not exists app;

-- Returns the landsbonden accepted: the actual expenditure of the insurers.
create table app.accepted_returns (
  insurer text not null,
  ziekenfonds text not null,
  month text not null,
  return_id uuid not null,
  members int not null,
  intervention_cents bigint not null,
  accepted_on date not null,
  recorded_at timestamptz not null,
  primary key (ziekenfonds, month)
);
create index accepted_returns_insurer on app.accepted_returns (insurer, month);

-- Double entry: a line per account and entry. Never updated, never deleted.
create table app.ledger_lines (
  entry_id uuid not null,
  line int not null,
  booked_on date not null,
  account text not null,
  debit_cents bigint not null check (debit_cents >= 0),
  credit_cents bigint not null check (credit_cents >= 0),
  subject text not null,
  position bigint generated always as identity,
  primary key (entry_id, line),
  check (debit_cents = 0 or credit_cents = 0)
);
create unique index ledger_position on app.ledger_lines (position);
create index ledger_account on app.ledger_lines (account, position);

create table app.budgets (
  year int primary key,
  objective_cents bigint not null check (objective_cents >= 0)
);

create table app.distributions (
  distribution_id uuid primary key,
  kind text not null check (kind in ('advance', 'settlement')),
  year int not null,
  month text,
  decided_on date not null,
  decided_at timestamptz(3) not null,
  total_cents bigint not null,
  shares jsonb not null,
  grounds jsonb not null,
  position bigint generated always as identity
);
create index distributions_year on app.distributions (year, kind, position);

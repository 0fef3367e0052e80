create schema if not exists app_http;

-- Answers by Idempotency-Key. Neither the key of the client nor the request is stored, only keyed digests of them: a
-- digest of a body with an INSZ alone could be guessed.
create table app_http.idempotency (
  key_digest  bytea primary key,
  request     bytea not null,
  -- of a body that was streamed: known once the last byte was read
  content     bytea,
  state       text not null check (state in ('processing', 'done')),
  -- a request that died is taken over by its repetition after this moment
  lease_until timestamptz not null,
  term        integer not null default 1,
  status      smallint,
  headers     jsonb,
  body        text,
  created_at  timestamptz not null default clock_timestamp(),
  check ((state = 'done') = (status is not null))
);
create index idempotency_age on app_http.idempotency (created_at);

-- Who looked at whom. The person can read it; nobody changes it.
create table app_http.access_log (
  id          bigint generated always as identity primary key,
  person_id   uuid not null,
  at          timestamptz not null,
  subject     text not null,
  roles       text[] not null,
  insurer     text,
  ziekenfonds text,
  operation   text not null,
  trace_id    uuid not null
);
create index access_log_person on app_http.access_log (person_id, id desc);

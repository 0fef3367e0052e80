-- Where a consumer stands, per key: written in the transaction of what it does, so that a message counts once.

create schema if not exists es;

create table es.consumed (
  consumer text     collate "C" not null,
  topic    text     collate "C" not null,
  key      text     collate "C" not null,
  epoch    smallint not null,
  sequence bigint   not null check (sequence >= 0),
  parked   text,                    -- why the key stands still; null: it runs
  primary key (consumer, topic, key)
) with (fillfactor = 70);
create index consumed_parked on es.consumed (consumer, topic, key) where parked is not null;

-- Messages of a key that stands still, as they came. The payload is bytes and not text: a broken message may hold what no text
-- column takes, and it is kept too.
create table es.parked (
  consumer    text     collate "C" not null,
  topic       text     collate "C" not null,
  key         text     collate "C" not null,
  epoch       smallint not null,
  sequence    bigint   not null,    -- below zero: a message without a readable sequence, made from its offset
  "partition" int      not null,
  "offset"    bigint   not null,
  payload     bytea    not null,
  headers     text     not null,
  reason      text     not null,
  error       text     not null,
  parked_at   timestamptz not null default now(),
  primary key (consumer, topic, key, epoch, sequence)
);

-- Who let a key run again, or set one message aside or another in its place, and what came of it.
create table es.unparked (
  id            bigint generated always as identity primary key,
  consumer      text not null,
  topic         text not null,
  key           text not null,
  operator      text not null,
  action        text not null default 'release' check (action in ('release', 'replace', 'discard')),
  reason        text not null,
  replayed      int  not null,
  from_sequence bigint,
  to_sequence   bigint,
  accepted_gap  boolean not null,
  problem       text,
  unparked_at   timestamptz not null default now()
);

-- services may record and release, never rewrite who released what
do $$
begin
  if exists (select from pg_roles where rolname = 'ziv_app') then
    grant select, insert, update on es.consumed to ziv_app;
    grant select, insert, update, delete on es.parked to ziv_app;
    grant select, insert on es.unparked to ziv_app;
  end if;
end
$$;

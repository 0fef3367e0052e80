-- The event store of one service: streams and events with a hash chain per stream, an outbox with a dense sequence per
-- (topic, key), checkpoints with a lease. Ids sort by bytes (collate "C"): index ranges work and comparing is cheap.
create schema es;

-- Raised by hand (es.raise_epoch) after the data moved to another cluster or went back in time: transaction numbers
-- compare only inside one epoch.
create table es.epochs (
  epoch     smallint primary key check (epoch > 0),
  raised_at timestamptz not null default now(),
  reason    text not null
);
insert into es.epochs (epoch, reason) values (1, 'created');

create function es.current_epoch() returns smallint
  language sql stable parallel safe
  return (select max(epoch) from es.epochs);

-- (epoch, tx): the highest order stamp of a row of this stream. A transaction that got its number earlier may append
-- later; its rows are then stamped with this tx, so the tail never shows a stream out of order. Free room on each page
-- keeps the update of a head on its page, without touching the index.
create table es.streams (
  stream_id text collate "C" primary key,
  version   bigint not null check (version > 0),
  head_hash bytea not null,
  epoch     smallint not null,
  tx        xid8 not null
) with (fillfactor = 80);

create table es.events (
  epoch          smallint not null,
  tx             xid8 not null,
  position       bigint generated always as identity,
  stream_id      text collate "C" not null,
  version        bigint not null check (version > 0),
  event_id       uuid not null,
  type           text not null,
  schema_version smallint not null,
  recorded_at    timestamptz(3) not null,
  data           jsonb not null,
  metadata       jsonb not null,
  hash           bytea not null,
  primary key (stream_id, version),
  unique (event_id)
);
create index events_tail on es.events (epoch, tx, position);

create table es.topic_keys (
  topic    text collate "C" not null,
  key      text collate "C" not null,
  sequence bigint not null check (sequence > 0),
  epoch    smallint not null,
  tx       xid8 not null,
  primary key (topic, key)
) with (fillfactor = 80);

-- payload and headers are json, not jsonb: nothing looks inside, and the relay sends the text as it was written
create table es.outbox (
  epoch      smallint not null,
  tx         xid8 not null,
  id         bigint generated always as identity,
  event_id   uuid not null,
  topic      text collate "C" not null,
  key        text collate "C" not null,
  sequence   bigint not null check (sequence > 0),
  type       text not null,
  payload    json not null,
  headers    json not null,
  created_at timestamptz not null default now(),
  primary key (epoch, tx, id),
  unique (topic, key, sequence)
);

create table es.checkpoints (
  processor   text collate "C" primary key,
  epoch       smallint not null default 0,
  tx          xid8 not null default '0',
  position    bigint not null default 0,
  term        bigint not null,
  holder      text not null,
  lease_until timestamptz not null,
  updated_at  timestamptz not null default now()
);

create function es.raise_epoch(p_reason text) returns smallint
  language sql
  begin atomic
    insert into es.epochs (epoch, reason) select max(epoch) + 1, p_reason from es.epochs returning epoch;
  end;

-- The stamp of the next row after `p_epoch, p_tx`: this transaction's number, or the last one used when that is higher.
-- A higher stamp is safe: readers pass it only when every transaction below it, so also this one, has ended.
create function es.stamp(p_epoch smallint, p_tx xid8, p_current smallint) returns xid8
  language sql volatile
  return case when p_epoch = p_current then greatest(p_tx, pg_current_xact_id()) else pg_current_xact_id() end;

-- Reserves the next `amount` sequence numbers of each (topic, key): `last` is the highest of them. The rows of one key
-- are written by one transaction after another, so the numbers are dense and in the order of the tail.
create function es.reserve_sequences(p_topics text[], p_keys text[], p_amounts bigint[])
  returns table (topic text, key text, last bigint, tx xid8)
  language plpgsql
  as $$
  #variable_conflict use_column
  declare
    v_epoch smallint := es.current_epoch();
  begin
    return query
      insert into es.topic_keys as k (topic, key, sequence, epoch, tx)
      select n.topic, n.key, n.amount, v_epoch, pg_current_xact_id()
        from unnest(p_topics, p_keys, p_amounts) as n (topic, key, amount)
       order by n.topic collate "C", n.key collate "C" -- one order for everyone: no deadlock between two writers
      on conflict on constraint topic_keys_pkey do update
        set sequence = k.sequence + excluded.sequence, epoch = v_epoch, tx = es.stamp(k.epoch, k.tx, v_epoch)
      returning k.topic, k.key, k.sequence, k.tx;
  end
  $$;

-- Messages of several (topic, key) pairs; p_outbox: [{i: event id, t: topic, k: key, y: type, p: payload, h: headers}, ...]
-- in the order to be published
create function es.write_outbox(p_epoch smallint, p_outbox json) returns void
  language sql
  as $$
    with drafts as materialized (
      select d.*, row_number() over (partition by d.t, d.k order by d.n) as place,
             count(*) over (partition by d.t, d.k) as amount
        from rows from (json_to_recordset(p_outbox) as (i uuid, t text, k text, y text, p json, h json))
             with ordinality as d (i, t, k, y, p, h, n)
    ), reserved as materialized (
      select r.* from (select array_agg(a.t) as t, array_agg(a.k) as k, array_agg(a.amount) as amount
                         from drafts a where a.place = 1) a,
                      es.reserve_sequences(a.t, a.k, a.amount) r
    )
    insert into es.outbox (epoch, tx, event_id, topic, key, sequence, type, payload, headers)
    select p_epoch, r.tx, d.i, d.t, d.k, r.last - d.amount + d.place, d.y, d.p, d.h
      from drafts d join reserved r on r.topic = d.t and r.key = d.k
     order by d.n
  $$;

-- Messages of one (topic, key), in the order to be published: nearly every command
create function es.write_messages(
  p_epoch smallint, p_topic text, p_key text, p_event_ids uuid[], p_types text[], p_payloads json[], p_headers json[]
)
  returns void
  language plpgsql
  as $$
  declare
    v_amount integer := cardinality(p_event_ids);
    v_last   bigint;
    v_tx     xid8;
  begin
    insert into es.topic_keys as k (topic, key, sequence, epoch, tx)
    values (p_topic, p_key, v_amount, p_epoch, pg_current_xact_id())
    on conflict on constraint topic_keys_pkey do update
      set sequence = k.sequence + excluded.sequence, epoch = p_epoch, tx = es.stamp(k.epoch, k.tx, p_epoch)
    returning k.sequence, k.tx into v_last, v_tx;
    for v_place in 1 .. v_amount loop
      insert into es.outbox (epoch, tx, event_id, topic, key, sequence, type, payload, headers)
      values (p_epoch, v_tx, p_event_ids[v_place], p_topic, p_key, v_last - v_amount + v_place, p_types[v_place],
              p_payloads[v_place], p_headers[v_place]);
    end loop;
  end
  $$;

-- Moves the heads of many streams and returns those that were at the expected version and hash, with the stamp of their
-- new rows; the others are repeats or conflicts. Hash and merge joins are off: they would read the whole table.
create function es.move_heads(
  p_stream_ids text[], p_expected bigint[], p_expected_hashes bytea[], p_versions bigint[], p_hashes bytea[]
)
  returns table (stream_id text, epoch smallint, tx xid8)
  language plpgsql
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
  as $$
  #variable_conflict use_column
  declare
    v_epoch smallint := es.current_epoch();
    v_tx    xid8 := pg_current_xact_id();
  begin
    if 0 < any (p_expected) then
      return query
        update es.streams s
           set version = w.version, head_hash = w.head_hash, epoch = v_epoch, tx = es.stamp(s.epoch, s.tx, v_epoch)
          from unnest(p_stream_ids, p_expected, p_expected_hashes, p_versions, p_hashes)
               as w (stream_id, expected, expected_hash, version, head_hash)
         where w.expected > 0 and s.stream_id = w.stream_id and s.version = w.expected and s.head_hash = w.expected_hash
        returning s.stream_id, s.epoch, s.tx;
    end if;
    if 0 = any (p_expected) then
      return query
        insert into es.streams as s (stream_id, version, head_hash, epoch, tx)
        select w.stream_id, w.version, w.head_hash, v_epoch, v_tx
          from unnest(p_stream_ids, p_expected, p_versions, p_hashes) as w (stream_id, expected, version, head_hash)
         where w.expected = 0
        on conflict do nothing
        returning s.stream_id, s.epoch, s.tx;
    end if;
  end
  $$;

-- Appends one command's events and its messages. outcome: appended, repeated (every event id is already in this stream:
-- nothing written) or conflict (the stream is not at the expected version and hash: nothing written).
-- Messages of one (topic, key) come as arrays, those of several as p_outbox. A loop of plain inserts: half the time of one
-- insert from a set for the few rows that a command has.
create function es.append(
  p_stream_id text, p_expected_version bigint, p_expected_hash bytea, p_head_hash bytea,
  p_recorded_at timestamptz, p_metadata jsonb,
  p_event_ids uuid[], p_types text[], p_schema_versions smallint[], p_data jsonb[], p_hashes bytea[],
  p_topic text, p_key text, p_message_ids uuid[], p_message_types text[], p_payloads json[], p_headers json[],
  p_outbox json,
  out outcome text, out version bigint, out hash bytea
)
  language plpgsql
  as $$
  #variable_conflict use_column
  declare
    v_count  integer := cardinality(p_event_ids);
    v_epoch  smallint := es.current_epoch();
    v_tx     xid8;
    v_stored integer := 0;
    v_found  integer;
    v_known  integer;
  begin
    if p_expected_version = 0 then
      insert into es.streams as s (stream_id, version, head_hash, epoch, tx)
      values (p_stream_id, v_count, p_head_hash, v_epoch, pg_current_xact_id())
      on conflict do nothing
      returning s.tx into v_tx;
    else
      update es.streams s
         set version = p_expected_version + v_count, head_hash = p_head_hash,
             epoch = v_epoch, tx = es.stamp(s.epoch, s.tx, v_epoch)
       where s.stream_id = p_stream_id and s.version = p_expected_version and s.head_hash = p_expected_hash
      returning s.tx into v_tx;
    end if;

    if v_tx is not null then
      for v_place in 1 .. v_count loop
        insert into es.events (epoch, tx, stream_id, version, event_id, type, schema_version, recorded_at, data, metadata, hash)
        values (v_epoch, v_tx, p_stream_id, p_expected_version + v_place, p_event_ids[v_place], p_types[v_place],
                p_schema_versions[v_place], p_recorded_at, p_data[v_place], p_metadata, p_hashes[v_place])
        on conflict (event_id) do nothing;
        if found then
          v_stored := v_stored + 1;
        end if;
      end loop;
      if v_stored = v_count then
        if p_topic is not null then
          perform es.write_messages(v_epoch, p_topic, p_key, p_message_ids, p_message_types, p_payloads, p_headers);
        elsif p_outbox is not null then
          perform es.write_outbox(v_epoch, p_outbox);
        end if;
        outcome := 'appended';
        version := p_expected_version + v_count;
        hash := p_head_hash;
        return;
      end if;
    end if;

    -- rows this call wrote itself (v_stored of them) are not "already there"
    select count(*) filter (where x.stream_id = p_stream_id), count(*) into v_known, v_found
      from es.events x where x.event_id = any (p_event_ids);
    if v_stored > 0 or v_found <> v_known or v_known not in (0, v_count) then
      raise exception 'some but not all events of this append to stream % are already stored, or in another stream', p_stream_id
        using errcode = 'ZV002', hint = 'derive each event id from its command and position, and repeat a command unchanged';
    end if;
    if v_tx is not null then
      update es.streams s set version = p_expected_version, head_hash = p_expected_hash where s.stream_id = p_stream_id;
    end if;
    outcome := case when v_known > 0 then 'repeated' else 'conflict' end;
    select s.version, s.head_hash into version, hash from es.streams s where s.stream_id = p_stream_id;
  end
  $$;

-- The role the services run as: history can be read and extended, never changed or removed.
do $$
begin
  if not exists (select from pg_roles where rolname = 'ziv_app') then
    create role ziv_app nologin;
  end if;
exception when duplicate_object or unique_violation then
  null; -- a migrator of another database of this cluster was first
end
$$;
revoke all on all tables in schema es from public;
grant usage on schema es to ziv_app;
grant select on es.epochs to ziv_app;
grant select, insert on es.events, es.outbox to ziv_app;
grant select, insert, update on es.streams, es.topic_keys, es.checkpoints to ziv_app;
revoke execute on function es.raise_epoch(text) from public;

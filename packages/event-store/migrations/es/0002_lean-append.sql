-- Appending takes fewer steps: the epoch is a constant, the usual single event and message are plain values, and no plan
-- reads a table whole because it was made while the table was empty.

-- A check is read and compiled for every statement that writes. Versions and sequences are counted by the functions
-- below, and es.append's chain is walked by verify.
alter table es.streams drop constraint streams_version_check;
alter table es.events drop constraint if exists events_version_check;
alter table es.topic_keys drop constraint topic_keys_sequence_check;
alter table es.outbox drop constraint outbox_sequence_check;

-- The newest epoch as a constant that is planned into each statement that asks for it: reading the table would cost every
-- append a tenth of its time. es.raise_epoch replaces this function, and with it every plan that holds the old number.
do $$
declare
  v_epoch smallint := (select max(epoch) from es.epochs);
begin
  execute format(
    'create or replace function es.current_epoch() returns smallint language sql stable parallel safe as %L',
    format('select %s::smallint', v_epoch));
end
$$;

create or replace function es.raise_epoch(p_reason text) returns smallint
  language plpgsql
  as $$
  declare
    v_epoch smallint;
  begin
    insert into es.epochs (epoch, reason) select max(epoch) + 1, p_reason from es.epochs returning epoch into v_epoch;
    execute format(
      'create or replace function es.current_epoch() returns smallint language sql stable parallel safe as %L',
      format('select %s::smallint', v_epoch));
    return v_epoch;
  end
  $$;

drop function es.append;
drop function es.write_messages;

-- Appends one command's events and its messages. The answer: appended, repeated (every event id is already in this stream:
-- nothing written) or conflict (the stream is not at the expected version and hash: nothing written).
-- The first event and a single message come as plain values, as nearly every command has them; further events come as
-- p_more: [{i: event id, t: type, s: schema version, d: data, h: hash in hex}, ...], several messages as p_outbox. Sequential scans are off because
-- a plan that was made while the tables were empty would go on reading them whole.
create function es.append(
  p_stream_id text, p_expected_version bigint, p_expected_hash bytea, p_version bigint, p_head_hash bytea,
  p_recorded_at timestamptz, p_metadata jsonb,
  p_event_id uuid, p_type text, p_schema_version smallint, p_data jsonb, p_hash bytea,
  p_more json,
  p_topic text, p_key text, p_message_id uuid, p_message_type text, p_payload json, p_headers json, p_outbox json
)
  returns text
  language plpgsql
  set enable_seqscan = off
  as $$
  declare
    v_tx     xid8;
    v_stored integer := 0;
    v_found  integer;
    v_known  integer;
    v_first  bigint;
  begin
    if p_expected_version = 0 then
      with head as (
        insert into es.streams as s (stream_id, version, head_hash, epoch, tx)
        values (p_stream_id, p_version, p_head_hash, es.current_epoch(), pg_current_xact_id())
        on conflict do nothing
        returning s.tx
      )
      insert into es.events as e
        (epoch, tx, stream_id, version, event_id, type, schema_version, recorded_at, data, metadata, hash)
      select es.current_epoch(), h.tx, p_stream_id, 1, p_event_id, p_type, p_schema_version, p_recorded_at, p_data, p_metadata, p_hash
        from head h
      on conflict (event_id) do nothing
      returning e.tx into v_tx;
    else
      with head as (
        update es.streams s
           set version = p_version, head_hash = p_head_hash,
               epoch = es.current_epoch(), tx = es.stamp(s.epoch, s.tx, es.current_epoch())
         where s.stream_id = p_stream_id and s.version = p_expected_version and s.head_hash = p_expected_hash
        returning s.tx
      )
      insert into es.events as e
        (epoch, tx, stream_id, version, event_id, type, schema_version, recorded_at, data, metadata, hash)
      select es.current_epoch(), h.tx, p_stream_id, p_expected_version + 1, p_event_id, p_type, p_schema_version, p_recorded_at,
             p_data, p_metadata, p_hash
        from head h
      on conflict (event_id) do nothing
      returning e.tx into v_tx;
    end if;

    -- the usual case first: each condition costs what a hundredth of the append costs
    if v_tx is not null and p_more is null and p_topic is null and p_outbox is null then
      return 'appended';
    end if;
    if v_tx is not null then
      v_stored := 1;
      if p_more is not null then
        insert into es.events
          (epoch, tx, stream_id, version, event_id, type, schema_version, recorded_at, data, metadata, hash)
        select es.current_epoch(), v_tx, p_stream_id, p_expected_version + 1 + m.place, m.i, m.t, m.s, p_recorded_at, m.d,
               p_metadata, decode(m.h, 'hex')
          from rows from (json_to_recordset(p_more) as (i uuid, t text, s smallint, d jsonb, h text))
               with ordinality as m (i, t, s, d, h, place)
         order by m.place
        on conflict (event_id) do nothing;
        get diagnostics v_found = row_count;
        v_stored := v_stored + v_found;
      end if;
      if v_stored = p_version - p_expected_version then
        if p_topic is not null then
          with numbered as (
            insert into es.topic_keys as k (topic, key, sequence, epoch, tx)
            values (p_topic, p_key, 1, es.current_epoch(), pg_current_xact_id())
            on conflict on constraint topic_keys_pkey do update
              set sequence = k.sequence + 1, epoch = excluded.epoch, tx = es.stamp(k.epoch, k.tx, excluded.epoch)
            returning k.sequence, k.tx
          )
          insert into es.outbox (epoch, tx, event_id, topic, key, sequence, type, payload, headers)
          select es.current_epoch(), n.tx, p_message_id, p_topic, p_key, n.sequence, p_message_type, p_payload, p_headers
            from numbered n;
        elsif p_outbox is not null then
          perform es.write_outbox(es.current_epoch(), p_outbox);
        end if;
        return 'appended';
      end if;
    end if;

    -- rows this call wrote itself (v_stored of them) are not "already there"
    select count(*) filter (where x.stream_id = p_stream_id), count(*), min(x.version) into v_known, v_found, v_first
      from es.events x where x.event_id = p_event_id or x.event_id in (select (m.value ->> 'i')::uuid from json_array_elements(p_more) m);
    if v_stored > 0 or v_found <> v_known or v_known not in (0, p_version - p_expected_version) then
      raise exception 'some but not all events of this append to stream % are already stored, or in another stream', p_stream_id
        using errcode = 'ZV002', hint = 'derive each event id from its command and position, and repeat a command unchanged';
    end if;
    if v_known = 0 then
      return 'conflict';
    end if;
    -- decided again on a newer head than the first time: the head was moved above, and goes back
    if v_first <= p_expected_version then
      update es.streams s set version = p_expected_version, head_hash = p_expected_hash
       where s.stream_id = p_stream_id and s.version = p_version and s.head_hash = p_head_hash;
    end if;
    return 'repeated';
  end
  $$;

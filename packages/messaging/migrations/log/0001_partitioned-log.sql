-- A partitioned log with consumer groups: what Kafka gives, for one machine without a broker.

create schema if not exists log;

create table log.topics (
  topic_id       int generated always as identity primary key,
  name           text not null unique,
  partitions     int  not null check (partitions > 0 and (partitions & (partitions - 1)) = 0),
  retention_days int
);

-- One hot row per partition: its lock makes offsets dense and makes commit order equal to offset order,
-- so a reader that sees an offset sees every one before it.
create table log.partitions (
  partition_id int generated always as identity primary key,
  topic_id     int    not null references log.topics,
  partition    int    not null check (partition >= 0),
  start_offset bigint not null default 0,
  next_offset  bigint not null default 0,
  unique (topic_id, partition)
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- headers and value are JSON kept as text: they are carried, not queried, and text also holds what jsonb refuses.
create table log.messages (
  partition_id int    not null,
  "offset"     bigint not null,
  key          text   not null,
  headers      text   not null,
  value        text   not null,
  appended_at  timestamptz not null default now(),
  primary key (partition_id, "offset")
);

-- A member is alive while its lease runs; a partition has one owner and a committed offset that only the owner moves.
create table log.members (
  group_id    text not null,
  member_id   uuid not null,
  topics      text[] not null,
  lease_until timestamptz not null,
  primary key (group_id, member_id)
);

create table log.group_partitions (
  group_id     text   not null,
  partition_id int    not null references log.partitions,
  committed    bigint not null default 0,
  owner        uuid,
  primary key (group_id, partition_id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Appends many messages in one statement. Order of the arrays is kept per partition.
create function log.append(p_partitions int[], p_keys text[], p_headers text[], p_values text[])
returns table (moved_partition int, moved_next bigint)
language plpgsql as $$
begin
  -- locked in one order everywhere: two producers never wait for each other in a ring
  perform 1 from log.partitions p where p.partition_id = any(p_partitions) order by p.partition_id for update;
  return query
  with counted as (
    select i.pid, count(*) as n from unnest(p_partitions) as i(pid) group by i.pid
  ), moved as (
    update log.partitions p set next_offset = p.next_offset + c.n
    from counted c where p.partition_id = c.pid
    returning p.partition_id as pid, p.next_offset - c.n as first, p.next_offset as next
  ), written as (
    insert into log.messages (partition_id, "offset", key, headers, value)
    select i.pid, m.first + row_number() over (partition by i.pid order by i.ord) - 1, i.key, i.headers, i.value
    from unnest(p_partitions, p_keys, p_headers, p_values) with ordinality as i(pid, key, headers, value, ord)
    join moved m on m.pid = i.pid
  )
  select m.pid, m.next from moved m;
end $$;

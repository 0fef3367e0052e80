-- How far a consumer read each partition, written in the transaction of what it did with the messages. The log keeps a place of its
-- own, which does not go back with this database when a backup of it is restored: reading begins at the earlier of the two.

create table es.taken_in (
  consumer    text   collate "C" not null,
  topic       text   collate "C" not null,
  "partition" int    not null,
  next_offset bigint not null,      -- of the first message that is not taken in
  primary key (consumer, topic, "partition")
) with (fillfactor = 50);

do $$
begin
  if exists (select from pg_roles where rolname = 'ziv_app') then
    grant select, insert, update on es.taken_in to ziv_app;
  end if;
end
$$;

-- Removes outbox rows that the relay `p_processor` sent, oldest first, at most `p_rows`; at least a day is kept whatever
-- is asked. It runs as its owner: the role of the services may not delete messages by itself.
-- Looks at the oldest p_rows messages and no more: asked every hour, it must not walk through two weeks of messages to find
-- that nothing else is old enough.
create function es.prune_outbox(p_processor text, p_keep interval, p_rows integer) returns integer
  language sql volatile security definer
  set search_path = ''
  as $$
    with oldest as (
      select o.epoch, o.tx, o.id, o.created_at from es.outbox o order by o.epoch, o.tx, o.id limit p_rows
    ), gone as (
      delete from es.outbox o using oldest d, es.checkpoints c
       where o.epoch = d.epoch and o.tx = d.tx and o.id = d.id
         and c.processor = p_processor and (d.epoch, d.tx, d.id) <= (c.epoch, c.tx, c.position)
         and d.created_at < pg_catalog.now() - greatest(p_keep, interval '1 day')
      returning 1
    )
    select count(*)::integer from gone
  $$;

revoke execute on function es.prune_outbox(text, interval, integer) from public;
grant execute on function es.prune_outbox(text, interval, integer) to ziv_app;

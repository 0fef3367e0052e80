-- Looking up what was paid goes by the days of care of one patient, not service by service; and what the controls found on
-- an invoice rests in a short form of our own, its sums beside it.

alter table app.settled_lines drop constraint settled_lines_pkey;
alter table app.settled_lines
  add primary key (person_id, care_date, provider, nomenclature, variant);

-- The paid services of many patients, each between two days. Always patient by patient on the index: while a first large
-- file is taken in the table is believed to be empty, and any other plan reads all of it for every chunk.
create function app.settled_between(p_persons uuid[], p_first date[], p_last date[])
  returns setof app.settled_lines
  language plpgsql stable
  set enable_seqscan = off
  as $$
  begin
    return query
      select s.* from unnest(p_persons, p_first, p_last) as w (person_id, first_day, last_day)
       cross join lateral (
         select * from app.settled_lines k
          where k.person_id = w.person_id and k.care_date between w.first_day and w.last_day offset 0) s;
  end
  $$;

alter table app.staged_invoices
  alter column verdict type text,
  add column asked_cents bigint not null default 0,
  add column paid_cents bigint not null default 0;

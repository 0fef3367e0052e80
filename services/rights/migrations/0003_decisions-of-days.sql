-- A decision on which days rest is told by those days: only the others keep a row of their own (refusals, and what death or
-- a transfer left no day of). `year` is the one the decision is filed under.
alter table app.periods add column year int;
update app.periods p set year = d.year from app.decisions d where d.decision_id = p.decision_id;
alter table app.periods alter column year set not null;
delete from app.decisions d where exists (
  select from app.periods p where p.person_id = d.person_id and p.decision_id = d.decision_id
);
drop index app.decisions_person;
alter table app.decisions drop constraint decisions_pkey, add primary key (person_id, decision_id);

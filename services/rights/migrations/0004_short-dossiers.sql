-- Dossiers as values in a fixed order, kept as text: a renewal run reads one per person. Null: a person who was only locked
-- so far, of whom nothing is known.
alter table app.persons add column short json;
update app.persons p set short = json_build_array(
  p.dossier->'birthDate', p.dossier->'diedOn', p.dossier->'diedFactId',
  (select coalesce(json_agg(json_build_array(a->'id', a->'insurer', a->'ziekenfonds', a->'from', a->'to', a->'factIds')
     order by n), '[]') from jsonb_array_elements(p.dossier->'affiliations') with ordinality as v (a, n)),
  (select coalesce(json_agg(json_build_array(c->'id', c->'capacity', c->'from', c->'to', c->'holderPersonId', c->'factIds')
     order by n), '[]') from jsonb_array_elements(p.dossier->'capacities') with ordinality as v (c, n)),
  (select coalesce(json_agg(json_build_array(s->'id', s->'recordedAt', s->'sequence', s->'referenceYear', s->'regime',
     s->'totalCents', s->'requiredCents', s->'met', s->'shortCents', s->'payableUntil', s->'confidence')
     order by n), '[]') from jsonb_array_elements(p.dossier->'assessments') with ordinality as v (s, n))
) where p.dossier ? 'personId';
alter table app.persons drop column dossier;
alter table app.persons rename column short to dossier;

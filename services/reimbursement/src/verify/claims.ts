import type { Queryable } from '@ziv/postgres'
import { countedNames, type Finding, NAMED_MAX, naming, told } from '@ziv/service'

const FOLDED = `select (data ->> 'claimId')::uuid as claim_id, (data ->> 'personId')::uuid as person_id, data ->> 'insurer' as insurer,
    data ->> 'ziekenfonds' as ziekenfonds, data ->> 'providerNumber' as provider_number, data ->> 'channel' as channel,
    (data ->> 'fileId')::uuid as file_id, (data ->> 'sequence')::int as sequence,
    coalesce(l.first_day, (data ->> 'receivedOn')::date) as first_care_date, recorded_at, l.accepted, l.refused,
    case when type = 'ClaimSettled' then (data ->> 'interventionCents')::bigint else 0 end as intervention_cents
  from es.events cross join lateral (
    select min((l ->> 'careDate')::date) as first_day, count(*) filter (where l ->> 'outcome' is distinct from 'refused')::int as accepted,
           count(*) filter (where l ->> 'outcome' = 'refused')::int as refused
      from jsonb_array_elements(data -> 'lines') l) l
  where type in ('ClaimSettled', 'ClaimRefused')`

/** The list of claims, by which they are found and who may see them is decided, says of each what its event says. */
export async function claimsEqualEvents(tx: Queryable): Promise<Finding> {
  const { rows } = await tx.query<{ examined: number; differing: number; first: string[] | null }>(
    `with folded as (${FOLDED}), kept as (
       select claim_id, person_id, insurer, ziekenfonds, provider_number, channel, file_id, sequence, first_care_date, recorded_at,
              accepted_lines, refused_lines, intervention_cents from app.claims),
     differing as (
       select claim_id from (select * from folded except select * from kept) missing
       union select claim_id from (select * from kept except select * from folded) extra)
     select (select count(*)::int from folded) as examined, (select count(*)::int from differing) as differing,
            (select array_agg(claim_id::text) from (select claim_id from differing order by claim_id limit ${NAMED_MAX}) d) as first`,
  )
  const { examined, differing, first } = rows[0]!
  const found = countedNames(differing, first)
  const ok = differing === 0
  return {
    check: 'reimbursement: claims equal their events',
    ok,
    examined,
    detail: ok ? `${examined} claims` : `${differing} differ: ${told(found)}`,
    ...naming(found),
  }
}

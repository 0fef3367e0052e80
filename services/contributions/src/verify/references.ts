import type { Queryable } from '@ziv/postgres'
import { countedNames, type Finding, NAMED_MAX, naming, told } from '@ziv/service'

/** Every number of a structured communication leads to the person and quarter it was handed out for, by the log. */
export async function references(tx: Queryable): Promise<Finding> {
  const { rows } = await tx.query<{ examined: number; wrong: number; first: string[] | null }>(
    `with given as (
       select stream_id, (data ->> 'number')::bigint as number from es.events where type = 'PaymentReferenceGiven'),
     kept as (
       select 'paymentReference-' || person_id || '-' || quarter as stream_id, number from app.payment_references),
     compared as (
       select k.number is not null and g.number is not null as same, coalesce(k.stream_id, g.stream_id) as name
         from given g full join kept k on k.stream_id = g.stream_id and k.number = g.number)
     select count(*)::int as examined, count(*) filter (where not same)::int as wrong,
            (array_agg(name order by name) filter (where not same))[1:${NAMED_MAX}] as first from compared`,
  )
  const { examined, wrong, first } = rows[0]!
  const found = countedNames(wrong, first)
  const ok = wrong === 0
  return {
    check: 'contributions.references',
    ok,
    examined,
    detail: ok ? `${examined} references lead to whom they were handed out for` : `${wrong} differ: ${told(found)}`,
    ...naming(found),
  }
}

import type { Queryable } from '@ziv/postgres'
import { type Figures, perCapacity } from '../domain/figures.ts'

/** What is shown of one ziekenfonds: today's counts, this month's amounts, its last return. */
export interface FundCounters extends Figures {
  readonly insurer: string
  readonly ziekenfonds: string
  readonly lastReturn: {
    readonly returnId: string
    readonly month: string
    readonly state: 'submitted' | 'accepted' | 'refused'
  } | null
}

/** The counters of all ziekenfondsen at one moment. */
export interface Counters {
  readonly month: string
  /** Transactions below this number are all in; a reader that comes back asks for what changed from here on. */
  readonly horizon: bigint
  readonly funds: readonly (FundCounters & { readonly changedTx: bigint })[]
}

interface Row {
  readonly insurer: string
  readonly ziekenfonds: string
  readonly horizon: string
  readonly changed_tx: string
  readonly per_capacity: Readonly<Record<string, number>>
  readonly members: string
  readonly insured: string
  readonly slips: string
  readonly claims: string
  readonly intervention: string
  readonly patient_share: string
  readonly supplement: string
  readonly last_return: FundCounters['lastReturn']
}

const SQL = `
  with horizon as (select pg_snapshot_xmin(pg_current_snapshot()) as xmin),
  capacity as (
    select insurer, ziekenfonds, capacity, sum(members) as members, sum(insured) as insured, max(changed_tx) as changed_tx
    from app.member_counts group by 1, 2, 3),
  member as (
    select insurer, ziekenfonds, sum(members) as members, sum(insured) as insured, max(changed_tx) as changed_tx,
           jsonb_object_agg(capacity, members) as per_capacity
    from capacity group by 1, 2),
  amount as (
    select insurer, ziekenfonds, sum(slips) as slips, sum(claims) as claims, sum(intervention_cents) as intervention,
           sum(patient_share_cents) as patient_share, sum(supplement_cents) as supplement, max(changed_tx) as changed_tx
    from app.month_amounts where month = $1 group by 1, 2),
  newest as (
    select distinct on (insurer, ziekenfonds) insurer, ziekenfonds, changed_tx,
           jsonb_build_object('returnId', return_id, 'month', month, 'state', state) as last_return
    from app.returns order by insurer, ziekenfonds, month desc, attempt desc)
  select insurer, ziekenfonds, (select xmin from horizon)::text as horizon,
         greatest(coalesce(m.changed_tx, '0'), coalesce(a.changed_tx, '0'), coalesce(n.changed_tx, '0'))::text as changed_tx,
         coalesce(m.per_capacity, '{}') as per_capacity, coalesce(m.members, 0) as members,
         coalesce(m.insured, 0) as insured, coalesce(a.slips, 0) as slips, coalesce(a.claims, 0) as claims,
         coalesce(a.intervention, 0) as intervention, coalesce(a.patient_share, 0) as patient_share,
         coalesce(a.supplement, 0) as supplement, n.last_return
  from member m full join amount a using (insurer, ziekenfonds) full join newest n using (insurer, ziekenfonds)
  order by insurer, ziekenfonds`

/** Reads the counters of every ziekenfonds: a few rows each, whatever the number of members. */
export async function readCounters(q: Queryable, month: string): Promise<Counters> {
  const { rows } = await q.query<Row>({ name: 'landsbond_counters', text: SQL, values: [month] })
  return {
    month,
    horizon: BigInt(rows[0]?.horizon ?? 0),
    funds: rows.map((row) => ({
      insurer: row.insurer,
      ziekenfonds: row.ziekenfonds,
      ...perCapacity(Object.entries(row.per_capacity)),
      membersTotal: Number(row.members),
      insuredTotal: Number(row.insured),
      slips: Number(row.slips),
      claims: Number(row.claims),
      interventionCents: Number(row.intervention),
      patientShareCents: Number(row.patient_share),
      supplementCents: Number(row.supplement),
      lastReturn: row.last_return,
      changedTx: BigInt(row.changed_tx),
    })),
  }
}

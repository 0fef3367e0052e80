import type { Intake } from '@ziv/intake'
import type { Queryable } from '@ziv/postgres'
import {
  answerProofs,
  countedNames,
  type Finding,
  firstOf,
  logProofs,
  membersProof,
  NAMED_MAX,
  naming,
  type RangedProof,
  rowsIn,
  stagedProof,
  told,
  wholeProof,
} from '@ziv/service'
import type { Context } from '../context.ts'
import { claimsEqualEvents } from './claims.ts'
import { statusesProof } from './statuses.ts'
import { tariffsEqualImports } from './tariffs.ts'

const FINISHED = `app_files.files where kind = 'invoiceFile' and state = 'done'`

/** Everything this service can prove of itself, each with how much it looked at. */
export const reimbursementProofs = (
  { database, store }: Context,
  intake: Pick<Intake, 'api' | 'kinds'>,
): readonly RangedProof[] => [
  ...logProofs('reimbursement', database, store),
  wholeProof('reimbursement.settledLines', database, rowsIn(database, 'app.settled_lines'), settledLines),
  wholeProof('reimbursement: claims', database, rowsIn(database, 'app.claims'), claimsEqualEvents),
  wholeProof('reimbursement.files', database, rowsIn(database, FINISHED), files),
  wholeProof(
    'reimbursement.money',
    database,
    rowsIn(database, `${FINISHED} and outcome = '920900'`, 'app.claims'),
    money,
  ),
  stagedProof('reimbursement', database, 'app.staged_invoices'),
  wholeProof('reimbursement: fees', database, rowsIn(database, 'app.tariffs', 'app.tariff_imports'), (tx) =>
    tariffsEqualImports(tx, store),
  ),
  ...answerProofs(database, store, intake),
  statusesProof(database, store),
  membersProof('reimbursement.members', database),
]

const acceptedLines = `select (e.data ->> 'personId')::uuid as person_id, left(l ->> 'providerNumber', 8) as provider,
    l ->> 'nomenclature' as nomenclature, (l ->> 'careDate')::date as care_date,
    coalesce(l ->> 'variant', '') as variant,
    (e.data ->> 'claimId')::uuid as claim_id, place::int as line, coalesce((l ->> 'units')::int, 1) as units,
    coalesce((l ->> 'interventionCents')::bigint, 0) as intervention_cents,
    coalesce((l ->> 'patientShareCents')::bigint, 0) as patient_share_cents,
    coalesce((l ->> 'supplementCents')::bigint, 0) as supplement_cents
  from es.events e, jsonb_array_elements(e.data -> 'lines') with ordinality n (l, place)
  where e.type = 'ClaimSettled' and l ->> 'outcome' is distinct from 'refused'`

const UNEQUAL_SPLIT = `select e.data ->> 'claimId' as claim_id, place::int as line
  from es.events e, jsonb_array_elements(e.data -> 'lines') with ordinality n (l, place)
  where e.type = 'ClaimSettled' and l ->> 'outcome' is distinct from 'refused'
    and coalesce((l ->> 'interventionCents')::bigint, 0) + coalesce((l ->> 'patientShareCents')::bigint, 0)
      + coalesce((l ->> 'supplementCents')::bigint, 0) <> (l ->> 'askedCents')::bigint`

/** The services that count as paid are exactly those of the events, and each split gives what was asked. */
async function settledLines(tx: Queryable): Promise<Finding> {
  const { rows } = await tx.query<{ examined: number; wrong: number; first: string[] | null }>(
    `with folded as (${acceptedLines}), kept as (
       select person_id, provider, nomenclature, care_date, variant, claim_id, line, units, intervention_cents,
              patient_share_cents, supplement_cents from app.settled_lines),
     missing as (select claim_id, line from (select * from folded except all select * from kept) d),
     extra as (select claim_id, line from (select * from kept except all select * from folded) d),
     wrong as (
       select claim_id || ' line ' || line || case when m.line is null then ' (no event says it)'
              when x.line is null then ' (missing)' else ' (not as its event says)' end as name
         from (select distinct * from missing) m full join (select distinct * from extra) x using (claim_id, line)
       union all select claim_id || ' line ' || line || ' (its split is not what was asked)' from (${UNEQUAL_SPLIT}) u)
     select (select count(*)::int from folded) as examined, (select count(*)::int from wrong) as wrong,
            (select (array_agg(name order by name))[1:${NAMED_MAX}] from wrong) as first`,
  )
  const { examined, wrong, first } = rows[0]!
  const found = countedNames(wrong, first)
  const ok = wrong === 0
  return {
    check: 'reimbursement.settledLines',
    ok,
    examined,
    detail: ok
      ? `${examined} paid lines equal the fold of the claims, each split gives what was asked`
      : `${wrong} differ: ${told(found)}`,
    ...naming(found),
  }
}

/**
 * Lines of every finished file are accepted or refused, its parts add up, every invoice of a settled file is a claim and none of
 * a refused or a test file is.
 */
async function files(tx: Queryable): Promise<Finding> {
  const { rows } = await tx.query<{ examined: number; wrong: number; first: string[] | null }>(
    `with files as (
       select file_id, outcome, (facts ->> 'lines')::bigint as lines, (facts ->> 'invoices')::bigint as invoices,
              (facts ->> 'askedCents')::bigint as asked, (counts ->> 'acceptedLines')::bigint as accepted,
              (counts ->> 'refusedLines')::bigint as refused, (counts ->> 'paidCents')::bigint as paid, facts, counts
         from app_files.files where kind = 'invoiceFile' and state = 'done'),
     claims as (
       select file_id, count(*) as claims, sum(accepted_lines) as accepted, sum(refused_lines) as refused
         from app.claims where file_id is not null group by file_id),
     judged as (
       select file_id, (f.lines <> f.accepted + f.refused
              or f.lines <> p.lines or f.accepted <> p.accepted or f.refused <> p.refused or f.paid <> p.paid or f.asked <> p.asked
              or (f.outcome = '920900' and (f.invoices <> coalesce(c.claims, 0) or f.accepted <> coalesce(c.accepted, 0)
                or f.refused <> coalesce(c.refused, 0)))
              or (f.outcome <> '920900' and (c.claims is not null or f.paid <> 0))) as wrong
       from files f
       cross join lateral (
         select coalesce(sum((p ->> 'lines')::bigint), 0) as lines, coalesce(sum((p ->> 'askedCents')::bigint), 0) as asked,
                coalesce(sum((f.counts ->> ((p ->> 'destination') || '/accepted'))::bigint), 0) as accepted,
                coalesce(sum((f.counts ->> ((p ->> 'destination') || '/refused'))::bigint), 0) as refused,
                coalesce(sum((f.counts ->> ((p ->> 'destination') || '/paid'))::bigint), 0) as paid
           from jsonb_array_elements(f.facts -> 'parts') p) p
       left join claims c using (file_id))
     select count(*)::int as examined, count(*) filter (where wrong)::int as wrong,
            (array_agg(file_id::text order by file_id) filter (where wrong))[1:${NAMED_MAX}] as first from judged`,
  )
  const { examined, wrong, first } = rows[0]!
  const found = countedNames(wrong, first)
  return {
    check: 'reimbursement.files',
    ok: wrong === 0,
    examined,
    detail: `${examined} finished files, ${wrong} whose lines do not add up${firstOf(found)}`,
    ...naming(found),
  }
}

/** What the answers say is paid is what the events say: per file and in all. */
async function money(tx: Queryable): Promise<Finding> {
  const { rows } = await tx.query<{
    examined: string
    wrong: string
    first: string[] | null
    paid: string
    claims: string
    lines: string
  }>(
    `with events as (
       select (data ->> 'fileId')::uuid as file_id, sum((data ->> 'interventionCents')::bigint) as paid
         from es.events where type = 'ClaimSettled' group by 1),
     answers as (
       select f.file_id, (f.counts ->> 'paidCents')::bigint as paid_cents, (e.data ->> 'paidCents')::bigint as told
         from app_files.files f left join es.events e on e.stream_id = 'invoiceFile-' || f.file_id and e.version = 1
        where f.kind = 'invoiceFile' and f.outcome = '920900'),
     differing as (
       select file_id from answers a left join events e using (file_id)
        where a.paid_cents <> coalesce(e.paid, 0) or a.told is distinct from a.paid_cents)
     select (select count(*) from answers) + (select count(*) from events) as examined,
            (select count(*) from differing) as wrong,
            (select (array_agg(file_id::text order by file_id))[1:${NAMED_MAX}] from differing) as first,
            (select coalesce(sum(paid), 0) from events) as paid,
            (select coalesce(sum(intervention_cents), 0) from app.claims) as claims,
            (select coalesce(sum(intervention_cents), 0) from app.settled_lines) as lines`,
  )
  const { examined, wrong, first, paid, claims, lines } = rows[0]!
  const found = countedNames(wrong, first)
  return {
    check: 'reimbursement.money',
    ok: wrong === '0' && paid === claims && paid === lines,
    examined: Number(examined),
    detail: `${paid} cents in the events, ${claims} in the claims, ${lines} in the paid lines; ${wrong} files whose answer differs${firstOf(found)}`,
    ...naming(found),
  }
}

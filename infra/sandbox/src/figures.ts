import type { Sandbox } from './sandbox.ts'

/** Everything that counts at the end of a story, one text per row: two runs of one story have the same ones. */
export type Figures = Readonly<Record<string, readonly string[]>>

type Service = keyof Sandbox['databases']

/** One question per figure; every row becomes a line, so that a difference can be read. */
const questions: Readonly<Record<string, readonly [Service, string]>> = {
  members: [
    'landsbond',
    `select insurer, ziekenfonds, capacity, sum(members), sum(insured) from app.member_counts
     group by 1, 2, 3 having sum(members) <> 0 or sum(insured) <> 0`,
  ],
  affiliations: [
    'affiliation',
    `select data->>'insurer', data->>'ziekenfonds', type, count(*) from es.events
     where type in ('AffiliationOpened', 'AffiliationClosed') group by 1, 2, 3`,
  ],
  rights: ['rights', `select person_id, from_day, to_day, insurer, ziekenfonds, capacity, ground from app.periods`],
  refusals: ['rights', `select person_id, year, kind, from_day, to_day from app.decisions where outcome = 'refused'`],
  warnings: ['rights', 'select person_id, year, short_cents, payable_until from app.warnings order by 1, 2'],
  slips: [
    'contributions',
    `select y.person_id, y.year, s.key, s.value->>'amountCents' from app.year_state y, jsonb_each(y.state->'slips') s`,
  ],
  otherContributions: [
    'contributions',
    `select y.person_id, y.year, o.key, o.value->>'amountCents' from app.year_state y,
            lateral (select * from jsonb_each(y.state->'attests') union all select * from jsonb_each(y.state->'payments')) o`,
  ],
  waiting: ['contributions', 'select count(*) from app.waiting_slips'],
  claims: [
    'reimbursement',
    `select insurer, ziekenfonds, count(*), sum(accepted_lines), sum(refused_lines), sum(intervention_cents)
     from app.claims group by 1, 2`,
  ],
  amounts: [
    'landsbond',
    `select insurer, ziekenfonds, month, sum(slips), sum(claims), sum(intervention_cents), sum(patient_share_cents),
            sum(supplement_cents) from app.month_amounts group by 1, 2, 3`,
  ],
  returns: ['landsbond', `select ziekenfonds, month, attempt, state, figures::text from app.returns order by 1, 2, 3`],
  acceptedReturns: [
    'riziv',
    'select insurer, ziekenfonds, month, members, intervention_cents from app.accepted_returns',
  ],
  distributions: ['riziv', 'select kind, year, month, decided_on, total_cents, shares::text from app.distributions'],
  ledger: ['riziv', 'select booked_on, account, debit_cents, credit_cents from app.ledger_lines'],
}

/** Reads the figures of a story from the databases of all services. */
export async function figuresOf(sandbox: Pick<Sandbox, 'databases'>): Promise<Figures> {
  const figures: Record<string, readonly string[]> = {}
  for (const [name, [service, sql]] of Object.entries(questions)) {
    const { rows } = await sandbox.databases[service].query<{ line: string }>(`select q::text as line from (${sql}) q`)
    figures[name] = rows.map(({ line }) => line).sort()
  }
  return figures
}

/** Lines of one list that the other has not, however often each line stands in them. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1)
  return lines.filter((line) => {
    const count = left.get(line) ?? 0
    left.set(line, count - 1)
    return count <= 0
  })
}

/** What differs between two sets of figures: lines that are missing with a minus, lines too many with a plus. */
export function differencesBetween(expected: Figures, found: Figures): string[] {
  return Object.keys(questions).flatMap((name) => {
    const [one, other] = [expected[name] ?? [], found[name] ?? []]
    const missing = without(one, other).map((line) => `${name} - ${line}`)
    return [...missing, ...without(other, one).map((line) => `${name} + ${line}`)]
  })
}

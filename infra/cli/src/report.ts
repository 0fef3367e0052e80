import type { Sandbox } from '@ziv/sandbox'
import type { Finding } from '@ziv/service'

const euro = (cents: string | number): string =>
  (Number(cents) / 100).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

const number = (text: string | number | undefined): string => Number(text ?? 0).toLocaleString('en-GB')

async function byInsurer(
  sandbox: Sandbox,
  service: 'landsbond' | 'rights' | 'riziv',
  sql: string,
): Promise<Map<string, string[]>> {
  const { rows } = await sandbox.databases[service].query<Record<string, string>>(sql)
  return new Map(rows.map(({ insurer, ...values }) => [insurer ?? '', Object.values(values)]))
}

/** What happened, per insurer: members, members in order, returns, money out, advances, what is left to pay. */
export async function insurerTable(sandbox: Sandbox): Promise<string> {
  const today = sandbox.clock.today()
  const members = await byInsurer(
    sandbox,
    'landsbond',
    'select insurer, sum(members)::text as n from app.members_now group by insurer',
  )
  const insured = await byInsurer(
    sandbox,
    'rights',
    `select insurer, count(*)::text as n from app.periods where from_day <= '${today}' and to_day >= '${today}' group by insurer`,
  )
  const returns = await byInsurer(
    sandbox,
    'riziv',
    'select insurer, count(*)::text as n, sum(intervention_cents)::text as paid from app.accepted_returns group by insurer',
  )
  const ledger = await byInsurer(
    sandbox,
    'riziv',
    `select split_part(account, ':', 2) as insurer,
            sum(debit_cents) filter (where account like 'advanced:%')::text as advanced,
            sum(credit_cents - debit_cents) filter (where account like 'owed:%')::text as owed
     from app.ledger_lines where account like 'advanced:%' or account like 'owed:%' group by 1`,
  )
  const head = ['insurer', 'members', 'in order', 'returns', 'paid EUR', 'advances EUR', 'settled balance EUR']
  const rows = [...members.keys()]
    .sort()
    .map((insurer) => [
      insurer,
      number(members.get(insurer)?.[0]),
      number(insured.get(insurer)?.[0]),
      number(returns.get(insurer)?.[0]),
      euro(returns.get(insurer)?.[1] ?? 0),
      euro(ledger.get(insurer)?.[0] ?? 0),
      euro(ledger.get(insurer)?.[1] ?? 0),
    ])
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')
  return [line(head), ...rows.map(line)].join('\n')
}

/** Events out, events in, money in, money out, and how many proofs held. */
export async function proofLine(sandbox: Sandbox, findings: readonly Finding[]): Promise<string> {
  let out = 0
  for (const database of Object.values(sandbox.databases)) {
    const { rows } = await database.query<{ n: string }>(
      'select coalesce(sum(sequence), 0)::text as n from es.topic_keys',
    )
    out += Number(rows[0]?.n ?? 0)
  }
  const { rows } = await sandbox.databases.riziv.query<{ received: string; bank: string; advanced: string }>(
    `select coalesce(sum(credit_cents) filter (where account like 'received:%'), 0)::text as received,
            coalesce(sum(debit_cents - credit_cents) filter (where account = 'bank'), 0)::text as bank,
            coalesce(sum(debit_cents) filter (where account like 'advanced:%'), 0)::text as advanced from app.ledger_lines`,
  )
  const { received = '0', bank = '0', advanced = '0' } = rows[0] ?? {}
  const held = findings.filter(({ ok }) => ok).length
  const behind = (await Promise.all(sandbox.consumers.map((consumer) => consumer.lag())))
    .flat()
    .reduce((sum, { lag }) => sum + lag, 0)
  return (
    `proof: ${number(out)} events out, ${behind} not taken in; EUR ${euro(received)} in = EUR ${euro(advanced)} advanced + EUR ${euro(bank)} at the bank; ` +
    (held > 0 && held === findings.length ? 'every check holds' : `${held} of ${findings.length} checks hold`)
  )
}

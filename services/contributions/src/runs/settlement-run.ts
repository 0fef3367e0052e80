import type { Instant } from '@ziv/kernel'
import { isWeighed, type Law } from '@ziv/law'
import type { Member } from '@ziv/members'
import { memberInRow, type StoredMember } from '@ziv/members/store'
import { keysOfParts, type Run, type RunKind } from '@ziv/runs'
import { applyCommands, type YearCommand } from '../commands/apply-commands.ts'
import type { Context } from '../context.ts'

/** A settlement run as it stands. */
export interface SettlementRun extends Pick<Run, 'runId' | 'state' | 'failed'> {
  readonly year: number
  readonly persons: number
  readonly settled: number
  readonly unchanged: number
  readonly met: number
  readonly short: number
  readonly startedAt: Instant
  readonly completedAt?: Instant
}

export const SETTLEMENT = 'settlement'

export interface SettlementParams {
  readonly year: number
}

interface Candidate {
  readonly person_id: string
  readonly member: StoredMember
  readonly version: string
  readonly has_state: boolean
}

export function settlementOf({ runId, state, failed, params, counts, ...run }: Run<SettlementParams>): SettlementRun {
  const { persons = 0, settled = 0, unchanged = 0, met = 0, short = 0 } = counts
  const { startedAt, finishedAt } = run
  const ended = finishedAt === null ? {} : { completedAt: finishedAt }
  return { runId, year: params.year, state, failed, persons, settled, unchanged, met, short, startedAt, ...ended }
}

/** Settles everybody with a contribution capacity or a contribution in the year; a year is settled by one run at a time. */
export function settlementKind(context: Context): RunKind<SettlementParams, Candidate> {
  const { law } = context
  const { personsPerChunk } = context.config
  return {
    kind: SETTLEMENT,
    keyOf: ({ year }) => String(year),
    resultOf: (runId) => `/contributions/v1/settlementRuns/${runId}`,
    chunkSize: personsPerChunk,
    plan: (q) => keysOfParts(q, 'select person_id::text as key from app_members.persons', [], personsPerChunk),
    itemKey: ({ person_id }) => person_id,
    read: async (tx, { after, through, limit }, { params }) => {
      const { rows } = await tx.query<Candidate>({
        name: 'contributions-settle-candidates',
        text: `select p.person_id, p.member, p.xmin::text as version, y.person_id is not null as has_state
                 from app_members.persons p left join app.year_state y on y.person_id = p.person_id and y.year = $3
                where ($1::uuid is null or p.person_id > $1) and ($2::uuid is null or p.person_id <= $2)
                order by p.person_id limit $4`,
        values: [after, through, params.year, limit],
      })
      const last = rows.at(-1)?.person_id
      return last === undefined ? null : { items: rows, last }
    },
    store: async (tx, { items }, run, _, turn) => {
      const commands = items.flatMap((row) => {
        const person = memberInRow(row.person_id, row.member, row.version)
        return concerned(person, row.has_state, run.params.year, law) ? [settleCommand(person, run)] : []
      })
      const { actor, correlationId, runId } = run
      const origin = { actor, correlationId, causationId: runId }
      const outcomes = await applyCommands(context, tx, commands, origin, turn)
      const refused = outcomes.find((outcome) => outcome.kind === 'refused')
      if (refused) throw new Error(`the year cannot be settled: ${JSON.stringify(refused.rejection)}`)
      const settled = outcomes.filter(({ kind }) => kind === 'changed').length
      const met = outcomes.filter((outcome) => outcome.kind !== 'refused' && outcome.state.settled?.met).length
      const persons = outcomes.length
      return { persons, settled, unchanged: persons - settled, met, short: persons - met }
    },
  }
}

/** Dependants owe nothing and follow their holder: without a contribution of their own there is nothing to settle. */
const concerned = (person: Member, hasState: boolean, year: number, law: Law): boolean =>
  person.affiliations.length > 0 && (hasState || isWeighed(person, year, law))

const settleCommand = (person: Member, { runId, params: { year } }: Run<SettlementParams>): YearCommand => ({
  person,
  year,
  command: { type: 'SettleYear', commandId: `settle:${runId}:${person.personId}:${year}` },
})

import { type Law, loadCapacities } from '@ziv/law'
import { day, type Questions, question, tellRepairs, year } from '@ziv/law/testing'
import { z } from 'zod'
import { type AnswerContext, answerOn } from '../domain/answer.ts'
import type { RightPeriod, Timeline } from '../domain/decision.ts'
import { type Dossier, dossierOf, type Fact } from '../domain/facts.ts'
import { assessed, capacity, capacityEnd, died, joined, left } from '../domain/testing-facts.ts'
import { holderTimelines, timelineOf } from '../domain/timeline.ts'

const person = z.strictObject({
  born: day.prefault('1980-05-05'),
  affiliations: z
    .array(z.strictObject({ ziekenfonds: z.string().default('306'), from: day, to: day.nullable().default(null) }))
    .prefault([{ from: '2000-01-01' }]),
  capacities: z.array(
    z.strictObject({
      capacity: z.string(),
      from: day,
      to: day.nullable().default(null),
      /** Depends on the other holder. */
      other: z.boolean().default(false),
    }),
  ),
  met: z.array(year).default([]),
  unmet: z.array(year).default([]),
  /** Years of personal contributions that were not paid, or late. */
  unpaidPersonal: z.array(year).default([]),
  paidPersonal: z.array(year).default([]),
  died: day.optional(),
})

const situation = z.strictObject({
  /** The year of our knowledge: its renewal is decided, later ones are not. */
  decidedThrough: year,
  person,
  holder: person.optional(),
  other: person.optional(),
  /** Days of which is asked whether care is reimbursed. */
  days: z.array(day).default([]),
})

function factsOf(given: z.output<typeof person>, holder: boolean): Fact[] {
  const facts: Fact[] = []
  for (const { ziekenfonds, from, to } of given.affiliations) {
    const affiliationId = `a-${ziekenfonds}-${from}`
    facts.push(joined(from, { affiliationId, insurer: `${ziekenfonds[0]}00`, ziekenfonds, birthDate: given.born }))
    if (to !== null) facts.push(left(affiliationId, to))
  }
  for (const { capacity: kind, from, to, other } of given.capacities) {
    const dependant = holder && loadCapacities().at(kind).role === 'dependant'
    facts.push(capacity(kind, from, dependant ? { holderPersonId: other ? 'other' : 'holder' } : {}))
    if (to !== null) facts.push(capacityEnd(`${kind}-${from}`, to))
  }
  facts.push(
    ...given.met.map((of) => assessed(of, true)),
    ...given.unmet.map((of) => assessed(of, false)),
    ...given.unpaidPersonal.map((of) => assessed(of, false, { regime: 'personal' })),
    ...given.paidPersonal.map((of) => assessed(of, true, { regime: 'personal' })),
  )
  if (given.died !== undefined) facts.push(died(given.died))
  return facts
}

function decide({ decidedThrough, ...given }: z.output<typeof situation>, law: Law) {
  const holders = new Map<string, Dossier>()
  for (const id of ['holder', 'other'] as const) {
    const known = given[id]
    if (known !== undefined) holders.set(id, dossierOf(id, factsOf(known, false)))
  }
  const dossier = dossierOf('person', factsOf(given.person, given.holder !== undefined))
  const context = { rules: { law }, decidedThrough }
  const timelines = holderTimelines(dossier, holders, context)
  const timeline: Timeline = timelineOf(dossier, { ...context, holders: timelines })
  return { dossier, timeline, context: { law, decidedThrough, holders: timelines } }
}

/** `2024-01-01 to 2024-12-31 renewal, EMPLOYEE at 306`. */
const tellPeriod = (one: RightPeriod): string =>
  `${one.from} to ${one.to} ${one.ground}, ${one.capacity} at ${one.ziekenfonds}`

/** `2024-06-01 holderNotInOrder, the holder renewalRefused`; nothing for a day in order. */
function tellReason({ dossier, timeline, context }: ReturnType<typeof decide>, on: z.output<typeof day>): string[] {
  const { reason, holder } = answerOn(dossier, timeline, on, context satisfies AnswerContext)
  if (reason === null) return []
  return [`${on} ${reason}${holder === null ? '' : `, the holder ${holder.answer.reason}`}`]
}

function answerTimeline(given: z.output<typeof situation>, law: Law) {
  const known = decide(given, law)
  const { periods, decisions } = known.timeline
  const refused = decisions.filter(({ outcome }) => outcome === 'refused')
  const words = {
    periods: periods.map(tellPeriod),
    insured: given.days.filter((on) => periods.some(({ from, to }) => from <= on && on <= to)),
    notInOrder: given.days.flatMap((on) => tellReason(known, on)),
    refused: refused.map((decision) => decision.year),
    repairs: refused.flatMap(({ repairs }) => tellRepairs(repairs)),
  }
  return { words, grounds: decisions.flatMap(({ grounds }) => grounds) }
}

/** What scenarios ask of this service: every period of the right of a person, and what would open the years refused. */
export const rightsQuestions: Questions = { timeline: question(situation, answerTimeline) }

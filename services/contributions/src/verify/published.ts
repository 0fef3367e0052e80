import type { KeyRange, Transaction } from '@ziv/postgres'
import { addTallies, namesOf, naming, type RangedProof, rangedProof, rowsIn, told } from '@ziv/service'
import { streamIdOf } from '../commands/year-work.ts'
import type { Context } from '../context.ts'
import type { YearAssessment } from '../domain/year-assessment.ts'
import { answerYears } from './year-answers.ts'

/** Without the repairs, whose terms pass with time though no fact changes. */
const figuresOf = ({ regime, met, requiredCents, shortCents, awaits }: YearAssessment): string =>
  [regime, met, requiredCents, shortCents, awaits ?? ''].join(' ')

/** How many of these years were settled last by another law than that of now: the event names the law it was made with. */
async function toldByOtherLaw(
  tx: Transaction,
  ids: readonly string[],
  { store, law }: Pick<Context, 'store' | 'law'>,
): Promise<number> {
  let others = 0
  for (const { events } of (await store.loadMany(tx, ids)).values()) {
    const settled = events.findLast(({ type }) => type === 'YearSettled')
    if (settled !== undefined && settled.metadata.law !== law.version) others += 1
  }
  return others
}

async function answersOf(tx: Transaction, range: KeyRange, context: Context) {
  const wrong: { readonly name: string; readonly streamId: string }[] = []
  let examined = 0
  for await (const { personId, year, settled, now } of answerYears(tx, context, range)) {
    if (settled === null) continue
    examined += 1
    if (figuresOf(now) !== figuresOf(settled))
      wrong.push({ name: `${personId} ${year}`, streamId: streamIdOf(personId, year) })
  }
  const otherLaw = await toldByOtherLaw(
    tx,
    wrong.map(({ streamId }) => streamId),
    context,
  )
  return { examined, otherLaw, wrong: namesOf(wrong.map(({ name }) => name)) }
}

/** What would be answered now of every year that was told to others, with today's facts of the person, is what was told. */
export const toldProof = (context: Context): RangedProof =>
  rangedProof({
    name: 'contributions.told',
    database: context.database,
    keys: { sql: 'select distinct person_id::text as key from app.year_state' },
    there: rowsIn(context.database, `app.year_state where state ? 'settled'`),
    prove: (tx, range) => answersOf(tx, range, context),
    conclude: (results) => {
      const { examined, otherLaw, wrong } = addTallies(results)
      const ok = wrong.count === 0
      const detail = ok
        ? `${examined} years that were told are answered the same now`
        : `${wrong.count} of ${examined} years that were told are answered otherwise now (${told(wrong, 3)}); ${otherLaw} of them were told by another law than that of now: settle their year anew`
      return [{ check: 'contributions.told', ok, examined, detail, ...naming(wrong) }]
    },
  })

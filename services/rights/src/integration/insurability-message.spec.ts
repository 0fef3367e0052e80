import { insurabilityChanged } from '@ziv/contracts'
import { instant } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import { draft } from '@ziv/messaging'
import { expect, it } from 'vitest'
import { dossierOf } from '../domain/facts.ts'
import { assessed, capacity, day, joined, left } from '../domain/testing-facts.ts'
import { timelineOf } from '../domain/timeline.ts'
import { insurabilityMessages } from './insurability-message.ts'

const personId = '0198c1a2-7f00-7000-8000-0000000000aa'
const recordedAt = instant('2025-01-01T08:00:00.000Z')
const rules = { law: loadLaw() }
const facts = [joined('2020-01-01'), capacity('EMPLOYEE', '2023-01-01'), assessed(2023, true)]
const dossier = dossierOf(personId, facts)
const { periods } = timelineOf(dossier, { rules, decidedThrough: 2025, holders: new Map() })

for (const [what, metadata] of [
  ['of a run', { actor: 'spec', correlationId: 'run-1' }],
  ['caused by an event', { actor: 'rights', correlationId: 'c-1', causationId: 'e-1' }],
] as const) {
  it(`the message ${what} is exactly what the checked way of writing one gives`, () => {
    const change = { dossier, periods, changedFrom: day('2025-01-01'), cause: 'renewal' } as const
    const [message] = insurabilityMessages(change, { recordedAt, metadata })
    const checked = draft(insurabilityChanged, {
      ...{ key: personId, insurer: '300', ziekenfonds: '306', recordedAt, source: '/rights', ...metadata },
      id: message?.eventId ?? '',
      data: {
        ...{ personId, insurer: '300', ziekenfonds: '306', changedFrom: '2025-01-01', cause: 'renewal' },
        periods: periods as never,
      },
    })
    expect(message).toEqual(checked)
  })
}

it('nobody is told of a person whom nobody insures', () => {
  const stranger = dossierOf(personId, facts.slice(1))
  const change = { dossier: stranger, periods: [], changedFrom: day('2025-01-01'), cause: 'opening' } as const
  expect(insurabilityMessages(change, { recordedAt, metadata: { actor: 'a', correlationId: 'c' } })).toEqual([])
})

it('every insurer whose days change is told: the one of today, the one still to be joined, and no one long left', () => {
  const home = (insurer: string, ziekenfonds: string) => ({ affiliationId: ziekenfonds, insurer, ziekenfonds })
  const moved = dossierOf(personId, [
    ...[joined('2018-01-01', home('100', '101')), left('101', '2019-12-31')],
    ...[joined('2020-01-01', home('300', '306')), left('306', '2025-05-31')],
    ...[joined('2025-09-01', home('500', '501')), ...facts.slice(1)],
  ])
  const toldOn = (changedFrom: string) =>
    insurabilityMessages(
      { dossier: moved, periods, changedFrom: day(changedFrom), cause: 'correction' },
      { recordedAt, metadata: { actor: 'a', correlationId: 'c' } },
    ).map(({ topic, attributes }) => `${topic} ${attributes.ziekenfonds}`)
  const to = { of300: 'ziv.300.rights.v1 306', of500: 'ziv.500.rights.v1 501' }
  expect(toldOn('2025-01-01')).toEqual([to.of300, to.of500])
  expect(toldOn('2025-06-01')).toEqual([to.of500])
  expect(toldOn('2018-06-01')).toHaveLength(3)
})

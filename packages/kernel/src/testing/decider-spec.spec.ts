import { describe, expect, test } from 'vitest'
import { accept, type Decider, type DomainEvent, foldEvents, reject } from '../decider.ts'
import type { IsoDate } from '../iso-date.ts'
import { isoDate } from '../iso-date.ts'
import type { Rejection } from '../rejection.ts'
import { given } from './decider-spec.ts'

interface Opened extends DomainEvent {
  readonly type: 'opened'
  readonly data: { readonly on: IsoDate }
}
interface Command {
  readonly kind: 'open' | 'breakState' | 'unknownEvent'
}
interface State {
  open: boolean
  days: IsoDate[]
}

const opened = (on: IsoDate): Opened => ({ type: 'opened', version: 1, data: { on } })

const door: Decider<State, Command, Opened, Rejection<'ALREADY_OPEN'>, { today: IsoDate }> = {
  initialState: () => ({ open: false, days: [] }),
  evolve(state, event) {
    if (event.type !== 'opened') throw new Error(`unknown event ${String(event)}`)
    return { open: true, days: [...state.days, event.data.on] }
  },
  decide(command, state, facts) {
    if (command.kind === 'breakState') state.days.push(facts.today)
    if (command.kind === 'unknownEvent') return accept({ ...opened(facts.today), type: 'slammed' } as unknown as Opened)
    return state.open ? reject('ALREADY_OPEN', { since: state.days[0]! }) : accept(opened(facts.today))
  },
}

const today = isoDate('2026-04-01')
const open: Command = { kind: 'open' }

describe('given, when, then', () => {
  test('the expected events or the expected rejection pass', () => {
    given(door).on({ today }).when(open).then(opened(today))
    given(door, opened(today)).on({ today }).when(open).thenRejected('ALREADY_OPEN')
    given(door, opened(today)).on({ today }).when(open).thenRejected('ALREADY_OPEN', { since: '2026-04-01' })
    expect(given(door).on({ today }).when(open).decision.ok).toBe(true)
  })

  test('other events fail and both sides are shown', () => {
    const check = () =>
      given(door)
        .on({ today })
        .when(open)
        .then(opened(isoDate('2026-04-02')))
    expect(check).toThrow(/expected 1 event.*2026-04-02.*but got 1 event.*2026-04-01/s)
  })

  test('nothing expected fails when something happened', () => {
    expect(() => given(door).on({ today }).when(open).then()).toThrow(/expected no events but got 1 event/)
  })

  test('events expected of a refused command fail with the code and params of the refusal', () => {
    const check = () => given(door, opened(today)).on({ today }).when(open).then(opened(today))
    expect(check).toThrow(/refused with ALREADY_OPEN.*since.*2026-04-01/s)
  })

  test('a rejection expected of an accepted command fails with the events', () => {
    expect(() => given(door).on({ today }).when(open).thenRejected('ALREADY_OPEN')).toThrow(/but got 1 event.*opened/s)
  })

  test('another code or other params fail', () => {
    const outcome = given(door, opened(today)).on({ today }).when(open)
    expect(() => outcome.thenRejected('CLOSED')).toThrow(/refused with CLOSED but it was refused with ALREADY_OPEN/)
    expect(() => outcome.thenRejected('ALREADY_OPEN', { since: '2020-01-01' })).toThrow(/2020-01-01/)
  })

  test('a failure carries both sides for the difference that the runner prints', () => {
    let failure: unknown
    try {
      given(door).on({ today }).when(open).then()
    } catch (error) {
      failure = error
    }
    expect(failure).toMatchObject({ name: 'AssertionError', expected: [], actual: [opened(today)] })
  })

  test('a decide that changes its state fails', () => {
    expect(() => given(door, opened(today)).on({ today }).when({ kind: 'breakState' })).toThrow(TypeError)
  })

  test('an event that evolve does not know fails though it was expected', () => {
    const slammed = { ...opened(today), type: 'slammed' } as unknown as Opened
    expect(() => given(door).on({ today }).when({ kind: 'unknownEvent' }).then(slammed)).toThrow(/unknown event/)
  })

  test('folding starts at the beginning or goes on from a state', () => {
    const half = foldEvents(door, [opened(today)])
    expect(foldEvents(door, [opened(today)], half).days).toEqual([today, today])
    expect(foldEvents(door, [])).toEqual({ open: false, days: [] })
  })
})

import { addDays, isoDate, makeInsz } from '@ziv/kernel'
import { expect } from 'vitest'
import { key, nextSerial, type World } from './world.ts'

export const employer = { kind: 'employerProof', rszNumber: '102077173', issuedOn: '2026-03-15' }
export const employed = { kind: 'EMPLOYEE', acquiredOn: '2026-03-15', evidence: [employer] }

/** Moves to the HR Rail fund, the only insurer that no choice leads to. */
export const railwayStaff = {
  ...employed,
  evidence: [{ kind: 'railwayStaffAttest', issuedOn: '2026-03-15' }],
}

/** A number that no other person of the last world started has. */
export const nextSsin = (birthDate = '1985-07-30'): string => {
  const serial = nextSerial()
  // of one day there are 998: behind those it is the next
  return makeInsz(addDays(isoDate(birthDate), Math.floor(serial / 998)), 1 + (serial % 998))
}

/** What a clerk does before most specs begin: registering a person, and affiliating one as an employee. */
export function clerkOf(world: World) {
  async function register(ssin = nextSsin(), as = 'clerk306', birthDate = '1985-07-30'): Promise<string> {
    const body = { ssin, lastName: 'Peeters', firstNames: 'Lotte', birthDate }
    const answer = await world.call(as, 'POST', '/persons', body, key())
    expect(answer.status).toBe(201)
    return answer.body.personId
  }

  async function member(as = 'clerk306', ziekenfonds = '306'): Promise<string> {
    const personId = await register(nextSsin(), as)
    const body = { ziekenfonds, capacity: employed }
    const answer = await world.call(as, 'POST', `/persons/${personId}/affiliations`, body, key())
    expect(answer.status).toBe(201)
    return personId
  }

  return { register, member }
}

import { uuidV7 } from '@ziv/kernel'
import { employerProof, nextSsin } from '../security-world.fixture.ts'
import { type Call, holderWithChild, member, mistaken, proven, registered } from './endpoint.fixture.ts'

export const affiliation: Readonly<Record<string, Call>> = {
  //                                                          clerk viewer approver distrib superv provider ocmw rsz insured system
  'GET /tasks': { shows: ({ ids }) => ids.importId ?? '-' },
  'GET /tasks/:taskId': {
    prepare: async ({ known }) => ({ ids: { taskId: known.ids.importId ?? '-' } }),
  },
  'POST /persons': {
    body: () => ({ ssin: nextSsin(), lastName: 'Peeters', firstNames: 'An', birthDate: '1971-03-04' }),
  },
  'POST /persons/query': { body: ({ ssin }) => ({ ssin }) },
  'POST /persons/:personId/affiliations': {
    prepare: registered,
    body: ({ ziekenfonds, today }) => ({
      ziekenfonds,
      capacity: { kind: 'EMPLOYEE', acquiredOn: today, evidence: [employerProof(today)] },
    }),
  },
  'POST /persons/:personId/affiliations/:affiliationId/end': {
    prepare: member,
    body: ({ today }) => ({ to: today, reason: 'departure' }),
  },
  'POST /persons/:personId/capacities': {
    prepare: member,
    body: ({ today }) => ({
      kind: 'RESIDENT',
      acquiredOn: today,
      evidence: [{ kind: 'nationalRegisterEntry', registeredOn: today }],
    }),
  },
  'POST /persons/:personId/capacities/:capacityId/end': {
    ...{ prepare: member, body: ({ today }) => ({ to: today }) },
  },
  'POST /persons/:personId/death': {
    ...{ prepare: member, body: ({ today }) => ({ diedOn: today }) },
  },
  'POST /persons/:personId/dependants': {
    prepare: holderWithChild,
    body: ({ ids, today }) => ({
      ...{ dependantPersonId: ids.dependantPersonId ?? uuidV7(), kind: 'DEPENDANT_CHILD', acquiredOn: today },
      evidence: [{ kind: 'birthAct', issuedOn: today }],
    }),
  },
  'POST /persons/:personId/erasure': {
    prepare: mistaken,
    body: () => ({ reason: 'requestOfPerson' }),
  },
  'POST /persons/:personId/evidence': {
    prepare: member,
    body: ({ ids, today }) => ({ capacityId: ids.capacityId, evidence: employerProof(today) }),
  },
  'POST /persons/:personId/identifierReplacements': {
    prepare: member,
    body: ({ ssin }) => ({ previousSsin: ssin, ssin: nextSsin() }),
  },
  'POST /persons/:personId/affiliations/:affiliationId/corrections': {
    prepare: member,
    body: ({ today }) => ({ to: today, reason: 'clericalError' }),
  },
  'POST /persons/:personId/affiliations/:affiliationId/withdrawals': {
    prepare: member,
    body: () => ({ reason: 'clericalError' }),
  },
  'POST /persons/:personId/capacities/:capacityId/corrections': {
    prepare: member,
    body: ({ today }) => ({ to: today, reason: 'clericalError' }),
  },
  'POST /persons/:personId/capacities/:capacityId/withdrawals': {
    prepare: member,
    body: () => ({ reason: 'clericalError' }),
  },
  'POST /persons/:personId/corrections': {
    prepare: member,
    body: () => ({ sex: 'X', reason: 'clericalError' }),
  },
  'POST /persons/:personId/evidence/:evidenceId/corrections': {
    prepare: proven,
    body: ({ today }) => ({ evidence: employerProof(today), reason: 'clericalError' }),
  },
}

import { uuidV7 } from '@ziv/kernel'
import { employerProof, nextSsin } from '../security-world.fixture.ts'
import { type Endpoint, holderWithChild, member, mistaken, open, proven, registered, row } from './endpoint.fixture.ts'
import { fileRows } from './file-rows.fixture.ts'

export const affiliation: Readonly<Record<string, Endpoint>> = {
  //                                                          clerk viewer approver distrib superv provider ocmw rsz insured system
  ...fileRows('affiliation', {
    ...{ resource: 'memberImports', id: 'importId', type: 'application/jsonl', body: () => '{}', prepare: 'seed' },
    ...{ send: 'all - - - - - - - - all', read: 'own - - - - - - - - all' },
  }),
  'GET /tasks': { access: row('list list list - - - - - - all'), shows: ({ ids }) => ids.importId ?? '-' },
  'GET /tasks/:taskId': {
    ...{ access: row('own own own - - - - - - all'), okay: [200, 303] },
    prepare: async ({ known }) => ({ ids: { taskId: known.ids.importId ?? '-' } }),
  },
  'POST /persons': {
    access: row('all - - - - - - - - all'),
    body: () => ({ ssin: nextSsin(), lastName: 'Peeters', firstNames: 'An', birthDate: '1971-03-04' }),
  },
  'POST /persons/query': { access: row('all - - - - - - - - all'), body: ({ ssin }) => ({ ssin }) },
  'GET /persons/:personId': { access: row('own own own - all - - - own all') },
  'GET /persons/:personId/accessLog': { access: row('own - - - - - - - own all') },
  'GET /persons/:personId/history': { access: row('own own own - - - - - own all') },
  'POST /persons/:personId/affiliations': {
    ...{ access: row('own - - - - - - - - all'), foreign: 403, prepare: registered },
    body: ({ ziekenfonds, today }) => ({
      ziekenfonds,
      capacity: { kind: 'EMPLOYEE', acquiredOn: today, evidence: [employerProof(today)] },
    }),
  },
  'POST /persons/:personId/affiliations/:affiliationId/end': {
    ...{ access: row('own - - - - - - - - all'), prepare: member },
    body: ({ today }) => ({ to: today, reason: 'departure' }),
  },
  'POST /persons/:personId/capacities': {
    ...{ access: row('own - - - - - - - - all'), prepare: member },
    body: ({ today }) => ({
      kind: 'RESIDENT',
      acquiredOn: today,
      evidence: [{ kind: 'nationalRegisterEntry', registeredOn: today }],
    }),
    okay: [201, 409],
  },
  'POST /persons/:personId/capacities/:capacityId/end': {
    ...{ access: row('own - - - - - - - - all'), prepare: member, body: ({ today }) => ({ to: today }) },
  },
  'POST /persons/:personId/death': {
    ...{ access: row('own - - - - - - - - all'), prepare: member, body: ({ today }) => ({ diedOn: today }) },
  },
  'POST /persons/:personId/dependants': {
    ...{ access: row('own - - - - - - - - all'), prepare: holderWithChild, okay: [201, 409, 422] },
    body: ({ ids, today }) => ({
      ...{ dependantPersonId: ids.dependantPersonId ?? uuidV7(), kind: 'DEPENDANT_CHILD', acquiredOn: today },
      evidence: [{ kind: 'birthAct', issuedOn: today }],
    }),
  },
  'POST /persons/:personId/erasure': {
    access: row('- - own - - - - - - all'),
    prepare: mistaken,
    // who was told to others as insured is kept until nothing paid can be claimed back
    okay: [200, 409],
    body: () => ({ reason: 'requestOfPerson' }),
  },
  'POST /persons/:personId/evidence': {
    ...{ access: row('own - - - - - - - - all'), prepare: member },
    body: ({ ids, today }) => ({ capacityId: ids.capacityId, evidence: employerProof(today) }),
  },
  'POST /persons/:personId/identifierReplacements': {
    ...{ access: row('own - - - - - - - - all'), prepare: member },
    body: ({ ssin }) => ({ previousSsin: ssin, ssin: nextSsin() }),
  },
  'POST /persons/:personId/affiliations/:affiliationId/corrections': {
    ...{ access: row('own - - - - - - - - all'), prepare: member, okay: [200, 409, 422] },
    body: ({ today }) => ({ to: today, reason: 'clericalError' }),
  },
  'POST /persons/:personId/affiliations/:affiliationId/withdrawals': {
    ...{ access: row('own - - - - - - - - all'), prepare: member, body: () => ({ reason: 'clericalError' }) },
  },
  'POST /persons/:personId/capacities/:capacityId/corrections': {
    ...{ access: row('own - - - - - - - - all'), prepare: member },
    body: ({ today }) => ({ to: today, reason: 'clericalError' }),
  },
  'POST /persons/:personId/capacities/:capacityId/withdrawals': {
    ...{ access: row('own - - - - - - - - all'), prepare: member, body: () => ({ reason: 'clericalError' }) },
  },
  'POST /persons/:personId/corrections': {
    ...{ access: row('own - - - - - - - - all'), prepare: member },
    body: () => ({ sex: 'X', reason: 'clericalError' }),
  },
  'POST /persons/:personId/evidence/:evidenceId/corrections': {
    ...{ access: row('own - - - - - - - - all'), prepare: proven },
    body: ({ today }) => ({ evidence: employerProof(today), reason: 'clericalError' }),
  },
  'GET /refData/capacities': open,
  'GET /refData/evidenceKinds': open,
  'GET /refData/ziekenfondsen': open,
}

import type { ApiDescription } from '@ziv/openapi'

/** What the contract says of this API beside its routes. */
export const description: ApiDescription = {
  title: 'Affiliation',
  description: 'Persons, their insurer, the capacity in which they are insured, and the evidence for it.',
  version: '1.0.0',
  tags: [
    { name: 'Persons', description: 'Identity, history, death, erasure' },
    { name: 'Affiliations', description: 'Membership of an insurer' },
    { name: 'Capacities', description: 'Legal capacity and its evidence' },
    { name: 'Dependants', description: 'Persons insured through a holder' },
    { name: 'Corrections', description: 'What was recorded wrongly, put right' },
    { name: 'Imports', description: 'Members in bulk' },
    { name: 'Code lists', description: 'Codes used in this API' },
    { name: 'Tasks', description: 'Long work and how far it is' },
    { name: 'Access log', description: 'Who looked at a person' },
  ],
}

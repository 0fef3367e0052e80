import { day } from './capacities.ts'
import { attested, proof } from './proofs.define.ts'

const pensionAttest = proof(
  'pensionAttest',
  {
    nl: 'attest van de Federale Pensioendienst',
    fr: 'attestation du Service fédéral des Pensions',
    de: 'Bescheinigung des Föderalen Pensionsdienstes',
    en: 'attest of the Federal Pension Service',
  },
  'Attest of the Federal Pension Service',
  { issuedOn: day.describe('Day on which the service confirmed the pension') },
  (entry, claim, facts) => attested(entry.issuedOn, claim, facts),
)

export const pensionProofs = { pensionAttest }

import { personsOf, type Story } from '@ziv/demo'
import type { World } from '../security-world.fixture.ts'
import { inszNeedles, type Needle } from './search.fixture.ts'

/** Words of a person that occur nowhere else in the world. */
export const someone = {
  lastName: 'Vanzelfsprekend',
  firstNames: 'Godelieve Apollonia',
  address: {
    street: 'Onvindbaarstraat',
    houseNumber: '4711Q',
    postalCode: '9999X',
    city: 'Nergenshuizen',
    country: 'BE',
  },
}
export const BORN_ON = '1971-03-04'
const IBAN_OF_OFFICES = 'BE68539007547034'

/** The person of the proof, with what was made for it. */
export interface Subject {
  readonly personId: string
  readonly ssin: string
  readonly fileId: string
  readonly claimId: string
}

/** Numbers and names of everybody of a story. */
export function needlesOf(story: Story): readonly Needle[] {
  return [...personsOf(story)].flatMap((person) => [
    ...inszNeedles(person.insz, `number of ${person.personId}`),
    { what: `name of ${person.personId}`, text: `${person.lastName} ${person.firstNames}` },
    { what: `name of ${person.personId}`, text: `${person.firstNames} ${person.lastName}` },
    { what: `family name of ${person.personId}`, text: `"${person.lastName}"` },
    { what: `first names of ${person.personId}`, text: `"${person.firstNames}"` },
  ])
}

/** Everything that names the person of the proof. */
export function needlesOfSubject({ ssin, personId }: Subject): readonly Needle[] {
  const words = [someone.lastName, ...someone.firstNames.split(' '), someone.address.street, someone.address.city]
  const more = [someone.address.houseNumber, someone.address.postalCode]
  const spaced = IBAN_OF_OFFICES.replace(/(.{4})(?=.)/g, '$1 ')
  return [
    ...inszNeedles(ssin, `number of ${personId}`),
    ...[...words, ...more].map((text) => ({ what: 'word of the person', text })),
    ...[...words].map((text) => ({ what: 'word of the person', text: text.toUpperCase() })),
    ...[IBAN_OF_OFFICES, spaced].map((text) => ({ what: 'account', text })),
  ]
}

/** What few enough persons share to be tried one by one, with the key of the index in hand. */
export function guessable(world: World, { ssin, personId }: Subject): readonly Needle[] {
  const index = world.sandbox.vault.blindIndex('insz', ssin)
  return [
    { what: `keyed hash of the number of ${personId}`, text: index },
    { what: `keyed hash of the number of ${personId}`, text: Buffer.from(index, 'base64url').toString('hex') },
    { what: `birth date of ${personId}`, text: BORN_ON },
  ]
}

import { controlCodes } from '@ziv/formats'
import { cents, isoDate, LANGUAGES } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import type { AssessedLine } from '../../domain/claim-input.ts'
import { controls } from '../../domain/control-codes.ts'
import type { Standing } from '../../domain/standing.ts'
import { provider } from '../../testing/facts.ts'
import { repairKinds } from './case.ts'
import { type CaseFacts, tellCode, textOf } from './case-of.ts'

const line: AssessedLine = {
  ...{ number: 1, nomenclature: '101032', careDate: isoDate('2024-05-06'), units: 0, providerNumber: provider },
  ...{ variant: '', outcome: 'refused', codes: [], askedCents: cents(2568), officialFeeCents: cents(0) },
  ...{ interventionCents: cents(0), patientShareCents: cents(0), supplementCents: cents(0) },
  billed: {
    ...{ insuranceCents: cents(2000), patientCents: cents(700) },
    ...{ officialInterventionCents: cents(1968), officialShareCents: cents(600) },
  },
}
const asked = { acquiredOn: isoDate('2024-04-02'), requestedOn: isoDate('2024-04-15') }
const standings: readonly Standing[] = [
  ...(['notAffiliated', 'otherInsurer', 'noCapacity', 'noRightKnown', 'rightNotOpen'] as const).map((reason) => ({
    reason,
  })),
  ...(['immigrationOffice', 'manualDecision'] as const).map(
    (waitingFor): Standing => ({ reason: 'capacityPending', awaited: [{ waitingFor, ...asked }] }),
  ),
]
const about = { receivedOn: isoDate('2024-06-10'), member: true }
const ofLine = (standing?: Standing): CaseFacts => ({
  ...about,
  line: { ...line, ...(standing === undefined ? {} : { standing }) },
})

/** Codes that refuse an invoice or a line from its form: those that block a file leave no claim. */
const formCodes = controlCodes().flatMap(({ code, letter }) => (letter === 'F' || letter === 'R' ? [code] : []))
const codes = [...new Set([...Object.keys(controls), ...formCodes])].sort()

/** Every way in which every code is told. */
const told = codes.flatMap((code) => {
  const ofClaim = 'FB'.includes(tellableLetter(code))
  if (code === '500540') return standings.map((standing) => tellCode(code, ofLine(standing)))
  if (code === '500549') return [tellCode(code, ofLine({ reason: 'deceased', diedOn: isoDate('2024-05-05') }))]
  if (ofClaim) return [tellCode(code, about), tellCode(code, { ...about, member: false })]
  return [tellCode(code, ofLine())]
})

function tellableLetter(code: string): string {
  const own = controls[code as keyof typeof controls]
  return own?.letter ?? controlCodes().find((control) => control.code === code)!.letter
}

describe('every code that a claim or a line can be answered with', () => {
  test('stands among those told here', () => {
    expect(formCodes.length).toBeGreaterThan(35)
    expect(new Set(told.map(({ code }) => code))).toEqual(new Set(codes))
  })

  test.each(told.map((one) => [one.code, one.says.en, one] as const))('%s: %s', (code, _says, one) => {
    expect(one.rule).toMatch(/^(claim|price|form)\.[a-zA-Z]+$/)
    expect(repairKinds).toContain(one.kind)
    for (const text of [one.says, one.flip, textOf(one)]) {
      expect(new Set(LANGUAGES.map((language) => text[language])).size).toBe(4)
      for (const language of LANGUAGES) {
        const sentence = text[language]
        expect(sentence).toMatch(/^["\p{Lu}\p{N}].*\.$/u)
        // no place left, no code, no name of a field, no day as a program writes it
        expect(sentence).not.toMatch(/[{}]|undefined|null/)
        expect(sentence).not.toContain(code)
        expect(sentence).not.toMatch(/\b[a-z]+[A-Z]\w*/)
        expect(sentence).not.toMatch(/\d{4}-\d{2}-\d{2}/)
      }
    }
    for (const language of ['nl', 'fr', 'de'] as const) {
      expect(textOf(one)[language]).not.toMatch(/\b(the|claim|care|not|with|zone is)\b/)
    }
  })

  test('says that nothing changes it, or what does', () => {
    for (const { kind, flip } of told)
      expect(/^Nothing|This alone|for information/.test(flip.en)).toBe(kind === 'nothing')
  })

  test('says that a new request is needed wherever care has to be sent again', () => {
    const again = { nl: /nieuwe aanvraag/, fr: /nouvelle demande/, de: /neuen Antrag/, en: /new request/ }
    for (const { code, flip } of told.filter((one) => one.kind === 'sendAgain' || one.code === '500540')) {
      // who is addressed elsewhere is known there
      if (code === '201810') continue
      for (const language of LANGUAGES) expect(flip[language], code).toMatch(again[language])
    }
  })

  test('tells one reason from another', () => {
    const reasons = told.filter(({ code }) => code === '500540').map((one) => textOf(one))
    for (const language of LANGUAGES) expect(new Set(reasons.map((text) => text[language])).size).toBe(standings.length)
  })
})

test('a remark on amounts promises no payment that a refused file does not make, and no rest from sending that again', () => {
  const flipOf = (code: string) => tellCode(code, ofLine()).flip
  const ifPaid = {
    nl: /als ze betaald wordt/,
    fr: /si elle est payée/,
    de: /wenn sie bezahlt wird/,
    en: /if it is paid/,
  }
  const ofFile = { nl: /hele bestand/, fr: /fichier entier/, de: /ganze Datei/, en: /whole file/ }
  for (const language of LANGUAGES) {
    expect(flipOf('501940')[language]).toMatch(ifPaid[language])
    for (const code of ['501940', '502740', '503042']) expect(flipOf(code)[language], code).toMatch(ofFile[language])
    expect(flipOf('502740')[language]).not.toMatch(/en niets hoeft|et rien|und nichts|and nothing/)
  }
})

test('names the facts of the claim', () => {
  const says = (code: string, standing?: Standing) => textOf(tellCode(code, ofLine(standing))).en
  expect(says('500540', standings.at(-2))).toContain(
    'waits since 15 April 2024 for the decision of the Immigration Office',
  )
  expect(says('500549', { reason: 'deceased', diedOn: isoDate('2024-05-05') })).toContain('died on 5 May 2024')
  expect(says('500544')).toMatch(/101032 of 6 May 2024 .*10000304|101032 of 6 May 2024 by provider \d+/)
  expect(says('502742')).toMatch(/EUR 7\.00.*EUR 6\.00.*EUR 19\.68/)
  expect(says('500546')).toMatch(/6 May 2024 came in on 10 June 2024/)
  expect(says('510412')).toMatch(/nomenclature/)
})

test('a code without words, or without what it needs to be told, is told to nobody', () => {
  expect(() => tellCode('999999', about)).toThrow('Control code 999999 has no words')
  expect(() => tellCode('500540', ofLine())).toThrow('says no reason')
  expect(() => tellCode('500403', about)).toThrow('The sentence wants nomenclature')
  // what blocks a file leaves no claim to tell it of
  expect(() => tellCode('100101', about)).toThrow('has no words here')
})

import { readFileSync } from 'node:fs'
import { defineRejections, LANGUAGES } from '@ziv/kernel'
import { loadCapacities, proofRefusals } from '@ziv/law'
import { expect, test } from 'vitest'
import { unprovable } from './evidence.assess.ts'
import { parsePersonEvent } from './person.events.ts'
import { rejections } from './person.rejections.ts'

const source = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

test('the proofs here and the catalogue of the law agree', () => {
  const { open } = loadCapacities()
  expect(unprovable(open)).toEqual([])
  const invented = { ...open[0]!, code: 'INVENTED', evidence: { accepted: ['oath'], enough: 'goodFaith' } }
  expect(unprovable([...open, invented])).toEqual([
    'INVENTED: no proof is called oath',
    'INVENTED: proofs are not weighed by goodFaith',
  ])
  expect(unprovable(open.filter(({ code }) => code !== 'STUDENT'))).toEqual(['enrolmentCertificate proves no capacity'])
})

test('an event of another kind in a person stream is a defect', () => {
  expect(() => parsePersonEvent('SomethingElse', {})).toThrow('does not belong in a person stream')
})

test('every refusal has its sentence in four languages and is given somewhere', () => {
  expect(() => defineRejections(rejections)).not.toThrow()
  const code = [
    ...[
      'contradiction',
      'of-others',
      'transfer',
      'decide-affiliation',
      'decide-capacity',
      'decide-dependant',
      'dependant-admission',
      'decide-lifecycle',
      'decide-correction',
      'proven-days',
      'decision',
      'evidence.assess',
      'repair-year',
    ],
    ...['commands/identity', 'commands/run-command', 'intake/import-chunk', 'intake/import-row'].map(
      (name) => `../${name}`,
    ),
    ...['persons', 'capacities', 'affiliations'].map((name) => `../api/${name}`),
    '../projections/insz-index',
  ].map((name) => source(`./${name}.ts`))
  for (const [name, text] of Object.entries(rejections)) {
    for (const language of LANGUAGES) expect(text[language].length).toBeGreaterThan(10)
    const byLaw = proofRefusals.some((refusal) => refusal === name)
    expect([name, byLaw || code.some((file) => file.includes(`'${name}'`))]).toEqual([name, true])
  }
  expect(proofRefusals.filter((refusal) => !(refusal in rejections))).toEqual([])
})

import { csvTable } from '../csv-table.ts'

export interface Field {
  readonly name: string
  /** Number of the zone in the RSZ glossary. */
  readonly zone: string
  readonly kind: 'integer' | 'text' | 'date' | 'time' | 'month'
  readonly min: number | null
  readonly max: number | null
  readonly digits: number | null
  /** The first number that has more digits. */
  readonly above: number
  readonly minLength: number | null
  readonly maxLength: number | null
  readonly pattern: RegExp | null
  readonly values: ReadonlySet<string> | null
  readonly anomalies: ReadonlySet<string>
}

/** One place in the sequence of a block: an element (or a choice of elements) and how often it may stand there. */
export interface Particle {
  readonly names: readonly string[]
  readonly min: number
  readonly max: number
}

/** A sequence with the place of every element in it. */
export interface Sequence {
  readonly particles: readonly Particle[]
  readonly places: ReadonlyMap<string, number>
}

export interface Block {
  readonly name: string
  readonly zone: string
  readonly anomalies: ReadonlySet<string>
  readonly common: Sequence
  /** After the common part one of these follows; each is given together with the common part. */
  readonly alternatives: readonly Sequence[]
}

export interface DmfaStructure {
  readonly fields: ReadonlyMap<string, Field>
  readonly blocks: ReadonlyMap<string, Block>
}

type FieldColumn =
  | 'field'
  | 'zone'
  | 'kind'
  | 'min'
  | 'max'
  | 'digits'
  | 'minLength'
  | 'maxLength'
  | 'pattern'
  | 'values'
  | 'anomalies'
type BlockColumn = 'block' | 'zone' | 'sequence' | 'alternatives' | 'anomalies'

const numberOrNull = (text: string): number | null => (text === '' ? null : Number(text))
const setOf = (text: string): ReadonlySet<string> => new Set(text === '' ? [] : text.split(' '))

/**
 * Structure of the original quarterly declaration (schema DmfAOriginal 2022/3) from our tables `data/fields.csv` and
 * `data/blocks.csv`: `a` once, `a?` at most once, `a*` any number, `a+` one or more, `a{0,99}` counted, `a|b` either.
 */
export function loadStructure(): DmfaStructure {
  const fields = new Map<string, Field>()
  for (const row of csvTable<FieldColumn>(new URL('./data/fields.csv', import.meta.url))) {
    fields.set(row.field, {
      name: row.field,
      zone: row.zone,
      kind: row.kind as Field['kind'],
      min: numberOrNull(row.min),
      max: numberOrNull(row.max),
      digits: numberOrNull(row.digits),
      above: row.digits === '' ? Number.POSITIVE_INFINITY : 10 ** Number(row.digits),
      minLength: numberOrNull(row.minLength),
      maxLength: numberOrNull(row.maxLength),
      pattern: row.pattern === '' ? null : new RegExp(`^(?:${row.pattern})$`, 'u'),
      values: row.values === '' ? null : setOf(row.values),
      anomalies: setOf(row.anomalies),
    })
  }
  const blocks = new Map<string, Block>()
  for (const row of csvTable<BlockColumn>(new URL('./data/blocks.csv', import.meta.url))) {
    const common = particlesOf(row.sequence)
    const alternatives = row.alternatives === '' ? [] : row.alternatives.split(' / ')
    blocks.set(row.block, {
      name: row.block,
      zone: row.zone,
      anomalies: setOf(row.anomalies),
      common: sequenceOf(common),
      alternatives: alternatives.map((text) => sequenceOf([...common, ...particlesOf(text)])),
    })
  }
  return { fields, blocks }
}

function sequenceOf(particles: readonly Particle[]): Sequence {
  const places = new Map<string, number>()
  for (const [place, particle] of particles.entries()) for (const name of particle.names) places.set(name, place)
  return { particles, places }
}

function particlesOf(text: string): Particle[] {
  return text === '' ? [] : text.split(' ').map(particleOf)
}

function particleOf(text: string): Particle {
  const match = /^([A-Za-z0-9|]+)(?:([?*+])|\{(\d+),(\d+)\})?$/u.exec(text)
  if (match === null) throw new Error(`The structure table holds '${text}', which is not a particle.`)
  const names = match[1]!.split('|')
  if (match[3] !== undefined) return { names, min: Number(match[3]), max: Number(match[4]) }
  const sign = match[2]
  return {
    names,
    min: sign === '?' || sign === '*' ? 0 : 1,
    max: sign === '*' || sign === '+' ? Number.POSITIVE_INFINITY : 1,
  }
}

import type { MemberFact } from '../facts.ts'

/** What a fold in SQL reads, and how; each condition is one on a row `f` of the table. */
export interface SpellsSource {
  /** Facts, in the columns of `app_members.facts` that say how somebody is a member. */
  readonly table: string
  /** Column with the day of death of a person; null: not dead. */
  readonly diedOn: string
  /** Facts that count: those known up to then. */
  readonly known: string
  /** Facts about affiliations and capacities that are wanted; a death counts whoever told it. */
  readonly tenants: string
  /** Persons that are wanted. Default all. */
  readonly persons?: string
  /** Further columns of the fact that says how a spell stands, handed on. */
  readonly beside?: readonly string[]
  /** How the end of a spell is found: of all spells at once, or of each by itself, for who stops after a page. */
  readonly ends: 'all' | 'each'
}

const NEWEST = 'f.recorded_at desc, f.sequence desc, f.event_id desc'
const inKinds = (...kinds: readonly MemberFact['kind'][]): string => `(${kinds.map((kind) => `'${kind}'`).join(', ')})`

const STATES = inKinds(
  ...(['opened', 'affiliationCorrected', 'affiliationWithdrawn', 'requested', 'refused', 'acquired'] as const),
  ...(['capacityCorrected', 'capacityWithdrawn'] as const),
)

/**
 * `foldMember` for millions of persons at a time, as common table expressions: `spells` (person_id, thing_id, ziekenfonds, capacity,
 * from_day, to_day, acquired_on, affiliation: whether it is one; to_day null while it runs) and `deaths` (person_id, died_on). A
 * property spec holds both to the pure fold. Each thing stands as its newest fact says; an end counts when it is newer than what it ends.
 */
export function spellsSql({ table, diedOn, known, tenants, persons, beside = [], ends }: SpellsSource): string {
  const ended = `${known} and ${tenants} and f.kind in ${inKinds('closed', 'ended')}`
  const endJoin = {
    all: `left join (select distinct on (f.thing_id) f.* from ${table} f where ${ended} order by f.thing_id, ${NEWEST}) e using (thing_id)`,
    each: `left join lateral (
      select f.* from ${table} f where ${ended} and f.thing_id = s.thing_id order by ${NEWEST} limit 1) e on true`,
  }
  return `
  deaths as (
    select distinct on (f.person_id) f.person_id, f.${diedOn} as died_on from ${table} f
    where ${known} and f.kind in ${inKinds('died', 'personCorrected')} order by f.person_id, ${NEWEST}),
  spells as (
    select ${['person_id', 'thing_id', 'ziekenfonds', 'capacity', 'from_day', 'acquired_on', ...beside].map((one) => `s.${one}`).join(', ')},
           s.kind in ${inKinds('opened', 'affiliationCorrected')} as affiliation,
           case when (e.recorded_at, e.sequence, e.event_id) > (s.recorded_at, s.sequence, s.event_id) then e.to_day
                else s.to_day end as to_day
    from (
      select distinct on (f.person_id, f.thing_id) f.* from ${table} f
      where ${known} and ${tenants} and ${persons ?? 'true'} and f.kind in ${STATES}
      order by f.person_id, f.thing_id, ${NEWEST}) s
    ${endJoin[ends]}
    where s.kind in ${inKinds('opened', 'affiliationCorrected', 'acquired', 'capacityCorrected')})`
}

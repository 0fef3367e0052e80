import type { History } from './history.ts'

/** To which funds a person belongs, as the spec reads it from the log: no rule of a service is asked. */
export interface Belonging {
  /** The fund whose member the person is today, or was last, or will be first; null when nobody has the person, or several had and withdrew. */
  readonly home: string | null
  /** False for somebody who was only registered: the fund that did it is told of in affiliation alone. */
  readonly affiliated: boolean
  /** Every fund that the person was ever recorded at, also by mistake. */
  readonly ever: readonly string[]
}

interface Stay {
  readonly ziekenfonds: string
  readonly from: string
  readonly to: string | null
}

/** The affiliations of a person as they stand, and who ever had one or registered the person. */
export async function belongingOf({ sandbox }: History, personId: string): Promise<Belonging> {
  const { affiliation } = sandbox.databases
  const { rows: stays } = await affiliation.query<Stay>(
    `select ziekenfonds, valid_from::text as from, valid_to::text as to from app.affiliations where person_id = $1 order by valid_from`,
    [personId],
  )
  const { rows: recorded } = await affiliation.query<{ type: string; fund: string }>(
    `select type, coalesce(data->>'ziekenfonds', split_part(data->>'registeredBy', '/', 2)) as fund from es.events
      where stream_id = 'person-' || $1 and type in ('AffiliationOpened', 'PersonRegistered') order by version`,
    [personId],
  )
  const ever = [...new Set(recorded.flatMap(({ fund }) => (fund ? [fund] : [])))]
  const affiliated = recorded.some(({ type }) => type === 'AffiliationOpened')
  const only = ever.length === 1 ? ever[0] : undefined
  return { home: homeOf(stays, sandbox.clock.today()) ?? only ?? null, ever, affiliated }
}

function homeOf(stays: readonly Stay[], today: string): string | undefined {
  const covering = stays.find(({ from, to }) => from <= today && (to === null || to >= today))
  const ended = stays.filter(({ to }) => to !== null && to < today).toSorted((a, b) => (a.to! < b.to! ? -1 : 1))
  return (covering ?? ended.at(-1) ?? stays[0])?.ziekenfonds
}

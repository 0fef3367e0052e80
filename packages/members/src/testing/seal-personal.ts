import { personalContext, personalFacts } from '@ziv/contracts'
import type { ReceivedEvent } from '@ziv/messaging'
import type { Vault } from '@ziv/privacy'

const names = personalFacts.keyof().options

/**
 * For specs: events written with date of birth, sex and keyed hashes in the clear, as the affiliation service sends them.
 * The inverse of `openPersonal`.
 */
export async function sealPersonal(
  vault: Pick<Vault, 'seal'>,
  events: readonly ReceivedEvent[],
): Promise<readonly ReceivedEvent[]> {
  const plain = events.map(({ data }) =>
    Object.fromEntries(
      Object.entries(data as object).filter(([name]) => names.includes(name as (typeof names)[number])),
    ),
  )
  const wanted = events.flatMap(({ key, id }, place) => {
    const facts = plain[place] as Readonly<Record<string, string>>
    if (Object.keys(facts).length === 0) return []
    return [{ place, subjectId: key, context: personalContext(id), plaintext: JSON.stringify(facts) }]
  })
  const sealed = await vault.seal(wanted)
  const at = new Map(wanted.map(({ place }, index) => [place, sealed[index]]))
  return events.map((event, place) => {
    const personal = at.get(place)
    if (personal === undefined) return event
    const rest = Object.entries(event.data as object).filter(([name]) => !(name in (plain[place] as object)))
    const { birthDate } = plain[place] as { readonly birthDate?: string }
    const year = birthDate === undefined ? {} : { birthYear: Number(birthDate.slice(0, 4)) }
    return { ...event, data: { ...Object.fromEntries(rest), ...year, personal } }
  })
}

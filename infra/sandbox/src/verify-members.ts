import type { Transaction } from '@ziv/postgres'
import { addTallies, naming, type RangedProof, rangedProof, rowsIn, told } from '@ziv/service'
import type { Sandbox } from './sandbox.ts'
import { serviceNames } from './services.ts'
import { comparedAgain, type Difference } from './verification/look-again.ts'

type Parts = Pick<Sandbox, 'databases' | 'modules' | 'relays' | 'consumers'>

async function compare(
  tx: Transaction,
  range: Parameters<RangedProof['prove']>[1],
  { modules }: Pick<Parts, 'modules'>,
) {
  const copies = await Promise.all(
    serviceNames.flatMap((name) => {
      const { memberCopy } = modules[name] as { memberCopy?: (typeof modules)['rights']['memberCopy'] }
      if (memberCopy === undefined) return []
      return [memberCopy.stored(range).then((stored) => ({ name, stored: new Map(stored), wanted: memberCopy.wanted }))]
    }),
  )
  let examined = 0
  const different: Difference[] = []
  const differs = (id: string, name: string): void => {
    different.push({ key: `${id} in ${name}`, what: `${id} in ${name}` })
  }
  for await (const member of modules.affiliation.toldMembers(tx, range)) {
    examined += 1
    for (const { name, stored, wanted } of copies) {
      const found = (stored.get(member.personId) ?? []).toSorted().join()
      stored.delete(member.personId)
      if (found !== wanted(member).toSorted().join()) differs(member.personId, name)
    }
  }
  // what is kept of persons of whom nothing was told
  for (const { name, stored } of copies) for (const id of stored.keys()) differs(id, name)
  return { examined, different: different.sort((a, b) => (a.what < b.what ? -1 : 1)) }
}

/** Every service that keeps something of the members keeps what affiliation's own log told of them, fact by fact, and nothing else. */
export const membersAgree = (parts: Parts): RangedProof =>
  rangedProof({
    name: 'members',
    database: parts.databases.affiliation,
    keys: {
      sql: `select substr(stream_id, 8) as key from es.streams where stream_id >= 'person-' and stream_id < 'person.'`,
    },
    there: rowsIn(parts.databases.affiliation, 'es.topic_keys'),
    prove: (tx, range) =>
      comparedAgain(tx, { database: parts.databases.affiliation, moving: parts }, (now) => compare(now, range, parts)),
    conclude: (results) => {
      const { examined, different } = addTallies(results)
      const none = different.count === 0
      const detail = none
        ? `${examined} persons, in every copy as affiliation told them`
        : `${different.count} differ: ${told(different, 3)}`
      const check = 'every copy of the members is what affiliation told'
      return [{ check, ok: none, examined, detail, ...naming(different) }]
    },
  })

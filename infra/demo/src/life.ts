import { type IsoDate, uuidV5 } from '@ziv/kernel'
import type { Sandbox } from '@ziv/sandbox'
import { commandIdOf } from './member-rows.ts'
import type { SyntheticPerson } from './population/index.ts'
import { personsOf, type Story } from './story.ts'

/** Deaths and ends of capacities of a month, told to the affiliation API as a clerk would. */
export async function liveThrough(
  sandbox: Sandbox,
  story: Story,
  period: { readonly from: IsoDate; readonly to: IsoDate },
): Promise<{ readonly deaths: number; readonly ends: number }> {
  const token = await sandbox.issuer.token({ subject: 'demo', roles: ['system'] })
  let deaths = 0
  let ends = 0
  for (const person of personsOf(story)) {
    if (within(person.diesOn, period)) {
      deaths += 1
      await post(sandbox, token, person, `/persons/${person.personId}/death`, { diedOn: person.diesOn })
    } else if (within(person.capacityEndsOn, period)) {
      ends += 1
      const capacityId = uuidV5(`${commandIdOf(person)}/capacity`)
      const url = `/persons/${person.personId}/capacities/${capacityId}/end`
      await post(sandbox, token, person, url, { to: person.capacityEndsOn })
    }
  }
  return { deaths, ends }
}

const within = (day: IsoDate | null, { from, to }: { readonly from: IsoDate; readonly to: IsoDate }): boolean =>
  day !== null && day >= from && day <= to

async function post(
  sandbox: Sandbox,
  token: string,
  person: SyntheticPerson,
  path: string,
  body: object,
): Promise<void> {
  const answer = await sandbox.app.inject({
    method: 'POST',
    url: `/affiliation/v1${path}`,
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': `${person.rowId}${path.replaceAll('/', '.')}` },
    payload: body,
  })
  // 409: a holder's death or end came first and took the capacity along
  if (answer.statusCode >= 400 && answer.statusCode !== 409)
    throw new Error(`POST ${path} answered ${answer.statusCode}: ${answer.body}`)
}

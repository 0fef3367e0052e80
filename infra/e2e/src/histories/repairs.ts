import type { RepairKind } from '@ziv/law'
import type { History, Somebody } from './history.ts'
import { type Deed, deedsOfYears, type ReferenceYear, type Repair, type Told } from './repair-deeds.ts'

const yearOf = async (history: History, { personId }: Somebody, year: number): Promise<ReferenceYear | null> => {
  const url = `/contributions/v1/persons/${personId}/referenceYears/${year}`
  const { status, json } = await history.call({ method: 'GET', url })
  return status === 200 ? json : null
}

/** A refusal for want of contributions asks for what contributions ask for, word for word: rights make no repair of their own. */
export async function rightsAskForTheSame(history: History): Promise<number> {
  let compared = 0
  for (const person of history.people.filter(({ erased }) => !erased)) {
    const { personId } = person
    const body = { personId, explain: true }
    const { status, json } = await history.call({ url: '/rights/v1/insurability/query', body })
    if (status !== 200 || json.decision?.kind !== 'renewal' || json.decision.outcome !== 'refused') continue
    const referenceYear = Number(json.decision.from.slice(0, 4)) - 2
    const found = await yearOf(history, person, referenceYear)
    if (found === null || found.assessment.met) continue
    const asked = (repairs: readonly Repair[]) =>
      repairs.filter(({ kind }) => kind !== 'proveCapacity').map(({ text }) => text)
    const [told, answered] = [asked(json.decision.repairs), asked(found.repairs)]
    if (told.join('\n') !== answered.join('\n'))
      throw new Error(
        `${personId} ${referenceYear}: rights ask for\n${told.join('\n')}\nand contributions for\n${answered.join('\n')}`,
      )
    compared += 1
  }
  return compared
}

/** The years of a person that are over and may still be put right. */
const yearsOf = ({ sandbox }: History): number[] => {
  const now = Number(sandbox.clock.today().slice(0, 4))
  return [now - 3, now - 2, now - 1]
}

/** Everything that is asked of somebody for one of these years today. A repair that is too late may not be told. */
export async function toldOf(history: History, person: Somebody, year: number): Promise<readonly Told[]> {
  const today = history.sandbox.clock.today()
  const found = await yearOf(history, person, year)
  const past = found?.repairs.find(({ until }) => until !== undefined && until < today)
  if (past !== undefined) throw new Error(`on ${today} a repair is told that was possible until ${past.until}`)
  return (found?.repairs ?? []).map((repair) => ({ person, year, repair }))
}

/** Carries one repair out: everything it asks for has to be taken today, and the year has to show it. */
export async function carryOut(history: History, told: Told): Promise<void> {
  const { repair } = told
  const deed: Deed | undefined = (deedsOfYears as Partial<Record<RepairKind, Deed>>)[repair.kind]
  if (deed === undefined) throw new Error(`nobody knows how to carry out ${repair.kind}: ${repair.text}`)
  for (let part: Deed | undefined = deed; part !== undefined; part = part.next) await carryOutDeed(history, told, part)
}

async function carryOutDeed(history: History, told: Told, deed: Deed): Promise<void> {
  const { person, year, repair } = told
  const said: string[] = []
  for (const sent of await deed.calls(history, told)) {
    const { status, json } = await history.call(sent)
    said.push(`${sent.url} ${JSON.stringify(sent.body)} -> ${status} ${JSON.stringify(json)}`)
    history.told.push(`repair ${repair.kind} of ${year}: ${said.at(-1)}`)
    if (status < 400) continue
    throw new Error(`${repair.text}: ${said.at(-1)}`)
  }
  await history.sandbox.idle()
  const after = await yearOf(history, person, year)
  if (after === null || !deed.done(after, told))
    throw new Error(
      `${repair.text}: done for ${person.personId} by\n${said.join('\n')}\nand ${year} is still ${JSON.stringify(after)}`,
    )
}

/** Carries out one repair of somebody whose year asks for one, in the middle of the life of all; null when nobody's does. */
export async function repairOne(history: History): Promise<RepairKind | null> {
  const alive = history.people.filter(({ erased }) => !erased)
  for (let tries = 0; tries < 4 && alive.length > 0; tries += 1) {
    const told = await toldOf(history, history.random.pick(alive), history.random.pick(yearsOf(history)))
    if (told.length === 0) continue
    const one = history.random.pick(told)
    await carryOut(history, one)
    return one.repair.kind
  }
  return null
}

/** Does for everybody what the years ask for, until nothing is asked any more: one repair of a year after the other. Returns which. */
export async function doRepairs(history: History): Promise<RepairKind[]> {
  const done: RepairKind[] = []
  for (const person of history.people.filter(({ erased }) => !erased)) {
    for (const year of yearsOf(history)) {
      const told = await toldOf(history, person, year)
      if (told.length === 0) continue
      const one = history.random.pick(told)
      await carryOut(history, one)
      done.push(one.repair.kind)
    }
  }
  return done
}

import { addDays, addMonths, type IsoDate, isoDate, makeRszNumber } from '@ziv/kernel'
import { belongingOf } from './belonging.ts'
import { clerkOf } from './callers.ts'
import { FUNDS, type History, LAST_DAY, type Sent, type Somebody, ssinOf, ssinOfYear } from './history.ts'

export type Step = (history: History) => Promise<Sent | null>

const KINDS = ['EMPLOYEE', 'SELF_EMPLOYED', 'STUDENT', 'RESIDENT'] as const

/** A day of the last year and a half, now and then one that is still to come. */
export function someDay({ sandbox, random }: History, ahead = 0.08): IsoDate {
  const today = sandbox.clock.today()
  return random.chance(ahead) ? addDays(today, random.int(1, 60)) : addDays(today, -random.int(0, 540))
}

export const somebody = ({ about, people, random }: History): Somebody | null =>
  about ?? (people.length === 0 ? null : random.pick(people))

/** A proof of a capacity, issued on a day. */
export const proofOf = (kind: string, day: IsoDate): object => {
  const year = Number(day.slice(0, 4)) - (day.slice(5) < '09-01' ? 1 : 0)
  switch (kind) {
    case 'EMPLOYEE':
      return { kind: 'employerProof', rszNumber: makeRszNumber(10_203), issuedOn: day }
    case 'SELF_EMPLOYED':
      return { kind: 'socialInsuranceFundAttest', fundNumber: '0409084236', activity: 'selfEmployed', issuedOn: day }
    case 'STUDENT':
      return {
        ...{ kind: 'enrolmentCertificate', institution: 'KU Leuven', recognised: true, issuedOn: day },
        academicYear: `${year}-${year + 1}`,
      }
    default:
      return { kind: 'nationalRegisterEntry', registeredOn: day }
  }
}

const capacityOf = (history: History): object => {
  const kind = history.random.pick(KINDS)
  const acquiredOn = someDay(history)
  const requestedOn = history.random.chance(0.3) ? { requestedOn: someDay(history) } : {}
  // the year before: the one that is settled, and may be short
  const repairsYear = Number(history.sandbox.clock.today().slice(0, 4)) - 1
  const repair = kind === 'RESIDENT' && history.random.chance(0.3) ? { repairsYear } : {}
  return { kind, acquiredOn, ...requestedOn, ...repair, evidence: [proofOf(kind, acquiredOn)] }
}

/** Somebody with one of the affiliations or capacities that the person has now; null when there is none. */
async function holdingOf(history: History, what: 'affiliations' | 'capacities') {
  const person = somebody(history)
  if (person === null) return null
  const url = `/affiliation/v1/persons/${person.personId}`
  const { json } = await history.call({ method: 'GET', url })
  const held = json?.[what] as readonly {
    affiliationId: string
    capacityId: string
    evidence?: { evidenceId: string }[]
  }[]
  if (held === undefined || held.length === 0) return null
  return { person, url, one: history.random.pick(held) }
}

const reason = 'clericalError'

/** Registers somebody new, a child now and then. */
export const register: Step = async (history) => {
  const { random, sandbox } = history
  const born = random.chance(0.3) ? random.int(2016, 2022) : random.int(1958, 2004)
  const birthDate = isoDate(`${born}-0${random.int(1, 9)}-1${random.int(0, 9)}`)
  const numberOf = history.people.length % 3 === 2 ? ssinOfYear : ssinOf
  const ssin = numberOf(birthDate, (history.seed % 90) * 10 + history.people.length + 1)
  const fund = random.pick(FUNDS)
  const { status, json } = await history.call(
    { url: '/affiliation/v1/persons', body: { ssin, lastName: 'Peeters', firstNames: 'An', birthDate } },
    random.chance(0.7) ? clerkOf(history, fund) : undefined,
  )
  if (status >= 400) throw new Error(`nobody can be registered on ${sandbox.clock.today()}: ${JSON.stringify(json)}`)
  history.people.push({ personId: json.personId, birthDate, ssin, erased: false })
  if (random.chance(0.4)) return moved(history, json.personId)
  return affiliationOf(history, json.personId, random.chance(0.9) ? fund : random.pick(FUNDS))
}

/** Somebody who left a fund, so long before another was chosen that the choice was free. */
async function moved(history: History, personId: string): Promise<Sent> {
  const { random, sandbox } = history
  const url = `/affiliation/v1/persons/${personId}/affiliations`
  const to = addDays(sandbox.clock.today(), -random.int(150, 300))
  const first = { ziekenfonds: random.pick(FUNDS), from: addDays(to, -random.int(30, 200)) }
  const { json } = await history.call({ url, body: first })
  const { status } = await history.call({ url: `${url}/${json.affiliationId}/end`, body: { to, reason: 'departure' } })
  history.told.push(`${url} ${JSON.stringify(first)} until ${to} -> ${status}`)
  const [kind, acquiredOn] = [random.pick(KINDS), addDays(to, random.int(95, 145))]
  const capacity = { kind, acquiredOn, evidence: [proofOf(kind, acquiredOn)] }
  return { url, body: { ziekenfonds: random.pick(FUNDS), capacity } }
}

const affiliationOf = (history: History, personId: string, ziekenfonds: string): Sent => ({
  url: `/affiliation/v1/persons/${personId}/affiliations`,
  body: { ziekenfonds, capacity: capacityOf(history) },
})

/** Opens an affiliation: the first one, one after a departure, or with another insurer. */
export const affiliate: Step = async (history) => {
  const person = somebody(history)
  return person && affiliationOf(history, person.personId, history.random.pick(FUNDS))
}

export const acquire: Step = async (history) => {
  const person = somebody(history)
  return person && { url: `/affiliation/v1/persons/${person.personId}/capacities`, body: capacityOf(history) }
}

export const endCapacity: Step = async (history) => {
  const held = await holdingOf(history, 'capacities')
  return held && { url: `${held.url}/capacities/${held.one.capacityId}/end`, body: { to: someDay(history) } }
}

export const endAffiliation: Step = async (history) => {
  const held = await holdingOf(history, 'affiliations')
  const body = { to: someDay(history), reason: 'departure' }
  return held && { url: `${held.url}/affiliations/${held.one.affiliationId}/end`, body }
}

export const correctCapacity: Step = async (history) => {
  const held = await holdingOf(history, 'capacities')
  if (held === null) return null
  const url = `${held.url}/capacities/${held.one.capacityId}`
  const { random } = history
  if (random.chance(0.25)) return { url: `${url}/withdrawals`, body: { reason } }
  const acquiredOn = someDay(history)
  const bodies = [
    { to: someDay(history), reason },
    { runsOn: true, reason },
    { acquiredOn, evidence: [proofOf(random.pick(KINDS), acquiredOn)], reason },
  ]
  return { url: `${url}/corrections`, body: random.pick(bodies) }
}

export const correctAffiliation: Step = async (history) => {
  const held = await holdingOf(history, 'affiliations')
  if (held === null) return null
  const url = `${held.url}/affiliations/${held.one.affiliationId}`
  if (history.random.chance(0.25)) return { url: `${url}/withdrawals`, body: { reason } }
  const bodies = [
    { from: someDay(history), reason },
    { to: someDay(history), reason },
    { runsOn: true, reason },
  ]
  return { url: `${url}/corrections`, body: history.random.pick(bodies) }
}

/** A clerk puts right, or withdraws, what is of another fund of the same person. */
export const reachOver: Step = async (history) => {
  const { people, random } = history
  const first = random.int(0, people.length)
  for (const { personId } of [...people.slice(first), ...people.slice(0, first)]) {
    const { ever } = await belongingOf(history, personId)
    const url = `/affiliation/v1/persons/${personId}`
    const { json } = await history.call({ method: 'GET', url })
    const held = (json?.affiliations ?? []) as readonly { affiliationId: string; ziekenfonds: string }[]
    if (held.length === 0 || ever.length < 2) continue
    const one = random.pick(held)
    const by = random.pick(ever.filter((fund) => fund !== one.ziekenfonds))
    const bodies = [
      { from: someDay(history), reason },
      { to: someDay(history), reason },
      { runsOn: true, reason },
    ]
    const at = `${url}/affiliations/${one.affiliationId}`
    return random.chance(0.4)
      ? { url: `${at}/withdrawals`, body: { reason }, by }
      : { url: `${at}/corrections`, body: random.pick(bodies), by }
  }
  return null
}

export const correctEvidence: Step = async (history) => {
  const held = await holdingOf(history, 'capacities')
  const proof = held?.one.evidence?.[0]
  if (held === null || proof === undefined) return null
  const evidence = history.random.chance(0.7) ? { evidence: proofOf(history.random.pick(KINDS), someDay(history)) } : {}
  return { url: `${held.url}/evidence/${proof.evidenceId}/corrections`, body: { ...evidence, reason } }
}

/** Birth, sex or death put right, or a death taken back. */
export const correctPerson: Step = async (history) => {
  const person = somebody(history)
  const bodies = [
    { lives: true, reason },
    { sex: 'X', reason },
    { diedOn: someDay(history), reason },
    { birthDate: person && addDays(person.birthDate, history.random.int(-400, 400)), reason },
  ]
  return person && { url: `/affiliation/v1/persons/${person.personId}/corrections`, body: history.random.pick(bodies) }
}

export const die: Step = async (history) => {
  const person = somebody(history)
  return person && { url: `/affiliation/v1/persons/${person.personId}/death`, body: { diedOn: someDay(history) } }
}

export const erase: Step = async (history) => {
  const person = somebody(history)
  if (person === null) return null
  const { random, sandbox } = history
  const url = `/affiliation/v1/persons/${person.personId}`
  // the terms after a departure do not pass within a history: whoever goes had affiliations by mistake, or none
  const { json } = await history.call({ method: 'GET', url })
  for (const { affiliationId } of (json?.affiliations ?? []) as readonly { affiliationId: string }[]) {
    const { status } = await history.call({ url: `${url}/affiliations/${affiliationId}/withdrawals`, body: { reason } })
    history.told.push(`${url}/affiliations/${affiliationId}/withdrawals -> ${status}`)
  }
  // then what was paid on them can be claimed back no more
  const later = addMonths(sandbox.clock.today(), 25)
  if (later <= LAST_DAY && random.chance(0.5)) await sandbox.clock.moveTo(later)
  const sent = { url: `${url}/erasure`, body: { reason: 'requestOfPerson' } }
  const { status } = await history.call(sent)
  if (status < 400) person.erased = true
  return sent
}

export const addDependant: Step = async (history) => {
  const [holder, child] = [somebody(history), somebody({ ...history, about: null })]
  if (holder === null || child === null) return null
  const acquiredOn = history.random.chance(0.5) ? child.birthDate : someDay(history)
  return {
    url: `/affiliation/v1/persons/${holder.personId}/dependants`,
    body: {
      ...{ dependantPersonId: child.personId, kind: 'DEPENDANT_CHILD', acquiredOn },
      evidence: [{ kind: 'birthAct', issuedOn: acquiredOn }],
    },
  }
}

export const replaceNumber: Step = async (history) => {
  const person = somebody(history)
  if (person === null) return null
  const ssin = ssinOf(person.birthDate, 910 + (history.next() % 80))
  const url = `/affiliation/v1/persons/${person.personId}/identifierReplacements`
  return { url, body: { previousSsin: person.ssin, ssin } }
}

/** A file of members: some new, some who are known already. */
export const importMembers: Step = async (history) => {
  const { random, people } = history
  const rows = Array.from({ length: random.int(1, 3) }, (_, index) => {
    const known = random.chance(0.3) ? somebody(history) : null
    const birthDate = known?.birthDate ?? isoDate(`19${random.int(60, 99)}-0${random.int(1, 9)}-2${random.int(0, 8)}`)
    const ssin = known?.ssin ?? ssinOf(birthDate, (history.seed % 90) * 10 + 1 + ((people.length + index) % 9))
    const personId =
      known?.personId ?? `0198c1a2-7f00-7000-8000-${String(history.seed * 1_000 + history.next()).padStart(12, '0')}`
    if (known === null) people.push({ personId, birthDate, ssin, erased: false })
    const acquiredOn = someDay(history, 0)
    return {
      ...{
        rowId: `row-${history.seed}-${history.next()}`,
        personId,
        ssin,
        lastName: 'Janssens',
        firstNames: 'Jan',
        birthDate,
      },
      ...{
        sex: 'X',
        ziekenfonds: random.pick(FUNDS),
        capacity: random.pick(KINDS),
        acquiredOn,
        requestedOn: acquiredOn,
      },
    }
  })
  return {
    url: '/affiliation/v1/memberImports',
    body: rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    type: 'application/x-ndjson',
  }
}

import type { History, Somebody } from './history.ts'

interface Repair {
  readonly kind: string
  readonly text: string
  readonly until?: string
}
interface ReferenceYear {
  readonly assessment: { readonly met: boolean; readonly shortCents: number; readonly regime: string }
  readonly repairs: readonly Repair[]
}

const centsIn = (text: string): number[] =>
  [...text.matchAll(/(\d[\d.,\s]*[.,]\d{2})/g)].map(([amount]) => Number(amount.replaceAll(/\D/g, '')))

/** What one payment has to be to repair the year, by the words of the repair; null for a repair that asks for something else. */
function paymentOf({ kind, text }: Repair, year: number): { amountCents: number; quarter: string } | null {
  const amounts = centsIn(text)
  const quarters = text.match(/\d{4}Q\d/g) ?? []
  if (kind === 'payComplement') return { amountCents: amounts[1] ?? Number.NaN, quarter: `${year}Q4` }
  // one payment for several quarters is worth as much as one for each
  const [quarter = ''] = quarters
  if (kind === 'payQuarters') return { amountCents: amounts[0] ?? Number.NaN, quarter }
  if (kind === 'payQuartersAndComplement') return { amountCents: amounts.at(-1) ?? Number.NaN, quarter }
  return null
}

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

/**
 * Does for everybody what a repair of a year says, once: it has to be possible today, and the year has to be met by it. Returns
 * how many were done.
 */
export async function doRepairs(history: History): Promise<number> {
  const today = history.sandbox.clock.today()
  let done = 0
  for (const person of history.people.filter(({ erased }) => !erased)) {
    for (let year = Number(today.slice(0, 4)) - 3; year < Number(today.slice(0, 4)); year += 1) {
      const found = await yearOf(history, person, year)
      const past = found?.repairs.find(({ until }) => until !== undefined && until < today)
      if (past !== undefined) throw new Error(`on ${today} a repair is told that was possible until ${past.until}`)
      const registration = found?.repairs.find(({ kind }) => kind === 'residentRegistration')
      const registered = registration !== undefined && history.random.chance(0.5)
      const told = registered ? await register(history, person, year, registration) : found
      const repair = told?.repairs.find((one) => paymentOf(one, year) !== null)
      if (repair === undefined) continue
      await pay(history, person, year, repair)
      done += 1
    }
  }
  return done
}

/** What a registration may be refused for that the year of contributions does not know. */
const barred = ['capacityOverlaps', 'residenceUnproven']

/** Registers somebody as resident for one year, asked today; the contributions of that year then tell what is to be paid. */
async function register(history: History, person: Somebody, year: number, repair: Repair) {
  const { personId } = person
  const since = `${year}-01-01`
  const evidence = [{ kind: 'nationalRegisterEntry', registeredOn: since }]
  const body = { kind: 'RESIDENT', acquiredOn: since, repairsYear: year, evidence }
  const { status, json } = await history.call({ url: `/affiliation/v1/persons/${personId}/capacities`, body })
  if (status !== 201 && !barred.some((code) => String(json.type).endsWith(code)))
    throw new Error(`${repair.text}: ${JSON.stringify(body)} was answered ${status} ${JSON.stringify(json)}`)
  await history.sandbox.idle()
  return await yearOf(history, person, year)
}

async function pay(history: History, person: Somebody, year: number, repair: Repair): Promise<void> {
  const { personId } = person
  const content = { paymentId: `R-${history.seed}-${history.next()}`, personId, ...paymentOf(repair, year) }
  const body = { ...content, receivedOn: history.sandbox.clock.today() }
  const { status, json } = await history.call({ url: '/contributions/v1/payments', body })
  if (status !== 200 || json.outcome !== 'recorded')
    throw new Error(`${repair.text}: ${JSON.stringify(body)} was answered ${status} ${JSON.stringify(json)}`)
  await history.sandbox.idle()
  const after = await yearOf(history, person, year)
  if (after?.assessment.met !== true)
    throw new Error(`${repair.text}: paid for ${personId}, and ${year} is still ${JSON.stringify(after)}`)
}

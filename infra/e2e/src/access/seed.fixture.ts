import type { SyntheticPerson } from '@ziv/demo'
import { personsOf, type Story } from '@ziv/demo'
import { writeEfact, writeNomensoft } from '@ziv/formats'
import type { Caller, Role } from '@ziv/http'
import { cents, type IsoDate, isoDate, makeInsz, makeRizivNumber, uuidV5, uuidV7 } from '@ziv/kernel'
import { loadZiekenfondsen } from '@ziv/law'
import { newMember, nextSsin, type World } from '../security-world.fixture.ts'

/** What requests are about: identifiers of one person and of resources of one tenant. */
export interface Target {
  readonly today: IsoDate
  readonly insurer: string
  readonly ziekenfonds: string
  readonly providerNumber: string
  readonly personId: string
  readonly ssin: string
  /** Identifiers of path parameters, by their name. */
  readonly ids: Readonly<Record<string, string>>
}

export interface Seed {
  readonly world: World
  readonly known: Target
  /** The same shape, but nothing of it exists. */
  readonly unknown: Target
  /** Callers whose own tenant the known target is. */
  readonly own: Readonly<Record<Role, Partial<Caller>>>
  /** Callers of other tenants. */
  readonly foreign: Readonly<Partial<Record<Role, readonly Partial<Caller>[]>>>
}

const providerNumber = makeRizivNumber(100_123, 3)
const otherProvider = makeRizivNumber(100_321, 3)

/** Plays what requests need beside the story: a claim, files, runs, and who is own and who is foreign. */
export async function seedWorld(world: World, story: Story): Promise<Seed> {
  const person = someEmployee(story)
  const other = otherMember(story, person)
  const { insurer, ziekenfonds, personId } = person
  const own: Record<Role, Partial<Caller>> = {
    clerk: { roles: ['clerk'], insurer, ziekenfonds },
    landsbondViewer: { roles: ['landsbondViewer'], insurer },
    landsbondApprover: { roles: ['landsbondApprover'], insurer },
    rizivDistributor: { roles: ['rizivDistributor'] },
    rizivSupervisor: { roles: ['rizivSupervisor'] },
    careProvider: { roles: ['careProvider'], providerNumber },
    ocmw: { roles: ['ocmw'] },
    rsz: { roles: ['rsz'] },
    insured: { roles: ['insured'], personId },
    system: { roles: ['system'] },
  }
  const there = { insurer: other.insurer, ziekenfonds: other.ziekenfonds }
  const foreign: Partial<Record<Role, Partial<Caller>[]>> = {
    clerk: [
      { roles: ['clerk'], ...there },
      { roles: ['clerk'], insurer, ziekenfonds: sisterOf(insurer, ziekenfonds, story.to) },
    ],
    landsbondViewer: [{ roles: ['landsbondViewer'], insurer: other.insurer }],
    landsbondApprover: [{ roles: ['landsbondApprover'], insurer: other.insurer }],
    careProvider: [{ roles: ['careProvider'], providerNumber: otherProvider }],
    insured: [{ roles: ['insured'], personId: other.personId }],
  }
  const today = world.sandbox.clock.today()
  const about = { today, insurer, ziekenfonds, providerNumber }
  const ids = await resources(world, person, own)
  const nobody = Object.fromEntries(Object.keys(ids).map((name) => [name, uuidV7()]))
  const fixed = { year: '2023', cell: 'claims', problemTypeCode: 'badRequest' }
  return {
    world,
    own,
    foreign,
    known: { ...about, personId, ssin: person.insz, ids: { ...ids, ...fixed } },
    unknown: { ...about, personId: nobody.personId!, ssin: nextSsin(), ids: { ...nobody, ...fixed } },
  }
}

/** An employee of a ziekenfonds that has sisters, insured through the whole story. */
function someEmployee(story: Story): SyntheticPerson {
  for (const person of personsOf(story)) {
    const stays = person.capacity === 'EMPLOYEE' && person.diesOn === null && person.capacityEndsOn === null
    if (stays && person.joinsOn <= story.from && !['600', '900'].includes(person.insurer)) return person
  }
  throw new Error('the story has no employee who stays')
}

function otherMember(story: Story, than: SyntheticPerson): SyntheticPerson {
  for (const person of personsOf(story)) {
    if (person.insurer !== than.insurer && !['600', '900'].includes(person.insurer)) return person
  }
  throw new Error('the story has one insurer only')
}

function sisterOf(insurer: string, ziekenfonds: string, day: IsoDate): string {
  const sister = loadZiekenfondsen()
    .on(day, insurer)
    .find(({ code }) => code !== ziekenfonds)
  return sister?.code ?? `${insurer[0]}98`
}

async function resources(
  world: World,
  person: SyntheticPerson,
  own: Seed['own'],
): Promise<Readonly<Record<string, string>>> {
  const { personId, ziekenfonds } = person
  const { databases } = world.sandbox
  const one = async (name: keyof typeof databases, sql: string, values: readonly unknown[] = []): Promise<string> => {
    const { rows } = await databases[name].query<{ id: string }>(sql, values)
    if (rows[0] === undefined) throw new Error(`nothing found for: ${sql}`)
    return rows[0].id
  }
  const decided = `select event_id::text as id from es.events where type = 'RightDecided' and stream_id like 'entitlement-' || $1 || '-%' limit 1`
  const paid = `select distribution_id::text as id from app.distributions limit 1`
  const member = await newMember(world, await world.token(own.clerk), ziekenfonds)
  return {
    personId,
    affiliationId: member.affiliationId,
    capacityId: member.capacityId,
    importId: await posted(world, own.clerk, '/affiliation/v1/memberImports', 'importId', '{}', 'application/jsonl'),
    intakeId: await posted(world, own.rsz, '/contributions/v1/slipIntakes', 'intakeId', slipLine(), ndjson),
    runId: uuidV5('set by the endpoints'),
    decisionId: await one('rights', decided, [personId]),
    claimId: await posted(world, own.careProvider, '/reimbursement/v1/claims', 'claimId', claimBody({ personId })),
    fileId: await posted(
      world,
      own.careProvider,
      '/reimbursement/v1/invoiceFiles',
      'fileId',
      await efactOf(person),
      text,
    ),
    returnId: await one('landsbond', 'select return_id::text as id from app.returns where ziekenfonds = $1 limit 1', [
      ziekenfonds,
    ]),
    distributionId: await one('riziv', paid),
    statusId: uuidV5('set by the endpoints'),
  }
}

const ndjson = 'application/x-ndjson'
const text = 'text/plain'

async function posted(
  world: World,
  caller: Partial<Caller>,
  url: string,
  field: string,
  body: object | string | Buffer,
  type = 'application/json',
): Promise<string> {
  const token = await world.token(caller)
  const reply = await world.call({ method: 'POST', url, token, body, headers: { 'content-type': type } })
  if (reply.status >= 300) throw new Error(`POST ${url} answered ${reply.status}: ${reply.text}`)
  return reply.json[field] as string
}

/** One slip as a line, of a person that no story knows. */
const slipLine = (): string =>
  `${JSON.stringify({ ssin: makeInsz(isoDate('1964-01-02'), 77), employerNumber: '102077173', quarter: '2023Q1', amountCents: 912_345 })}\n`

export const claimBody = (about: { readonly personId: string; readonly providerNumber?: string }) => ({
  personId: about.personId,
  providerNumber: about.providerNumber ?? providerNumber,
  lines: [{ nomenclature: '101032', careDate: '2023-05-10', askedCents: 2_568 }],
})

/** A list of tariffs was sent: always the same one, of one amount. */
export async function tariffs({ world, own }: Seed): Promise<Partial<Target>> {
  const words = { nl: 'raadpleging', fr: 'consultation' }
  const about = { code: '101054', validFrom: isoDate('2031-01-01'), validTo: null, category: null, feeCode: '0' }
  const amount = { ...about, description: words, feeDescription: words, amount: '31.000000', document: 'OA2031_1' }
  const list = (await Array.fromAsync(writeNomensoft([amount]))).join('')
  const url = '/reimbursement/v1/tariffImports'
  return { ids: { importId: await posted(world, own.system, url, 'importId', list, 'application/xml') } }
}

/** A billing file with one service for the person, in which the provider is the third-party payer. */
export async function efactOf(person: Pick<SyntheticPerson, 'insz' | 'sex' | 'ziekenfonds'>): Promise<Buffer> {
  const service = {
    code: '101032',
    from: isoDate('2023-05-11'),
    provider: providerNumber,
    insuranceCents: cents(2_000),
    patientCents: cents(400),
    supplementCents: cents(0),
    reference: 'A-1',
    convention: 1 as const,
  }
  const invoice = {
    ...{ ziekenfonds: person.ziekenfonds, insz: person.insz, sex: person.sex, ct1: '110', ct2: '110' },
    ...{ invoiceNumber: '00000001', reference: 'A', invoiceDate: isoDate('2023-05-12'), services: [service] },
    billingInstitution: providerNumber,
  }
  let file = ''
  const pieces = writeEfact({
    senderReference: '42',
    invoicingMonth: '2023-05',
    sendNumber: 7,
    createdOn: isoDate('2023-05-12'),
    thirdPartyNumber: providerNumber,
    bic: 'GKCCBEBB',
    iban: 'BE68539007547034',
    invoices: [invoice],
  })
  for await (const piece of pieces) file += piece
  return Buffer.from(file, 'latin1')
}

import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { addMonths } from '@ziv/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { affiliation, personIdOfRow } from '../index.ts'
import { nextSsin } from '../testing/clerk.ts'
import { becameOf, bodyOf, memberLine, postMembers, sendMembers, takeRows } from '../testing/member-files.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
let afterChunk: () => void | Promise<void>
const kill = () => {
  throw new Error('killed')
}

beforeAll(async () => {
  world = await startWorld('2026-03-20', { afterChunk: () => afterChunk() })
})
afterAll(() => world?.close())
beforeEach(() => {
  afterChunk = () => undefined
})

const members = (name: string, count: number) => Array.from({ length: count }, (_, n) => memberLine(`${name}-${n}`))
const pages = async (): Promise<readonly string[]> =>
  (await world.database.query<{ content: string }>('select content from app_files.pages')).rows.map(
    (row) => row.content,
  )
const holdsKey = async (subjectId: string): Promise<boolean> => {
  const text = 'select from privacy.keys where subject_id = $1 and wrapped is not null'
  return (await world.keys.query(text, [subjectId])).rowCount === 1
}

/** Another process takes up what is left; `dies` after its first chunk. */
async function nextLife(dies: boolean): Promise<void> {
  const next = await affiliation.create(world.deps, { afterChunk: dies ? kill : undefined })
  await next.resume()
  await next.runs.idle()
  await next.stop()
}

test('over all lives of a process every row counts once, and lines rest sealed until the key goes with the end', async () => {
  const lines = members('lives', 2_200)
  afterChunk = kill
  const { importId } = (
    await postMembers(world, 'clerk306', bodyOf([...lines.slice(0, 900), '{', ...lines.slice(900)]))
  ).body
  await world.module.runs.idle()
  const seen = [(await becameOf(world, 'clerk306', importId)).counts.imported]
  expect([(await pages()).length, (await pages()).some((text) => text.includes('Claes'))]).toEqual([5, false])
  expect(await holdsKey(importId)).toBe(true)
  // whoever dies after a chunk leaves another on its way
  for (const dies of [true, false]) {
    await nextLife(dies)
    seen.push((await becameOf(world, 'clerk306', importId)).counts.imported)
  }
  expect(seen).toEqual([999, 1_999, 2_200])
  const counts = { imported: 2_200, repeated: 0, refused: 1 }
  const issues = [[901, 'lineInvalid']]
  expect(await becameOf(world, 'clerk306', importId)).toMatchObject({ state: 'partiallyAccepted', counts, issues })
  expect([await pages(), await holdsKey(importId)]).toEqual([[], false])
})

test('a row on which the work fails is left out and named, however it stands among others, and may be sent again', async () => {
  const personId = randomUUID()
  await world.database.query(`create function poison() returns trigger language plpgsql as
    $$ begin if new.person_id = '${personId}' then raise exception 'never this one'; end if; return new; end $$`)
  await world.database.query(
    'create trigger poison before insert on app.insz_index for each row execute function poison()',
  )
  const holder = memberLine('poisoned', { personId })
  const child = { holderPersonId: personId, capacity: 'DEPENDANT_CHILD', ssin: undefined }
  const lines = [...members('before', 4), holder, ...members('behind', 520), memberLine('child', child)]
  const first = await sendMembers(world, 'clerk306', lines)
  expect(first).toMatchObject({ state: 'partiallyAccepted', counts: { imported: 524, repeated: 0, refused: 2 } })
  expect(first.issues).toEqual([
    [5, 'lineFailed'],
    [526, 'lineInvalid'],
  ])
  const { items } = (await world.call('clerk306', 'GET', `${first.path}/issues`)).body
  for (const language of ['nl', 'fr', 'de', 'en']) expect(items[0][language]).toMatch(/.{40}/)
  expect(JSON.stringify(items)).not.toContain('never this one')
  await world.database.query('drop trigger poison on app.insz_index')
  const corrected = await sendMembers(world, 'clerk306', lines)
  expect(corrected.importId).not.toBe(first.importId)
  expect(corrected.counts).toEqual({ imported: 1, repeated: 524, refused: 1 })
})

test('a dependant follows its holder, who stands in the chunk before and is stored while it is read', async () => {
  const child = { holderRowId: 'order-499', capacity: 'DEPENDANT_CHILD', ssin: nextSsin('2020-05-05') }
  const { state, counts } = await sendMembers(world, 'clerk306', [
    ...members('order', 500),
    memberLine('order-child', child),
  ])
  expect([state, counts]).toEqual(['accepted', { imported: 501, repeated: 0, refused: 0 }])
})

describe('the same content', () => {
  test('of the same sender is one import, also at the same moment; of another sender it is another', async () => {
    const body = bodyOf(members('same', 3))
    const both = await Promise.all([1, 2].map(() => postMembers(world, 'clerk306', body)))
    await world.module.runs.idle()
    const again = await postMembers(world, 'clerk306', body)
    expect(new Set([...both, again].map((answer) => answer.body.importId)).size).toBe(1)
    expect(again).toMatchObject({ status: 202, body: { state: 'accepted', imported: 3, handled: 3 } })
    const others = await Promise.all([sendMembers(world, 'clerk501', [body]), sendMembers(world, 'system', [body])])
    expect(others.map(({ counts }) => counts)).toEqual([
      { imported: 0, repeated: 0, refused: 3 },
      { imported: 0, repeated: 0, refused: 3 },
    ])
    expect(others.flatMap(({ issues }) => issues.map(([, code]) => code))).toEqual([
      ...Array.from({ length: 3 }, () => 'foreignTenant'),
      ...Array.from({ length: 3 }, () => 'inszAlreadyRegistered'),
    ])
  })

  test('is taken anew when rows of it were refused, because what refused them may be corrected', async () => {
    const [holder, other] = [memberLine('later'), memberLine('beside')]
    const ofHolder = { holderRowId: 'later', capacity: 'DEPENDANT_CHILD', ssin: nextSsin('2020-05-05') }
    const lines = [other, memberLine('child', ofHolder)]
    const first = await sendMembers(world, 'clerk306', lines)
    expect([first.state, first.issues]).toEqual(['partiallyAccepted', [[2, expect.any(String)]]])
    await sendMembers(world, 'clerk306', [holder])
    const second = await sendMembers(world, 'clerk306', lines)
    expect(second).toMatchObject({ state: 'accepted', counts: { imported: 1, repeated: 1, refused: 0 } })
    expect((await sendMembers(world, 'clerk306', lines)).importId).toBe(second.importId)
  })
})

test('persons who are erased while an import is at work stay erased, and the other rows go in', async () => {
  // every term of the law has passed since these left, and what was paid until that was told can be claimed back no more
  const before = { acquiredOn: '2018-01-05', requestedOn: '2018-01-06', evidence: undefined }
  const lines = Array.from({ length: 1_200 }, (_, n) => memberLine(`erased-${n}`, before))
  // one stands in the chunk that is on its way then, one in a later one
  const places = [600, 1_100]
  await takeRows(
    world,
    places.map((place) => lines[place]),
  )
  const persons = places.map((place) => personIdOfRow(`erased-${place}`))
  const end = { to: '2019-12-31', reason: 'departure' }
  for (const personId of persons) {
    const url = `/persons/${personId}`
    const { affiliationId } = (await world.call('system', 'GET', url)).body.affiliations[0]
    await world.call('system', 'POST', `${url}/affiliations/${affiliationId}/end`, end, key())
  }
  world.clock.moveTo(addMonths(world.clock.today(), 25))
  const erase = async (personId: string): Promise<number> => {
    const url = `/persons/${personId}`
    return (await world.call('system', 'POST', `${url}/erasure`, { reason: 'requestOfPerson' }, key())).status
  }
  const statuses: number[] = []
  afterChunk = async () => {
    if (statuses.length === 0) for (const personId of persons) statuses.push(await erase(personId))
  }
  const { state, counts, issues } = await sendMembers(world, 'system', lines)
  expect(statuses.every((status) => status < 300)).toBe(true)
  expect([state, counts.imported, counts.repeated + counts.refused]).toEqual(['partiallyAccepted', 1_198, 2])
  expect(issues.at(-1)).toEqual([1_101, 'personErased'])
  for (const personId of persons) expect(await holdsKey(personId)).toBe(false)
})

describe('the key of the lines is destroyed', () => {
  test('when the upload breaks off, at once', async () => {
    const before = (await world.keys.query('select from privacy.keys where wrapped is not null')).rowCount
    async function* broken() {
      yield Buffer.from(`${bodyOf(members('broken', 600))}\n`)
      throw new Error('the line broke')
    }
    const answer = world.app.inject({
      ...{ method: 'POST', url: '/affiliation/v1/memberImports', payload: Readable.from(broken()) },
      headers: { authorization: 'Bearer clerk306', 'content-type': 'application/jsonl' },
    })
    await answer.then(
      ({ statusCode }) => expect(statusCode).toBeGreaterThanOrEqual(400),
      () => undefined,
    )
    expect((await world.keys.query('select from privacy.keys where wrapped is not null')).rowCount).toBe(before)
    expect(await pages()).toEqual([])
  })

  test('when its process died with it, by the next that receives', async () => {
    const fileId = randomUUID()
    await world.deps.vault.seal([{ subjectId: fileId, context: `${fileId}/line/1`, plaintext: 'Claes' }])
    await world.database.query(
      `insert into app_files.files (file_id, kind, state, sender, format, business_date, actor, correlation_id, received_at, lease_until)
       values ($1, 'memberImport', 'receiving', '306', 'jsonl', now(), 'a', 'b', now(), now() - interval '1 s')`,
      [fileId],
    )
    expect(await holdsKey(fileId)).toBe(true)
    await sendMembers(world, 'clerk306', members('after', 1))
    expect(await holdsKey(fileId)).toBe(false)
    expect((await world.call('clerk306', 'GET', `/memberImports/${fileId}`)).status).toBe(404)
  })

  test('when the process died right after the end, by the next that starts', async () => {
    const { importId } = await sendMembers(world, 'clerk306', members('left', 1))
    // as it was between the end and the removal
    await world.database.query('insert into app_files.pages values ($1, 0, 1, $2)', [importId, 'sealed'])
    await world.keys.query(
      `update privacy.keys k set wrapped = o.wrapped, destroyed_at = null
         from (select wrapped from privacy.keys where wrapped is not null limit 1) o where k.subject_id = $1`,
      [importId],
    )
    expect(await holdsKey(importId)).toBe(true)
    await nextLife(false)
    expect([await pages(), await holdsKey(importId)]).toEqual([[], false])
  })
})

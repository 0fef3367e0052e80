import type { ServiceName } from '@ziv/sandbox'
import { verifySandbox } from '@ziv/sandbox'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { changed, failedChecks, findingOf, openBehind, proofsByCheck } from './behind.fixture.ts'
import { mainStory } from './main-story.ts'
import { holdsEveryColumn } from './stored/every-column.fixture.ts'
import { holdsEveryRow } from './stored/every-row.fixture.ts'
import { tamperings } from './tampering.fixture.ts'
import { verifiesInRanges } from './verification.fixture.ts'

describe('the main story on the embedded log', () => {
  const { sandbox } = mainStory({ servers: () => ({ postgresUrl: inject('zivPostgresUrl') }) })

  /** Failed checks of a service after somebody with all rights of the database changed a row behind its back. */
  async function failedAfter(service: ServiceName, change: string, back: string): Promise<string[]> {
    const { databases, modules } = sandbox()
    const alter = async (sql: string): Promise<void> => {
      await databases[service].transaction(async (tx) => {
        await tx.query(`set local session_replication_role = replica`)
        expect((await tx.query(sql)).rowCount).toBeGreaterThan(0)
      })
    }
    const findings = async () => (await Array.fromAsync(modules[service].verify())).filter(({ ok }) => !ok)
    await alter(change)
    const failed = await findings()
    await alter(back)
    expect(await findings()).toEqual([])
    return failed.map(({ check }) => check)
  }

  it('notices an event that was changed after the fact', async () => {
    const event = `update es.events set data = jsonb_set(data, '{from}', $$"DAY"$$)
      where (stream_id, version) in (select stream_id, version from es.events where type = 'AffiliationOpened' order by 1 limit 1)`
    const { rows } = await sandbox().databases.affiliation.query<{ day: string }>(
      `select data->>'from' as day from es.events where type = 'AffiliationOpened' order by stream_id limit 1`,
    )
    const failed = await failedAfter(
      'affiliation',
      event.replace('DAY', '2020-02-02'),
      event.replace('DAY', rows[0]?.day ?? ''),
    )
    expect(failed).toContain('affiliation: hash chains')
  })

  it('notices a cent more on one line of the ledger', async () => {
    const line = `update app.ledger_lines set debit_cents = debit_cents + (1) where position =
      (select min(position) from app.ledger_lines where debit_cents > 0)`
    const failed = await failedAfter('riziv', line, line.replace('(1)', '(-1)'))
    expect(failed).toEqual(['riziv: ledger balances', 'riziv: ledger equals the events'])
  })

  it('notices a figure of a return that the events do not give', async () => {
    const figure = `update app.returns set figures = jsonb_set(figures, '{interventionCents}',
      to_jsonb((figures->>'interventionCents')::bigint + (1))) where return_id = (select min(return_id::text)::uuid from app.returns)`
    const failed = await failedAfter('landsbond', figure, figure.replace('(1)', '(-1)'))
    expect(failed).toContain('landsbond: every return recomputes to the same numbers')
  })

  it('notices a copy of rights that an older message overwrote', async () => {
    const { databases } = sandbox()
    const change = (to: string, where: string) =>
      databases.reimbursement.query(
        `update app.insurability set periods = jsonb_set(periods, '{0,to}', to_jsonb(${to})) where person_id = (${where})`,
      )
    const { rows } = await databases.reimbursement.query<{ id: string; day: string }>(
      `select person_id as id, periods -> 0 ->> 'to' as day from app.insurability where jsonb_array_length(periods) > 0 limit 1`,
    )
    const { id, day } = rows[0]!
    const copies = async () =>
      (await Array.fromAsync(verifySandbox(sandbox()))).find(({ check }) => check.includes('that rights decided'))
    expect(await copies()).toMatchObject({ ok: true })
    await change(`'2023-10-01'::text`, `'${id}'`)
    expect(await copies()).toMatchObject({ ok: false, detail: expect.stringContaining(id) })
    await change(`'${day}'::text`, `'${id}'`)
    expect(await copies()).toMatchObject({ ok: true })
  })

  it('notices a right that lasts a day longer than was decided', async () => {
    const period = `update app.periods set to_day = to_day + (1) where (person_id, from_day) in
      (select person_id, from_day from app.periods order by 1, 2 limit 1)`
    const failed = await failedAfter('rights', period, period.replace('(1)', '(-1)'))
    expect(failed).toEqual(['rights: stored timelines equal the fold of the facts'])
  })

  it('notices a slip that was changed in the read model', async () => {
    const state = `update app.year_state set state = jsonb_set(state, array['slips', k.key, 'amountCents'],
        to_jsonb((state->'slips'->k.key->>'amountCents')::bigint + (1)))
      from (select y.person_id, y.year, s.key from app.year_state y, jsonb_each(y.state->'slips') s order by 1, 2, 3 limit 1) k
      where year_state.person_id = k.person_id and year_state.year = k.year`
    const failed = await failedAfter('contributions', state, state.replace('(1)', '(-1)'))
    expect(failed).toEqual(['contributions.yearState', 'contributions.slipTotals'])
  })

  describe('what somebody with all rights of every database does behind the back of the programs is noticed and named', () => {
    beforeAll(async () => {
      await sandbox().note()
      await proofsByCheck(sandbox())
    })

    it.for(tamperings)('$what', async ({ database: name, noticedBy, naming, alike = [], also = [], ...own }) => {
      await using held = new AsyncDisposableStack()
      const { database } = held.use(await openBehind(sandbox(), name))
      const { rows } = await database.query<Record<string, string>>(naming)
      const named = Object.values(rows[0] ?? {})[0]
      expect(named).toBeTruthy()
      held.use(await changed(database, own.tables, own.change))
      for (const { database: other, tables, change } of alike) {
        held.use(await changed(held.use(await openBehind(sandbox(), other)).database, tables, change))
      }
      const together = alike.length > 0
      const failed = together ? await failedChecks(sandbox()) : []
      // what agrees with each other is noticed by the one proof that asks its owner
      if (together) expect(failed.map(({ check }) => check).toSorted()).toEqual([noticedBy, ...also].toSorted())
      const finding = failed.find(({ check }) => check === noticedBy) ?? (await findingOf(sandbox(), noticedBy))
      expect(finding).toMatchObject({ ok: false, detail: expect.stringContaining(named ?? '') })
    })

    it('names everybody who differs, and tells the first of them', async () => {
      await using opened = await openBehind(sandbox(), 'contributions')
      const five = '(select person_id from app_members.identifiers order by person_id limit 5)'
      const { rows } = await opened.database.query<{ name: string }>(
        `select person_id || ' in contributions' as name from ${five} persons order by 1`,
      )
      await using _back = await changed(
        opened.database,
        ['app_members.identifiers'],
        [`update app_members.identifiers set sequence = sequence + 1 where person_id in ${five}`],
      )
      const finding = await findingOf(sandbox(), 'every copy of the members is what affiliation told')
      const names = rows.map(({ name }) => name)
      expect(finding).toMatchObject({ ok: false, names, detail: expect.stringMatching(/^5 differ: .* and 2 more$/) })
    })

    verifiesInRanges(sandbox)

    holdsEveryColumn(sandbox)

    holdsEveryRow(sandbox)

    it('and holds again once everything was put back', async () => {
      expect((await Array.fromAsync(verifySandbox(sandbox()))).filter(({ ok }) => !ok)).toEqual([])
    })
  })
})

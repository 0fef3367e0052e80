import type { Tampering } from './tampering.fixture.ts'

const somebody = `(select min(stream_id) from es.events where type = 'AffiliationOpened')`
const member = '(select min(person_id::text)::uuid from app_members.persons)'

/** Changes of what the services keep beside their log to decide or to answer with. */
export const storedTamperings: readonly Tampering[] = [
  {
    what: 'a status that nobody granted, for a lower price',
    database: 'reimbursement',
    tables: ['app.statuses'],
    change: [
      `insert into app.statuses (status_id, person_id, kind, valid_from, evidence, recorded_at)
       values (gen_random_uuid(), ${member}, 'increasedIntervention', '2020-01-01', 'made up', now())`,
    ],
    noticedBy: 'reimbursement: statuses equal their events',
    naming: `select ${member}::text`,
  },
  {
    what: 'an erasure that nobody asked for',
    database: 'affiliation',
    tables: ['app.erasures'],
    change: [`insert into app.erasures (person_id, requested_at) select substr(${somebody}, 8)::uuid, now()`],
    noticedBy: 'affiliation: erasures equal the log',
    naming: `select substr(${somebody}, 8)`,
  },
  {
    what: 'keys of persons that were destroyed without an erasure',
    database: 'privacy',
    tables: ['privacy.keys'],
    change: ['update privacy.keys set wrapped = null, destroyed_at = now() where wrapped is not null'],
    noticedBy: 'keys of persons open',
    naming: `select 'keys are gone of persons who were not erased'`,
  },
]

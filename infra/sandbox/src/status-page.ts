import type { Clock } from '@ziv/kernel'
import type { Database } from '@ziv/postgres'
import type { FastifyInstance } from 'fastify'
import { serviceNames } from './services.ts'

export interface StatusSources {
  readonly clock: Clock
  readonly insurers: readonly string[]
  readonly landsbond: Database
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

interface MembersRow {
  insurer: string
  members: string
}

/** `GET /`: what runs here, how many members each insurer has, and where the APIs are. */
export async function statusPage(app: FastifyInstance, sources: StatusSources): Promise<void> {
  app.route({
    method: 'GET',
    url: '/',
    config: { access: 'public' },
    schema: { hide: true },
    handler: async (_request, reply) => {
      const { rows } = await sources.landsbond.query<MembersRow>(
        'select insurer, sum(members)::text as members from app.members_now group by insurer order by insurer',
      )
      return await reply.type('text/html; charset=utf-8').send(page(rows, sources))
    },
  })
}

function page(rows: readonly MembersRow[], { clock, insurers }: StatusSources): string {
  const members = new Map(rows.map((row) => [row.insurer, row.members]))
  const table = insurers.map(
    (insurer) =>
      `<tr><th scope="row">${escapeHtml(insurer)}</th><td>${escapeHtml(members.get(insurer) ?? '0')}</td></tr>`,
  )
  const apis = serviceNames.map(
    (name) =>
      `<li>${name}: <a href="/${name}/v1/doc">documentation</a>, <a href="/${name}/v1/doc/openapi.yaml">contract</a>, <a href="/${name}/v1/health">health</a></li>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>ZIV sandbox</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}
table{border-collapse:collapse}th,td{padding:.25rem 1rem;border-bottom:1px solid #ccc;text-align:right}th{text-align:left}</style></head>
<body><main><h1>ZIV sandbox</h1><p>Business date: <strong>${escapeHtml(clock.today())}</strong></p>
<h2>Members per insurer</h2><table><thead><tr><th scope="col">Insurer</th><th scope="col">Members</th></tr></thead>
<tbody>${table.join('')}</tbody></table>
<h2>Services</h2><ul>${apis.join('')}</ul></main></body></html>
`
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { INSURERS } from '@ziv/contracts'
import { hosted } from '@ziv/sandbox'

type Service = Pick<(typeof hosted)[keyof typeof hosted], 'name' | 'database' | 'principal' | 'api'>

/** What depends on which services there are, outside their folders: the file, and how its part is found and made. */
interface DeployedPart {
  readonly path: string
  /** The first group is kept, what stands between the groups is made, the second group is kept. */
  readonly place: RegExp
  readonly make: (services: readonly Service[]) => string
}

const lines = (services: readonly Service[], line: (service: Service) => string): string =>
  services.map((service) => `${line(service)}\n`).join('')

const container = ({ name, database, principal }: Service): string => `  ${name}:
    <<: *service
    command: [node, services/${name}/src/main.ts]
    environment:
      <<: *settings
      DATABASE_URL: postgres://ziv:\${ZIV_DATABASE_PASSWORD:-sandbox}@postgres:5432/${database}
      KAFKA_USERNAME: ${principal}
    healthcheck: { <<: *health, test: [CMD, node, infra/compose/health.mjs, ${name}] }
`

const link = ({ name }: Service): string =>
  `        <li>${name}: <a href="/${name}/v1/doc/">documentation</a>, <a href="/${name}/v1/health">health</a></li>`

/** A Markdown table as the formatter writes it: columns of one width, the first row is the head. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |\n`
  const [head = [], ...body] = rows
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('')
}

const hosts = ['cli', 'sandbox', 'demo', 'e2e', 'fuzz']

const parts: readonly DeployedPart[] = [
  {
    path: 'docker-compose.yml',
    place: /(\nservices:\n)[\s\S]*?(\n {2}# makes the topics)/,
    make: (services) => lines(services, container).trimEnd().concat('\n'),
  },
  {
    path: 'docker-compose.yml',
    place: /(\n {2}proxy:[\s\S]*?depends_on:\n)[\s\S]*?( {6}keycloak:)/,
    make: (services) => lines(services, ({ name }) => `      ${name}: { condition: service_healthy }`),
  },
  {
    path: 'infra/compose/proxy/nginx.conf',
    place: /(location ~ \^\/\()[a-z|]*(\)\/)/,
    make: (services) => services.map(({ name }) => name).join('|'),
  },
  {
    path: 'infra/compose/proxy/index.html',
    place: /(<ul>\n)[\s\S]*?( {8}<li><a href="\/doc\/asyncapi)/,
    make: (services) => lines(services, link),
  },
  {
    path: 'infra/compose/postgres/databases.sql',
    place: /(nologin;\n)[\s\S]*?(create database ziv_privacy)/,
    make: (services) => lines(services, ({ database }) => `create database ${database};`),
  },
  {
    path: 'infra/compose/kafka/start.sh',
    place: /(\nusers=")[^"]*(")/,
    make: (services) =>
      ['ziv-admin', ...services.map(({ principal }) => principal), 'ziv-clock', 'ziv-anchor']
        .join(' ')
        .concat('\n  ', INSURERS.map((insurer) => `landsbond-${insurer}`).join(' ')),
  },
  {
    path: 'docs/explanation/architecture.md',
    place: /(owner of every fact:\n\n)[\s\S]*?(\n```mermaid)/,
    make: (services) => table([['Service', 'Owns'], ...services.map(({ name, api }) => [name, api.description])]),
  },
  {
    path: 'biome.json',
    place: /("group": \[\n)(?=\s+"@ziv\/affiliation")[\s\S]*?(\n\s+\],)/,
    make: (services) =>
      [...services.map(({ name }) => name), ...hosts].map((name) => `${' '.repeat(22)}"@ziv/${name}"`).join(',\n'),
  },
]

/** The repository's root: where the paths of `deploymentFiles` begin. */
export const rootFolder = join(import.meta.dirname, '..', '..', '..', '..')

/**
 * The files outside `services/` whose content follows from the definitions of the services: content by path from the root.
 * Only the named part of a file is made; throws when a file lost the place of its part.
 */
export function deploymentFiles(services: readonly Service[] = Object.values(hosted)): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const { path, place, make } of parts) {
    const text = files.get(path) ?? readFileSync(join(rootFolder, path), 'utf8')
    if (!place.test(text)) throw new Error(`${path}: the part that lists the services was not found (${place.source})`)
    files.set(
      path,
      text.replace(place, (_all, before: string, after: string) => `${before}${make(services)}${after}`),
    )
  }
  return files
}

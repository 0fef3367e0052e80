import type { ServiceContract } from '@ziv/sandbox'
import { stringify } from 'yaml'
import { code, generatedHead, table } from './markdown.ts'

interface Operation {
  readonly summary?: string
  readonly 'x-roles'?: readonly string[]
  readonly 'x-scope'?: string
}

/** The contract of an API as a file. */
export const openapiFile = ({ openapi }: ServiceContract): string =>
  stringify(openapi, { aliasDuplicateObjects: false, lineWidth: 0, compat: 'yaml-1.1' })

/** Every operation of every API with the roles that may call it. */
export function apisPage(contracts: readonly ServiceContract[]): string {
  const sections = contracts.map(({ name, openapi, api }) => {
    const rows = Object.entries(openapi.paths).flatMap(([path, operations]) =>
      Object.entries(operations as Record<string, Operation>)
        .filter(([method]) => !method.startsWith('x-'))
        .map(([method, operation]) => [
          code(`${method.toUpperCase()} ${path}`),
          operation.summary ?? '',
          operation['x-roles']?.join(', ') ?? 'everyone',
          operation['x-scope'] ?? '',
        ]),
    )
    const head = table(['Operation', 'What it does', 'Roles', 'Sees'], rows)
    return `## ${name}\n\n${api?.description ?? ''} Base \`/${name}/v1\`, contract [${name}.openapi.yaml](${name}.openapi.yaml).\n\n${head}\n`
  })
  const note =
    '\nThe last column says how far a caller sees: the members of the ziekenfonds or insurer in the token, the own person, or everything.\n'
  return `${generatedHead('APIs', 'the routes of the services')}${note}\n${sections.join('\n')}`
}

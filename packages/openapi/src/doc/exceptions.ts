import { isNode, type Node } from './components.ts'

/** Codes that are not lowerCamelCase because somebody else chose them: the first that a list holds gives the reason. */
const foreignCodes: readonly (readonly [code: string, why: string])[] = [
  ['UP', 'the guide itself names these states of the health resource'],
  ['DEPENDANT_CHILD', 'codes of the public events since their first version'],
  ['members.DEPENDANT_CHILD', 'places in a return, made of codes of the public events'],
  ['M', 'codes of the national register'],
  ['cardA', 'letters of the official residence cards'],
]

/** Last parts of paths that are not an English plural and still say what they are. */
const otherNames: Readonly<Record<string, string>> = {
  accessLog: 'one log per person, read page by page',
  history: 'one history per person',
  ledger: 'there is one ledger, read page by page',
  renewalRadar: 'the name of the list in practice',
  ziekenfondsen: 'the plural of the Dutch legal term',
}

/** Marks, with its reason, every place where a contract leaves a recommendation of the Belgian guide on purpose. */
export function explainExceptions(paths: Record<string, Record<string, Node>>, schemas: Record<string, Node>): void {
  for (const [path, item] of Object.entries(paths)) {
    const why = otherNames[path.split('/').at(-1) ?? '']
    if (why !== undefined) Object.assign(item, { 'x-ignore-rules': { 'col-name': why } })
  }
  for (const schema of Object.values(schemas)) explainCodes(schema)
}

function explainCodes(schema: Node): void {
  const codes = Array.isArray(schema.enum) ? schema.enum : []
  const why = foreignCodes.find(([code]) => codes.includes(code))?.[1]
  if (why !== undefined) schema['x-ignore-rules'] = { 'cod-design': why }
  for (const child of Object.values(schema)) {
    if (isNode(child)) explainCodes(child)
    else if (Array.isArray(child)) for (const each of child) if (isNode(each)) explainCodes(each)
  }
}

import { isNode, type Node } from './components.ts'

/** Adds the discriminator that OpenAPI asks for to every oneOf whose members are components told apart by one code. */
export function addDiscriminators(node: unknown, schemas: Readonly<Record<string, Node>>): void {
  if (Array.isArray(node)) {
    for (const each of node) addDiscriminators(each, schemas)
    return
  }
  if (!isNode(node)) return
  if (Array.isArray(node.oneOf) && node.discriminator === undefined) {
    const found = discriminatorOf(node.oneOf as Node[], schemas)
    if (found !== null) node.discriminator = found
  }
  for (const child of Object.values(node)) addDiscriminators(child, schemas)
}

function discriminatorOf(members: readonly Node[], schemas: Readonly<Record<string, Node>>): Node | null {
  const refs = members.map((member) => (typeof member.$ref === 'string' ? member.$ref : null))
  if (refs.some((ref) => ref === null)) return null
  const targets = refs.map((ref) => schemas[ref!.split('/').at(-1)!]?.properties as Record<string, Node> | undefined)
  for (const propertyName of Object.keys(targets[0] ?? {})) {
    const codes = targets.map((properties) => onlyCode(properties?.[propertyName]))
    if (codes.some((code) => code === null) || new Set(codes).size !== codes.length) continue
    return { propertyName, mapping: Object.fromEntries(codes.map((code, index) => [code!, refs[index]!])) }
  }
  return null
}

const onlyCode = (property: Node | undefined): string | null =>
  Array.isArray(property?.enum) && property.enum.length === 1 ? String(property.enum[0]) : null

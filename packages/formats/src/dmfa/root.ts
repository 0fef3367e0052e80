import { Unreadable } from '../unreadable.ts'
import type { XmlPosition } from '../xml/parse.ts'
import { dmfaMessages, type MessageParams } from './messages.ts'
import { otherMessages } from './other-messages.ts'

/** Name of an element without its prefix, short enough to be repeated in a message. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1).slice(0, 80)

/** Throws `Unreadable` unless the outermost element is that of a quarterly declaration, in no namespace. */
export function refuseOtherRoots(name: string, attributes: Readonly<Record<string, string>>, at: XmlPosition): void {
  const place = { line: at.line, column: at.column, path: name.slice(0, 80) }
  const local = name.slice(name.indexOf(':') + 1)
  const params = { element: localName(name) }
  const other = otherMessages[local]
  const refuse = (code: string, text: MessageParams, serial: string): never => {
    throw new Unreadable(code, dmfaMessages[code]!(text), place, serial)
  }
  if (other !== undefined) refuse('DMFA-OTHER-MESSAGE', { ...params, rule: other }, '135')
  if (local !== 'DmfAOriginal') refuse('DMFA-ROOT', params, '089')
  if (local !== name || (attributes.xmlns ?? '') !== '') refuse('DMFA-NAMESPACE', params, '139')
}

/** Whether an element has attributes other than those that belong to XML itself. */
export const hasAttributes = (attributes: Readonly<Record<string, string>>): boolean =>
  Object.keys(attributes).some((name) => !name.startsWith('xmlns') && !name.startsWith('xsi:'))

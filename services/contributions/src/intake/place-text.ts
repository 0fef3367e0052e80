import type { IssuePlace } from '@ziv/formats'

const words: readonly [keyof IssuePlace, string][] = [
  ['line', 'line'],
  ['column', 'column'],
  ['form', 'form'],
  ['person', 'person'],
  ['workerRecord', 'workerRecord'],
  ['occupation', 'occupation'],
  ['path', 'path'],
]

/** Where in the file, in one short text: `line 12, form 1, person 3`. */
export function placeText(place: IssuePlace): string {
  const parts = words.flatMap(([key, word]) => (place[key] === undefined ? [] : [`${word} ${place[key]}`]))
  return parts.length === 0 ? 'file' : parts.join(', ')
}

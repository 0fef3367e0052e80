import type { IssuePlace } from '@ziv/formats'
import type { PlaceName } from '@ziv/intake'

const names: readonly (keyof IssuePlace & PlaceName)[] = [
  ...(['line', 'column', 'form', 'person', 'workerRecord', 'occupation', 'path'] as const),
]

/** Where in the file, from the outside in: `line 12, form 1, person 3`. */
export function placeText(place: IssuePlace): string {
  const parts = names.flatMap((name) => (place[name] === undefined ? [] : [`${name} ${place[name]}`]))
  return parts.length === 0 ? 'file' : parts.join(', ')
}

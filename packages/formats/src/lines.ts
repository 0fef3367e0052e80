import { decodeText } from './decode.ts'
import { Unreadable } from './unreadable.ts'

/** Longest line a file may have. */
const maxLine = 64 * 1024

/**
 * Lines of a text file, without their ends, in batches as they arrive; the first is line 1. Throws `Unreadable` for an
 * empty file, wrong bytes or an endless line.
 */
export async function* readLines(
  source: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<{ readonly first: number; readonly lines: readonly string[] }> {
  let rest = ''
  let first = 1
  let empty = true
  for await (const text of decodeText(source)) {
    if (text === '') continue
    empty = false
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    if (rest.length > maxLine) throw tooLong(first + lines.length)
    if (lines.length === 0) continue
    yield { first, lines: lines.map((line) => withoutEnd(line)) }
    first += lines.length
  }
  if (empty) {
    throw new Unreadable(
      'EMPTY',
      { nl: 'Het bestand is leeg.', fr: 'Le fichier est vide.', de: 'Die Datei ist leer.', en: 'The file is empty.' },
      { line: 1, column: 1 },
    )
  }
  if (rest !== '') yield { first, lines: [withoutEnd(rest)] }
}

const withoutEnd = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)

function tooLong(line: number): Unreadable {
  return new Unreadable(
    'TOO-LONG',
    {
      nl: `Regel ${line} is langer dan ${maxLine} tekens. Dit is geen bestand met bijdragebonnen.`,
      fr: `La ligne ${line} dépasse ${maxLine} caractères. Ce n'est pas un fichier de bons de cotisation.`,
      de: `Zeile ${line} ist länger als ${maxLine} Zeichen. Dies ist keine Datei mit Beitragsbons.`,
      en: `Line ${line} is longer than ${maxLine} characters. This is not a file of contribution slips.`,
    },
    { line },
  )
}

import type { Queryable } from '@ziv/postgres'
import { type FileKind, readPages, storePages } from '../index.ts'

export interface NumbersFacts {
  readonly lines: number
}

interface Line {
  readonly key: string
  readonly value: number
}

const words = (text: string) => ({ nl: text, fr: text, de: text, en: text })
const keyOf = (line: number): string => String(line).padStart(9, '0')

/** A kind as small as one can be: whole numbers, one a line, of which the sum is kept. `x` is no number, a NUL no text. */
export function numbersFile(
  q: Queryable,
  more: Partial<FileKind<NumbersFacts, Line>> = {},
): FileKind<NumbersFacts, Line> {
  return {
    kind: 'numbersFile',
    stage: async (upload, source) => {
      let lines = 0
      let text = ''
      for await (const bytes of source) text += Buffer.from(bytes).toString('latin1')
      if (text.includes('\0')) upload.note({ line: 0, place: 'file', code: 'NUL', ...words('no text') }, true)
      const good: string[] = []
      for (const value of text.split('\n').filter((line) => line !== '')) {
        lines += 1
        if (/^\d+$/.test(value)) good.push(`${keyOf(lines)} ${value}`)
        else upload.note({ line: lines, place: `line ${lines}`, code: 'NAN', ...words('no number') })
      }
      await upload.store((tx) => storePages(tx, upload.fileId, [{ bucket: 0, page: 0, content: good.join(',') }]))
      if (upload.head.format === 'trial') return { facts: { lines }, end: { outcome: 'tried', counts: { sum: 0 } } }
      return { facts: { lines } }
    },
    work: {
      chunkSize: 2,
      itemKey: ({ key }) => key,
      read: async (_, { after, through, limit }, { params: { fileId } }) => {
        const pages = (await Array.fromAsync(readPages(q, fileId, { bucket: -1, page: 0 }))).flat()
        const items = pages
          .flatMap(({ content }) => content.split(',').filter((part) => part !== ''))
          .map((part) => ({ key: part.split(' ')[0]!, value: Number(part.split(' ')[1]) }))
          .filter(({ key }) => key > (after ?? '') && (through === null || key <= through))
          .slice(0, limit)
        return items.length === 0 ? null : { items, last: items.at(-1)!.key }
      },
      store: async (tx, { items }, { params: { fileId } }) => {
        if (items.some(({ value }) => value === 13)) throw new Error('nobody adds thirteen')
        await tx.query('insert into numbers select $1, n from unnest($2::int[]) n', [fileId, items.map((i) => i.value)])
        return { sum: items.reduce((sum, { value }) => sum + value, 0) }
      },
      givenUp: async (_, { items }) => ({ left: items.length }),
      close: (_tx, _file, { counts }) => ({
        outcome: counts.left ? 'partly' : 'added',
        counts: { sum: 0, left: 0, ...counts },
      }),
    },
    ...more,
  }
}

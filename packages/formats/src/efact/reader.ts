import { filledLength } from './layout.ts'
import { EfactReading } from './reading.ts'
import { RecordSource, type Unit } from './record-source.ts'
import type { EfactItem, EfactOptions, EfactRecord } from './types.ts'

const header200 = 67
const header300 = 160
const recordLength = 350
const knownTypes: ReadonlySet<string> = new Set(['10', '20', '30', '40', '50', '51', '52', '80', '90', '95', '96'])
const answers: ReadonlySet<string> = new Set(['931000', '920999', '920099', '920098', '920900'])
/** So many records in a row that are none: the positions are lost. */
const maxUnknown = 3
const nul = '\0'
const defaultMaxServices = 5_000

/**
 * Reads a billing file (segments 200 and 300, records 10 to 90, totals 95 and 96) as a stream: memory grows with one
 * invoice only. Yields the header, record 10, every invoice with its own issues, record 90, the totals, all issues
 * (bounded list) and one `end` last. Format checks only: entitlement and tariffs are decided elsewhere. Never throws
 * for what is in the file; errors of the source itself pass unchanged.
 */
export async function* readEfact(
  source: AsyncIterable<Uint8Array | string>,
  options: EfactOptions = {},
): AsyncGenerator<EfactItem> {
  const parts = new RecordSource(source)
  const reading = new EfactReading(options)
  let messageType: string | null = null
  let complete = false
  try {
    messageType = await readHeader(parts, reading)
    yield* reading.take()
    if (messageType === '920000') {
      complete = yield* readRecords(parts, reading, options.maxServices ?? defaultMaxServices)
    }
  } finally {
    await parts.stop()
  }
  yield* reading.take()
  yield { kind: 'end', end: reading.end(messageType, parts.bytes, complete) }
}

const recordOf = (type: string, index: number, text: string): EfactRecord => ({ type, index, text })

/** Reads segments 200 and 300; the message type, or null when there is none. */
async function readHeader(parts: RecordSource, reading: EfactReading): Promise<string | null> {
  const first = await parts.take(header200)
  if (parts.isUnicode) {
    reading.issue('encoding', null, null, {}, null, 'fatal', 0)
    return null
  }
  if (first === null) {
    reading.issue('empty', null, null, {}, null, 'fatal', 0)
    return null
  }
  const messageType = first.text.slice(0, 6)
  if (messageType !== '920000') {
    const rule = answers.has(messageType) ? 'answer' : 'notBilling'
    reading.issue(rule, null, null, { value: messageType }, null, 'fatal', 0)
    return messageType
  }
  const second = await parts.take(header300)
  if (second?.text.includes(nul)) {
    reading.issue('binary', null, null, {}, null, 'fatal', second.offset)
    return null
  }
  if (second === null || second.text.length < header300 || first.text.length < header200) {
    reading.issue('cutOff', null, null, {}, null, 'fatal', second?.offset ?? first.text.length)
    return null
  }
  reading.header(recordOf('200', 0, first.text), recordOf('300', 0, second.text))
  return messageType
}

/** Reads the records; true when the file is complete. */
async function* readRecords(
  parts: RecordSource,
  reading: EfactReading,
  maxServices: number,
): AsyncGenerator<EfactItem, boolean> {
  let index = 0
  let unknown = 0
  let told = false
  for (;;) {
    const unit = await parts.take(recordLength)
    if (parts.hasSeparators && !told) {
      told = true
      reading.issue('separators', null, null, {}, null, 'warning')
    }
    if (unit === null) break
    index += 1
    // a database keeps no zero byte in a text, and no billing program writes one
    if (unit.text.includes(nul)) return stopAt(reading, 'binary', unit)
    const type = unit.text.slice(0, 2)
    if (!knownTypes.has(type)) {
      unknown += 1
      reading.issue('unknownType', null, null, { value: type }, null, 'error', unit.offset)
      if (unknown >= maxUnknown) return stopAt(reading, 'lost', unit)
      continue
    }
    unknown = 0
    const text = fullText(unit, type, index, reading, parts.hasSeparators)
    if (text === null) return stopAt(reading, 'cutOff', unit)
    reading.record(recordOf(type, index, text))
    yield* reading.take()
    if (reading.openRecords > maxServices * 3) return stopAt(reading, 'tooLarge', unit, String(maxServices * 3))
    if (type === '96') {
      // what follows may be a second file: dropping it would leave its care unpaid
      if (!(await parts.onlyPaddingLeft())) return stopAt(reading, 'trailing', { text: '', offset: parts.at })
      break
    }
  }
  if (index === 0) return stopAt(reading, 'cutOff', { text: '', offset: parts.bytes })
  reading.finish()
  return true
}

function stopAt(reading: EfactReading, rule: string, unit: Unit, other?: string): false {
  reading.issue(rule, null, null, other === undefined ? {} : { other }, null, 'fatal', unit.offset)
  return false
}

/**
 * The 350 characters of a record. Tools strip the blanks at the end of a line or of the file: whatever the record, it may end
 * where only blanks can follow. A line of another length is noted; a record cut short at the end of the file is null.
 */
function fullText(unit: Unit, type: string, index: number, reading: EfactReading, isLine: boolean): string | null {
  const { length } = unit.text
  if (length === recordLength) return unit.text
  if (length < recordLength && length >= filledLength(type)) return unit.text.padEnd(recordLength, ' ')
  if (length < 8 || !isLine) return null
  const record = recordOf(type, index, unit.text.slice(0, recordLength).padEnd(recordLength, ' '))
  reading.issue('length', record, null, { value: String(length), other: String(recordLength) })
  return record.text
}

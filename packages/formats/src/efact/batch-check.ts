import { type IsoDate, parseIban } from '@ziv/kernel'
import type { EfactDetail } from './messages.ts'
import type { EfactRecord } from './types.ts'
import { dateIn, zone, zoneNumber, zoneText } from './zones.ts'

type Report = (key: string, rule: string, detail?: EfactDetail) => void

/** Checks a record 10: its month and day, that it repeats the header of the file, and the accounts that are paid. */
export function checkBatch(record: EfactRecord, head: EfactRecord | null, today: IsoDate | null, report: Report): void {
  if (zoneNumber(record, '7') === 0) report('7', 'notZero')
  const month = zoneNumber(record, '23')
  if (month !== null && (month < 1 || month > 12)) report('23', 'domain', { value: zone(record, '23'), other: '01-12' })
  const created = dateIn(zone(record, '25'))
  if (today !== null && created !== null && created > today) report('25', 'future', { value: created })
  if (head !== null) {
    if (zone(record, '7') !== zone(head, '301')) report('7', 'headerDiffers')
    if (zone(record, '4') !== zone(head, '304')) report('4', 'headerDiffers')
    if (zone(record, '22').slice(1) + zone(record, '23') !== zone(head, '300')) report('23', 'headerDiffers')
  }
  checkAccount(record, '36', true, report)
  checkAccount(record, '49', false, report)
}

/** The account that is paid. Of a Belgian one that has its form only the check digits can be wrong. */
function checkAccount(record: EfactRecord, key: string, required: boolean, report: Report): void {
  const account = zoneText(record, key)
  if (account === '') {
    if (required) report(key, 'ibanAbsent')
  } else if (!parseIban(account).ok) {
    report(key, /^BE\d{14}$/u.test(account) ? 'ibanCheck' : 'iban')
  }
}

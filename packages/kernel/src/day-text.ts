import { isIsoDate } from './iso-date.ts'
import type { Language } from './rejection.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** A day `YYYY-MM-DD` for people: `31-12-2029` in nl, `31/12/2029` in fr, `31.12.2029` in de, `31 December 2029` in en. */
export function formatDay(day: string, language: Language): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${formatMonthDay(`${month}-${date}`, language)}${{ nl: '-', fr: '/', de: '.', en: ' ' }[language]}${year}`
}

/** A day of every year, written MM-DD: `01-10` in nl, `01/10` in fr, `01.10` in de, `1 October` in en. */
export function formatMonthDay(monthDay: string, language: Language): string {
  const [month = '', date = ''] = monthDay.split('-')
  if (language === 'en') return `${Number(date)} ${months[Number(month) - 1]}`
  return [date, month].join({ nl: '-', fr: '/', de: '.' }[language])
}

/** A month `YYYY-MM` for people: `maart 2024` in nl, `mars 2024` in fr, `März 2024` in de, `March 2024` in en. */
export const formatMonth = (month: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01`))

/** A text with every day in it written for people; what only looks like a day stays as it is. */
export const daysInWords = (text: string, language: Language): string =>
  text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => (isIsoDate(day) ? formatDay(day, language) : day))

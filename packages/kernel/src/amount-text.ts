import { formatEuro } from './euro.ts'
import { cents } from './money.ts'
import type { Language } from './rejection.ts'

/** An amount in cents for people: `EUR 1.234,50` in nl and de, `1 234,50 EUR` in fr, `EUR 1,234.50` in en. */
export function formatAmount(amount: number, language: Language): string {
  const [whole = '0', decimals = '00'] = formatEuro(cents(amount)).split('.')
  const group = { nl: '.', fr: '\u00a0', de: '.', en: ',' }[language]
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group)
  const text = `${grouped}${language === 'en' ? '.' : ','}${decimals}`
  return language === 'fr' ? `${text}\u00a0EUR` : `EUR ${text}`
}

import { LANGUAGES } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { controls } from './control-codes.ts'

test('a refusal for what may be known in a moment says so, and that a new request is needed', () => {
  for (const code of ['200820', '500540'] as const) {
    for (const language of LANGUAGES) {
      const text = controls[code][language]
      expect(text).toMatch(/ogenblik|instant|gleich|moment/)
      expect(text).toMatch(/nieuwe aanvraag|nouvelle demande|neuen Antrag|new request/)
    }
  }
})

test('a claim that no invoice brought is not told of one', () => {
  for (const language of LANGUAGES) expect(controls['200742'][language]).not.toMatch(/factu|Rechnung|invoice/i)
})

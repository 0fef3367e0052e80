import { readFileSync } from 'node:fs'
import type { IsoDate } from '@ziv/kernel'
import { parse } from 'yaml'
import { z } from 'zod'
import { confidences } from './types.ts'

const effect = z.enum([
  'accepted',
  'refused',
  'awaitsImmigrationOffice',
  'needsSupport',
  'needsProtectionDecision',
  'manualDecision',
])
const file = z.strictObject({
  description: z.string(),
  models: z.array(
    z.strictObject({
      from: z.iso.date(),
      source: z.string(),
      confidence: z.enum(confidences),
      checkedOn: z.iso.date(),
      otherBoxes: effect,
      boxes: z.record(z.string(), effect),
    }),
  ),
})

/** What a ticked box means for registration as a resident. */
export type Annex15Effect = z.infer<typeof effect>

/** Gives the effect of a box under the model in force on its date (boxes were renumbered in 2023). */
export type Annex15Boxes = (box: number, modelDate: IsoDate) => Annex15Effect

let cached: Annex15Boxes | undefined

/** Reads the box tables shipped with the package (`registers/annex15.yaml`); throws when the file is not well formed. */
export function loadAnnex15Boxes(): Annex15Boxes {
  cached ??= readBoxes(new URL('../registers/annex15.yaml', import.meta.url))
  return cached
}

function readBoxes(url: URL): Annex15Boxes {
  const models = file.parse(parse(readFileSync(url, 'utf8'))).models.toSorted((a, b) => (a.from < b.from ? 1 : -1))
  return (box, modelDate) => {
    const model = models.find((entry) => entry.from <= modelDate)
    return model ? (model.boxes[String(box)] ?? model.otherBoxes) : 'manualDecision'
  }
}

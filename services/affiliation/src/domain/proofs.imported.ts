import { textLine } from '@ziv/kernel/schemas'
import { proof } from './proofs.define.ts'

/** Stands in for documents in imports alone; no capacity lists it. */
const migratedRecord = proof(
  'migratedRecord',
  {
    nl: 'gegeven uit een vroeger systeem',
    fr: "donnée d'un système antérieur",
    de: 'Angabe aus einem früheren System',
    en: 'record of an earlier system',
  },
  'Proof accepted by an earlier system',
  {
    source: textLine(100).describe('System or file in which the proof was accepted before'),
  },
)

export const importedProofs = { migratedRecord }

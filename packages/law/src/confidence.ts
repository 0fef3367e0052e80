import { type Confidence, confidences } from './types.ts'

const rank = new Map<Confidence, number>(confidences.map((confidence, index) => [confidence, index]))

/** The weaker of two confidences. */
export const weaker = (a: Confidence, b: Confidence): Confidence => (a === b || rank.get(a)! >= rank.get(b)! ? a : b)

/** Weakest of a list of confidences: an answer is no better than the worst value it rests on. `verified` for an empty list. */
export function weakestConfidence(list: Iterable<Confidence>): Confidence {
  let weakest: Confidence = 'verified'
  for (const confidence of list) weakest = weaker(weakest, confidence)
  return weakest
}

import { type Confidence, confidences } from './types.ts'

const rank = new Map<Confidence, number>(confidences.map((confidence, index) => [confidence, index]))

/** Weakest of a list of confidences: an answer is no better than the worst value it rests on. `verified` for an empty list. */
export function weakestConfidence(list: Iterable<Confidence>): Confidence {
  let weakest: Confidence = 'verified'
  for (const confidence of list) {
    if (rank.get(confidence)! > rank.get(weakest)!) weakest = confidence
  }
  return weakest
}

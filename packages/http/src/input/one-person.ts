import type { Texts } from '../language.ts'
import { badRequest } from '../problems/problem-error.ts'

const neither: Texts = {
  nl: 'wie bedoeld is, ontbreekt: geef personId of ssin',
  fr: 'la personne visée manque: donnez personId ou ssin',
  de: 'es fehlt, wer gemeint ist: geben Sie personId oder ssin an',
  en: 'who is meant is missing: give personId or ssin',
}
const both: Texts = {
  nl: 'geef personId of ssin, niet beide',
  fr: 'donnez personId ou ssin, pas les deux',
  de: 'geben Sie personId oder ssin an, nicht beide',
  en: 'give personId or ssin, not both',
}

/** The one name under which a body means a person; 400 that says whether none was given or two. */
export function onePersonOf(body: {
  readonly personId?: string | undefined
  readonly ssin?: string | undefined
}): { readonly personId: string } | { readonly ssin: string } {
  const { personId, ssin } = body
  if (personId !== undefined && ssin === undefined) return { personId }
  if (ssin !== undefined && personId === undefined) return { ssin }
  const detail = ssin === undefined ? neither : both
  throw badRequest({ type: 'exactlyOneOfExpected', in: 'body', name: 'personId', detail })
}

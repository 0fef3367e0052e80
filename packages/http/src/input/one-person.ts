import type { Texts } from '../language.ts'
import { badRequest } from '../problems/problem-error.ts'

const neither: Texts = {
  nl: 'wie bedoeld is, ontbreekt: geef het kenmerk van de persoon of het INSZ',
  fr: 'la personne visée manque: donnez l’identifiant de la personne ou le NISS',
  de: 'es fehlt, wer gemeint ist: geben Sie die Kennung der Person oder die ENSS an',
  en: 'who is meant is missing: give the identifier of the person or the INSZ',
}
const both: Texts = {
  nl: 'geef het kenmerk van de persoon of het INSZ, niet beide',
  fr: 'donnez l’identifiant de la personne ou le NISS, pas les deux',
  de: 'geben Sie die Kennung der Person oder die ENSS an, nicht beide',
  en: 'give the identifier of the person or the INSZ, not both',
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

import { LANGUAGES, type Language, type Words } from '@ziv/kernel'

const names = {
  line: { nl: 'regel', fr: 'ligne', de: 'Zeile', en: 'line' },
  column: { nl: 'kolom', fr: 'colonne', de: 'Spalte', en: 'column' },
  record: { nl: 'record', fr: 'enregistrement', de: 'Satz', en: 'record' },
  form: { nl: 'formulier', fr: 'formulaire', de: 'Formular', en: 'form' },
  person: { nl: 'persoon', fr: 'personne', de: 'Person', en: 'person' },
  workerRecord: { nl: 'werknemerslijn', fr: 'ligne travailleur', de: 'Arbeitnehmerzeile', en: 'worker record' },
  occupation: { nl: 'tewerkstelling', fr: 'occupation', de: 'Beschäftigung', en: 'occupation' },
  path: { nl: 'element', fr: 'élément', de: 'Element', en: 'element' },
} as const satisfies Record<string, Words>

const whole: Words = { nl: 'bestand', fr: 'fichier', de: 'Datei', en: 'file' }

/** What a place in a file is counted in: of `line 12, form 1` a line and a form. */
export type PlaceName = keyof typeof names
export const placeNames = Object.keys(names) as readonly PlaceName[]

// a path is a name of the file itself: it may hold anything, and comes last
const step = new RegExp(`(^|, )(${placeNames.filter((name) => name !== 'path').join('|')})(?= \\d+(?:, |$))`, 'g')
const path = /(^|, )path .*$/s

/** A place as a program reads it (`line 12, form 1`; `file` for the whole), in the words of people. */
export function placeWords(place: string): Words {
  const told = (language: Language): string => {
    if (place === 'file') return whole[language]
    const [named = ''] = path.exec(place) ?? []
    const counted = place.slice(0, place.length - named.length)
    const words = counted.replace(step, (_, before: string, name: PlaceName) => before + names[name][language])
    return words + named.replace('path', names.path[language])
  }
  const [nl, fr, de, en] = LANGUAGES.map(told) as [string, string, string, string]
  return { nl, fr, de, en }
}

import { LANGUAGES } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import { placeNames, placeWords } from './place-words.ts'

describe('a place in a file', () => {
  test.each([
    ['file', ['bestand', 'fichier', 'Datei', 'file']],
    ['line 12', ['regel 12', 'ligne 12', 'Zeile 12', 'line 12']],
    [
      'line 12, form 1, person 3',
      [
        'regel 12, formulier 1, persoon 3',
        'ligne 12, formulaire 1, personne 3',
        'Zeile 12, Formular 1, Person 3',
        'line 12, form 1, person 3',
      ],
    ],
    ['record 7, line 2', ['record 7, regel 2', 'enregistrement 7, ligne 2', 'Satz 7, Zeile 2', 'record 7, line 2']],
    [
      'line 2, column 52, path quarter',
      [
        'regel 2, kolom 52, element quarter',
        'ligne 2, colonne 52, élément quarter',
        'Zeile 2, Spalte 52, Element quarter',
        'line 2, column 52, element quarter',
      ],
    ],
    // a name of the file itself is told as it is, also one that looks like ours
    [
      'path a, line of b',
      ['element a, line of b', 'élément a, line of b', 'Element a, line of b', 'element a, line of b'],
    ],
  ])('%s is told in every language', (place, [nl, fr, de, en]) => {
    expect(placeWords(place)).toEqual({ nl, fr, de, en })
  })

  test('every name has its word in every language', () => {
    for (const name of placeNames) {
      const told = placeWords(`${name} 1`)
      for (const language of LANGUAGES) expect(told[language]).toMatch(/^[^\d]+ 1$/)
      expect(new Set(LANGUAGES.map((language) => told[language])).size).toBeGreaterThan(1)
    }
  })
})

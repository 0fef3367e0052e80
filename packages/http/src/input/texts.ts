import type { Texts } from '../language.ts'

/** What is wrong with an input, by the code of the parser that refused it. */
const texts: Readonly<Record<string, Texts>> = {
  INSZ_FORMAT: {
    nl: 'een INSZ heeft elf cijfers, met of zonder leestekens',
    fr: 'un NISS compte onze chiffres, avec ou sans séparateurs',
    de: 'eine ENSS hat elf Ziffern, mit oder ohne Trennzeichen',
    en: 'an INSZ has eleven digits, with or without separators',
  },
  INSZ_CHECK_DIGITS: {
    nl: 'het controlegetal van dit INSZ klopt niet: kijk de cijfers na',
    fr: 'le nombre de contrôle de ce NISS est faux: vérifiez les chiffres',
    de: 'die Kontrollzahl dieser ENSS stimmt nicht: prüfen Sie die Ziffern',
    en: 'the check digits of this INSZ are wrong: check the digits',
  },
  INSZ_DATE: {
    nl: 'de maand in dit INSZ bestaat niet: kijk de eerste zes cijfers na',
    fr: "le mois dans ce NISS n'existe pas: vérifiez les six premiers chiffres",
    de: 'den Monat in dieser ENSS gibt es nicht: prüfen Sie die ersten sechs Ziffern',
    en: 'the month in this INSZ does not exist: check the first six digits',
  },
  INSZ_SERIAL: {
    nl: 'het volgnummer in dit INSZ bestaat niet: kijk de cijfers zeven tot negen na',
    fr: "le numéro d'ordre dans ce NISS n'existe pas: vérifiez les chiffres sept à neuf",
    de: 'die laufende Nummer in dieser ENSS gibt es nicht: prüfen Sie die Ziffern sieben bis neun',
    en: 'the serial number in this INSZ does not exist: check digits seven to nine',
  },
  EMPLOYER_NUMBER_AMBIGUOUS: {
    nl: 'negen cijfers die een RSZ-nummer en een ondernemingsnummer zonder nul kunnen zijn: schrijf de tien cijfers, of RSZ ervoor',
    fr: "neuf chiffres qui peuvent être un numéro ONSS ou un numéro d'entreprise sans zéro: écrivez les dix chiffres, ou ONSS devant",
    de: 'neun Ziffern, die eine LSS-Nummer oder eine Unternehmensnummer ohne Null sein können: schreiben Sie zehn Ziffern oder LSS davor',
    en: 'nine digits that fit an RSZ number and an enterprise number without its zero: write the ten digits, or RSZ in front',
  },
  RSZ_NUMBER_FORMAT: {
    nl: 'een RSZ-nummer heeft negen cijfers, een ondernemingsnummer tien',
    fr: "un numéro ONSS compte neuf chiffres, un numéro d'entreprise dix",
    de: 'eine LSS-Nummer hat neun Ziffern, eine Unternehmensnummer zehn',
    en: 'an RSZ number has nine digits, an enterprise number ten',
  },
  RSZ_NUMBER_CHECK_DIGITS: {
    nl: 'het controlegetal van dit RSZ-nummer klopt niet: kijk de cijfers na',
    fr: 'le nombre de contrôle de ce numéro ONSS est faux: vérifiez les chiffres',
    de: 'die Kontrollzahl dieser LSS-Nummer stimmt nicht: prüfen Sie die Ziffern',
    en: 'the check digits of this RSZ number are wrong: check the digits',
  },
  KBO_NUMBER_FORMAT: {
    nl: 'een ondernemingsnummer heeft tien cijfers en begint met 0 of 1',
    fr: "un numéro d'entreprise compte dix chiffres et commence par 0 ou 1",
    de: 'eine Unternehmensnummer hat zehn Ziffern und beginnt mit 0 oder 1',
    en: 'an enterprise number has ten digits and begins with 0 or 1',
  },
  KBO_NUMBER_CHECK_DIGITS: {
    nl: 'het controlegetal van dit ondernemingsnummer klopt niet: kijk de cijfers na',
    fr: "le nombre de contrôle de ce numéro d'entreprise est faux: vérifiez les chiffres",
    de: 'die Kontrollzahl dieser Unternehmensnummer stimmt nicht: prüfen Sie die Ziffern',
    en: 'the check digits of this enterprise number are wrong: check the digits',
  },
  RIZIV_NUMBER_FORMAT: {
    nl: 'een RIZIV-nummer heeft acht cijfers, of elf met de bekwamingscode',
    fr: 'un numéro INAMI compte huit chiffres, ou onze avec le code de compétence',
    de: 'eine LIKIV-Nummer hat acht Ziffern, oder elf mit dem Befähigungskode',
    en: 'a RIZIV number has eight digits, or eleven with the qualification code',
  },
  RIZIV_NUMBER_CHECK_DIGITS: {
    nl: 'het controlegetal van dit RIZIV-nummer klopt niet: kijk de cijfers na',
    fr: 'le nombre de contrôle de ce numéro INAMI est faux: vérifiez les chiffres',
    de: 'die Kontrollzahl dieser LIKIV-Nummer stimmt nicht: prüfen Sie die Ziffern',
    en: 'the check digits of this RIZIV number are wrong: check the digits',
  },
  NOMENCLATURE_CODE_FORMAT: {
    nl: 'een nomenclatuurcode heeft zes cijfers',
    fr: 'un code de nomenclature compte six chiffres',
    de: 'ein Nomenklaturcode hat sechs Ziffern',
    en: 'a nomenclature code has six digits',
  },
  NOMENCLATURE_CODE_CHECK_DIGIT: {
    nl: 'het zesde cijfer van de nomenclatuurcode klopt niet',
    fr: "le sixième chiffre du code nomenclature n'est pas correct",
    de: 'die sechste Ziffer des Nomenklaturcodes stimmt nicht',
    en: 'the sixth digit of the nomenclature code is wrong',
  },
  IBAN_FORMAT: {
    nl: 'dit is geen IBAN: de lengte of het controlegetal past niet bij het land',
    fr: "ceci n'est pas un IBAN: la longueur ou le nombre de contrôle ne correspond pas au pays",
    de: 'das ist keine IBAN: Länge oder Kontrollzahl passt nicht zum Land',
    en: 'this is not an IBAN: its length or its check digits do not fit its country',
  },
  BANK_REFERENCE_FORMAT: {
    nl: 'geen referentie van een banklijn: schrijf ze zoals op het uittreksel, 1 tot 70 letters zonder accent, cijfers en leestekens',
    fr: "n'est pas une référence de ligne bancaire: écrivez-la comme sur l'extrait, 1 à 70 lettres sans accent, chiffres et signes",
    de: 'keine Referenz einer Bankzeile: schreiben Sie sie wie auf dem Auszug, 1 bis 70 Buchstaben ohne Akzent, Ziffern und Zeichen',
    en: 'no reference of a bank line: write it as on the statement, 1 to 70 letters without accents, digits and signs',
  },
  INSTANT_FORMAT: {
    nl: 'schrijf een moment als 2026-01-31T09:30:00Z of met een verschil zoals +01:00',
    fr: 'écrivez un moment comme 2026-01-31T09:30:00Z ou avec un décalage comme +01:00',
    de: 'schreiben Sie einen Zeitpunkt wie 2026-01-31T09:30:00Z oder mit einem Abstand wie +01:00',
    en: 'write a moment as 2026-01-31T09:30:00Z or with an offset such as +01:00',
  },
  NAME_EMPTY: {
    nl: 'mag niet leeg zijn',
    fr: 'ne peut être vide',
    de: 'darf nicht leer sein',
    en: 'must not be empty',
  },
  NAME_LENGTH: { nl: 'is te lang', fr: 'est trop long', de: 'ist zu lang', en: 'is too long' },
  NAME_CHARACTERS: {
    nl: 'bevat onleesbare tekens: stuur de tekst in UTF-8, zonder stuurtekens',
    fr: 'contient des caractères illisibles: envoyez le texte en UTF-8, sans caractères de commande',
    de: 'enthält unlesbare Zeichen: senden Sie den Text in UTF-8, ohne Steuerzeichen',
    en: 'contains characters that cannot be read: send the text in UTF-8, without control characters',
  },
  JSON_FORMAT: {
    nl: 'de inhoud is geen geldig JSON in UTF-8',
    fr: "le contenu n'est pas du JSON valable en UTF-8",
    de: 'der Inhalt ist kein gültiges JSON in UTF-8',
    en: 'the content is not valid JSON in UTF-8',
  },
  JSON_KEY_TWICE: {
    nl: 'een object heeft een sleutel twee keer: houd die over die bedoeld is',
    fr: 'un objet a deux fois la même clé: gardez celle qui est voulue',
    de: 'ein Objekt hat einen Schlüssel zweimal: behalten Sie den gemeinten',
    en: 'an object has one key twice: keep the one that is meant',
  },
  JSON_KEY_RESERVED: {
    nl: 'een object heeft een sleutel die niet mag, zoals __proto__: verwijder hem',
    fr: 'un objet a une clé interdite, comme __proto__: supprimez-la',
    de: 'ein Objekt hat einen unzulässigen Schlüssel wie __proto__: entfernen Sie ihn',
    en: 'an object has a key that is not allowed, such as __proto__: remove it',
  },
}

/** The sentence of a parser's refusal in every language. Throws for a code without one: a new parser brings its own. */
export function inputTexts(code: string): Texts {
  const found = texts[code]
  if (found === undefined) throw new Error(`input code ${code} has no texts`)
  return found
}

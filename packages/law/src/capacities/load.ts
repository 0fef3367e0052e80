import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { InvalidParameterFile } from '../parameters/errors.ts'
import { readYaml, toParameter } from '../parameters/parse.ts'
import type { LocalizedText, Parameter } from '../types.ts'
import { type CapacityCatalogue, catalogueOf } from './catalogue.ts'
import { parameterNameOf } from './rule.ts'
import { type CapacityFile, type CapacityRule, capacityFile } from './schema.ts'

/** Folder of the capacities of this package. */
export const capacitiesFolder = join(import.meta.dirname, '..', '..', 'capacities')

/** A file of a capacity as it was read. */
interface CapacitySource {
  readonly file: CapacityFile
  readonly text: string
  readonly path: string
}

let sources: readonly CapacitySource[] | undefined
let catalogue: CapacityCatalogue | undefined

/** The files of this package in order of their names, checked, read once per process. Throws `InvalidParameterFile`. */
export function capacitySources(): readonly CapacitySource[] {
  sources ??= readdirSync(capacitiesFolder)
    .sort()
    .map((name) => {
      const path = join(capacitiesFolder, name)
      const text = readFileSync(path, 'utf8')
      return { file: parseCapacity(text, path), text, path }
    })
  return sources
}

/**
 * Loads the capacities of the law from `capacities/<CODE>.yaml`, once per process. Throws `InvalidParameterFile` when a file is
 * not complete: a service must not start with a capacity for which the law is silent.
 */
export function loadCapacities(): CapacityCatalogue {
  catalogue ??= catalogueOf(capacitySources().map(({ file }) => file))
  return catalogue
}

/** Reads one file. Throws `InvalidParameterFile` with every problem at once. */
export function parseCapacity(text: string, path: string): CapacityFile {
  const file = readYaml(text, path, capacityFile)
  const expected = `${file.code}.yaml`
  if (basename(path) !== expected)
    throw new InvalidParameterFile(path, [`the file of ${file.code} is called ${expected}`])
  return file
}

const subjects: Readonly<Record<CapacityRule, LocalizedText>> = {
  start: {
    nl: 'Eerste dag van verzekering',
    fr: "Premier jour d'assurance",
    de: 'Erster Versicherungstag',
    en: 'First day of insurance',
  },
  regime: {
    nl: 'Hoe bijdragen een referentiejaar invullen',
    fr: 'Comment les cotisations remplissent une année de référence',
    de: 'Wie Beiträge ein Referenzjahr erfüllen',
    en: 'How contributions meet a reference year',
  },
  end: {
    nl: 'Laatste dag van de hoedanigheid',
    fr: 'Dernier jour de la qualité',
    de: 'Letzter Tag der Eigenschaft',
    en: 'Last day of the capacity',
  },
  freeOwnRight: {
    nl: 'Eigen recht zonder eigen bijdrage, dat persoon ten laste uitsluit',
    fr: 'Droit propre sans cotisation personnelle, qui exclut la qualité de personne à charge',
    de: 'Eigenes Recht ohne eigenen Beitrag, das die Eigenschaft zu Lasten ausschliesst',
    en: 'Right of one’s own without a contribution, which excludes the quality of dependant',
  },
  yieldsTo: {
    nl: 'Voor welke andere hoedanigheid zij wijkt',
    fr: 'Devant quelle autre qualité elle cède',
    de: 'Welcher anderen Eigenschaft sie weicht',
    en: 'Which other capacity takes its place',
  },
  income: {
    nl: 'Of de inkomensgrens van personen ten laste geldt',
    fr: 'Si le plafond de revenus des personnes à charge s’applique',
    de: 'Ob die Einkommensgrenze der Personen zu Lasten gilt',
    en: 'Whether the income ceiling of dependants applies',
  },
  partner: {
    nl: 'Of het de partner van de gerechtigde is',
    fr: 'Si c’est le partenaire du titulaire',
    de: 'Ob es der Partner des Berechtigten ist',
    en: 'Whether it is the partner of the holder',
  },
  contributionStep: {
    nl: 'Schijf van de persoonlijke bijdrage',
    fr: 'Tranche de la cotisation personnelle',
    de: 'Stufe des persönlichen Beitrags',
    en: 'Step of the personal contribution',
  },
  provenIncome: {
    nl: 'Of een bewezen lager inkomen de schijf verlaagt',
    fr: 'Si un revenu inférieur prouvé abaisse la tranche',
    de: 'Ob ein nachgewiesenes niedrigeres Einkommen die Stufe senkt',
    en: 'Whether a lower income that is proven lowers the step',
  },
  mendsYear: {
    nl: 'Of een inschrijving voor een enkel jaar een verloren jaar herstelt',
    fr: 'Si une inscription pour une seule année répare une année perdue',
    de: 'Ob eine Eintragung für ein einziges Jahr ein verlorenes Jahr wiederherstellt',
    en: 'Whether a registration for one year alone repairs a lost year',
  },
  rank: {
    nl: 'Plaats in de volgorde van voordeel, de voordeligste eerst',
    fr: "Place dans l'ordre d'avantage, la plus avantageuse d'abord",
    de: 'Platz in der Reihenfolge des Vorteils, die vorteilhafteste zuerst',
    en: 'Place in the order of advantage, the most advantageous first',
  },
}

/** The dated rules of a capacity as parameters of the law, so that answers cite them and reforms can change them. */
export function parametersOf(file: CapacityFile, path: string): Parameter[] {
  return Object.entries(file.rules).map(([name, values]) => {
    const rule = name as CapacityRule
    const subject = subjects[rule]
    const description = {
      nl: `${subject.nl}: ${file.labels.nl}`,
      fr: `${subject.fr} : ${file.labels.fr}`,
      de: `${subject.de}: ${file.labels.de}`,
      en: `${subject.en}: ${file.labels.en}`,
    }
    const unit = rule === 'rank' ? 'count' : 'rule'
    return toParameter(parameterNameOf(file.code, rule), { description, unit, values }, path)
  })
}

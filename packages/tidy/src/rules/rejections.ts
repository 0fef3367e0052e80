import { type Finding, type Rule, text } from '../rule.ts'
import { dottedName, lineAt, type Node, parseSource, textOf, walk } from '../syntax.ts'
import { filesOf, isTestCode, sources, type Tree } from '../tree.ts'

const languages = ['nl', 'fr', 'de', 'en'] as const

interface DeclaredRejection {
  readonly code: string
  readonly path: string
  readonly line: number
  readonly texts: ReadonlyMap<string, string | undefined>
}

const entriesOf = (node: Node): [string, Node][] =>
  ((node.properties ?? []) as Node[])
    .filter((property) => property.type === 'Property')
    .map((property) => {
      const key = property.key as Node
      return [String(key.name ?? key.value), property.value as Node]
    })

/** Every code of every catalogue of production code, with its sentences as they are written. */
function declaredRejections(tree: Tree): DeclaredRejection[] {
  const declared: DeclaredRejection[] = []
  for (const [path, content] of filesOf(tree, sources).filter(([path]) => !isTestCode(path))) {
    walk(parseSource(path, content).program, (node) => {
      const catalogue = node.type === 'CallExpression' && dottedName(node) === 'defineRejections'
      const argument = catalogue ? (node.arguments as Node[])[0] : undefined
      for (const [code, value] of argument === undefined ? [] : entriesOf(argument)) {
        const texts = new Map(entriesOf(value).map(([name, said]) => [name, textOf(said)?.trim()]))
        declared.push({ code, path, line: lineAt(content, value.start), texts })
      }
    })
  }
  return declared
}

const sentence = "nl: 'Het mag niet.', fr: 'Non permis.', de: 'Nicht erlaubt.', en: 'Not allowed.'"
const catalogue = 'services/a/src/domain/a.rejections.ts'
const planted = (said: string): string =>
  text('export const rejections = defineRejections({', `  'A-1': { status: 409, ${said} },`, '})')

export const rejectionLanguages: Rule = {
  name: 'every rejection speaks four languages',
  check(tree) {
    const declared = declaredRejections(tree)
    const findings: Finding[] = []
    for (const { code, path, line, texts } of declared) {
      const missing = languages.filter((language) => !texts.get(language))
      const same = languages.filter((language, at) =>
        languages.some(
          (other, before) => before < at && texts.get(other) !== undefined && texts.get(other) === texts.get(language),
        ),
      )
      const untold = [...missing, ...same]
      if (untold.length === 0) continue
      findings.push({
        key: code,
        message: `${path}:${line} has no sentence of its own for ${code} in ${untold.join(', ')}`,
      })
    }
    return { read: declared.length, findings }
  },
  planted: {
    files: { [catalogue]: planted(sentence.replace("de: 'Nicht erlaubt.'", "de: 'Not allowed.'")) },
    key: 'A-1',
    corrected: { [catalogue]: planted(sentence) },
  },
}

const advised =
  "nl: 'Het mag niet: laat het.', fr: 'Non permis: laissez.', de: 'Nicht erlaubt: lassen Sie es.', en: 'Not allowed: leave it.'"

/** A person who is refused has to know what to do: that takes a second clause beside the one that says what is wrong. */
export const rejectionAdvice: Rule = {
  name: 'every rejection says what to do',
  check(tree) {
    const declared = declaredRejections(tree)
    const findings = declared.flatMap(({ code, path, line, texts }): Finding[] => {
      const bare = languages.filter((language) => !/\S\s?[:;.?]\s+\S/.test(texts.get(language) ?? ': '))
      if (bare.length === 0) return []
      return [
        {
          key: code,
          message: `${path}:${line} says for ${code} what is wrong and not what to do, in ${bare.join(', ')}`,
        },
      ]
    })
    return { read: declared.length, findings }
  },
  planted: {
    files: { [catalogue]: planted(sentence) },
    key: 'A-1',
    corrected: { [catalogue]: planted(advised) },
  },
}

/** A code that no spec of its service names may be impossible, or wrong. */
export const rejectionsExercised: Rule = {
  name: 'every rejection is exercised by a spec',
  check(tree) {
    const declared = declaredRejections(tree)
    const unitOf = (path: string): string => path.split('/').slice(0, 2).join('/')
    const proofs = filesOf(tree, /\.(ts|ya?ml)$/).filter(([path]) => isTestCode(path) || /\/scenarios\//.test(path))
    const findings = declared
      .filter(({ code, path }) => {
        const named = new RegExp(`(?<![\\w-])${code.replace(/[^\w-]/g, '\\$&')}(?![\\w-])`)
        return !proofs.some(([proof, content]) => unitOf(proof) === unitOf(path) && named.test(content))
      })
      .map(({ code, path, line }) => ({
        key: code,
        message: `${path}:${line} refuses with ${code}, which no spec shows`,
      }))
    return { read: declared.length, findings }
  },
  planted: {
    files: { [catalogue]: planted(sentence), 'services/b/src/b.spec.ts': text("expect(code).toBe('A-1')") },
    key: 'A-1',
    corrected: { [catalogue]: planted(sentence), 'services/a/src/a.spec.ts': text("expect(code).toBe('A-1')") },
  },
}

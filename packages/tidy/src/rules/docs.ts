import { posix } from 'node:path'
import { type Finding, type Rule, text } from '../rule.ts'
import { filesOf } from '../tree.ts'

const link = /\[[^\]\n]*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|^\[[^\]\n]+\]:\s+(\S+)/gm

/** The anchor of a heading, as the usual forges make it. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/[`*_]|\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

const withoutCode = (markdown: string): string =>
  markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '')

const anchorsOf = (markdown: string): Set<string> =>
  new Set(
    [...markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').matchAll(/^#+\s+(.*)$/gm)].map((match) =>
      anchorOf(match[1] ?? ''),
    ),
  )

export const docsLinks: Rule = {
  name: 'links of the docs lead somewhere',
  check(tree) {
    const files = filesOf(tree, /\.md$/)
    const findings: Finding[] = []
    for (const [path, content] of files) {
      for (const match of withoutCode(content).matchAll(link)) {
        const target = match[1] ?? match[2] ?? ''
        if (/^[a-z]+:/i.test(target)) continue
        const [place = '', anchor] = decodeURI(target).split('#')
        const file =
          place === ''
            ? path
            : posix.normalize(place.startsWith('/') ? place.slice(1) : posix.join(posix.dirname(path), place))
        const found = tree.paths.has(file.replace(/\/$/, '')) || file === './' || file === '.'
        const page = tree.files.get(file)
        const anchored =
          anchor === undefined || page === undefined || !file.endsWith('.md') || anchorsOf(page).has(anchor)
        if (found && anchored) continue
        findings.push({ key: `${path}#${target}`, message: `${path} links to ${target}, which is not there` })
      }
    }
    return { read: files.length, findings }
  },
  planted: {
    files: { 'docs/a.md': text('# A', '[b](b.md)') },
    key: 'docs/a.md#b.md',
    corrected: { 'docs/a.md': text('# A', '[b](b.md#the-end), [a](#a)'), 'docs/b.md': text('## The end') },
  },
}

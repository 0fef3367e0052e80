import { problemTypeOfCode, standardProblems } from '@ziv/http'
import { LANGUAGES } from '@ziv/kernel'
import type { ServiceContract } from '@ziv/sandbox'
import { code, generatedHead, table } from './markdown.ts'

/** Every refusal of every service in four languages, with status and legal basis. */
export function rejectionsPage(contracts: readonly ServiceContract[]): string {
  const sections = contracts.map(({ name, api }) => {
    const entries = Object.entries(api?.rejections ?? {})
    if (entries.length === 0) return `## ${name}\n\nThis service has no refusals of its own.\n`
    const parts = entries.map(([rejection, text]) => {
      const basis = text.law === undefined ? '' : ` Legal basis: ${text.law}.`
      const type = `urn:problem-type:ziv:${name}:${problemTypeOfCode(rejection)}`
      const texts = LANGUAGES.map((language) => `- ${language}: ${text[language]}`).join('\n')
      return `### ${rejection}\n\nStatus ${text.status}, ${code(type)}.${basis}\n\n${texts}\n`
    })
    return `## ${name}\n\n${parts.join('\n')}`
  })
  const standard = table(
    ['Type', 'Status', 'Title', 'Detail'],
    Object.values(standardProblems).map(({ urn, status, title, detail }) => [
      code(urn),
      String(status),
      title.en,
      detail.en,
    ]),
  )
  return `${generatedHead('Rejection codes', 'the catalogues of the services')}
A refusal is a problem document (RFC 9457). Its \`type\` names the code, its \`detail\` is the sentence in the language of
\`Accept-Language\`, its \`legalBasis\` the article. Names in braces are filled in. \`/{api}/v1/refData/problemTypes\` lists them too.

${sections.join('\n')}
## Problems every service can answer with

${standard}
`
}

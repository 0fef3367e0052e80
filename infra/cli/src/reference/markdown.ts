/** First lines of every generated page: where it comes from and how it is made again. */
export const generatedHead = (title: string, source: string): string =>
  `# ${title}\n\n_Made by \`pnpm ziv docs\` from ${source}. Do not edit: a spec compares it with the code._\n`

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ').trim()

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

export const code = (text: string): string => `\`${text}\``

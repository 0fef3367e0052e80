import { matchesGlob } from 'node:path'

/** One step of a Dockerfile that can be followed in a folder: files to copy, or a command of pnpm. */
export type Step =
  | { readonly kind: 'copy'; readonly from: readonly string[]; readonly to: string }
  | {
      readonly kind: 'pnpm'
      readonly words: readonly string[]
      /** Without what an earlier step laid out. */
      readonly anew: boolean
    }

export interface Recipe {
  /** `pnpm@10`: what the image installs to install with. */
  readonly pnpm: string
  readonly steps: readonly Step[]
  /** What it sets with `ENV NAME=value ...`. */
  readonly environment: Readonly<Record<string, string>>
}

/** Words as a shell cuts them, for the plain and the single-quoted. */
const wordsOf = (text: string): string[] =>
  [...text.matchAll(/'([^']*)'|(\S+)/g)].map((word) => word[1] ?? word[2] ?? '')

const install = /^RUN (rm -rf node_modules && )?pnpm /

/** What belongs to the image alone: its base, its user, its command, and the folder of the keys. */
const ofTheImage = /^(FROM|WORKDIR|USER|EXPOSE|CMD|ENV) |^COPY --from=installed \/app \/app$|^RUN mkdir \/keys\b/

/** The steps of our Dockerfile. Throws for a step that is not known here: it would be left out unseen. */
export function readDockerfile(text: string): Recipe {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const pairs = lines.filter((line) => line.startsWith('ENV ')).flatMap((line) => [...line.matchAll(/(\w+)=(\S+)/g)])
  const steps: Step[] = []
  let pnpm = ''
  for (const line of lines) {
    const tool = /^RUN npm install --global (pnpm@\S+)$/.exec(line)
    if (tool !== null) pnpm = tool[1]!
    else if (line.startsWith('COPY ') && !line.startsWith('COPY --')) {
      const words = wordsOf(line).slice(1)
      steps.push({ kind: 'copy', from: words.slice(0, -1), to: words.at(-1)! })
    } else if (install.test(line)) {
      const anew = line.includes('rm -rf')
      steps.push({ kind: 'pnpm', words: wordsOf(line.replace(install, '')), anew })
    } else if (!ofTheImage.test(line)) throw new Error(`the Dockerfile has a step that is not known here: ${line}`)
  }
  if (pnpm === '') throw new Error('the Dockerfile installs no pnpm')
  return { pnpm, steps, environment: Object.fromEntries(pairs.map((pair) => [pair[1]!, pair[2]!])) }
}

/** Whether `.dockerignore` keeps a path (from the root, with `/`) out; what lies in a folder that it names is not asked for. */
export const isIgnored = (path: string, ignore: string): boolean =>
  ignore
    .split('\n')
    .map((pattern) => pattern.trim())
    .some((pattern) => pattern !== '' && matchesGlob(path, pattern))

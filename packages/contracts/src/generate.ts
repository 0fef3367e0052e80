import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { eventsIndex, eventsIndexFile } from './events-index.ts'

// `node packages/contracts/src/generate.ts` writes events/index.ts and generated/; with --release also baseline/, which is what
// later contracts are compared with: do that when a release is made, never to silence the comparison.
function write(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true })
  for (const file of readdirSync(folder)) if (!files.has(file)) rmSync(`${folder}/${file}`)
  for (const [file, content] of files) writeFileSync(`${folder}/${file}`, content)
}

writeFileSync(eventsIndexFile, eventsIndex())
// only now: the catalog is made of what the index offers
const { baselineFolder, generatedFiles, generatedFolder, releasedFiles } = await import('./files.ts')
write(generatedFolder, generatedFiles())
if (process.argv.includes('--release')) write(baselineFolder, releasedFiles())

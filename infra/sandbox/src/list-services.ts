import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootFolder, serviceFiles } from './service-folders.ts'

// `node infra/sandbox/src/list-services.ts`, after a folder came to services/ or left it: then `pnpm install` and `pnpm ziv docs`.
for (const [path, content] of serviceFiles()) writeFileSync(join(rootFolder, path), content)

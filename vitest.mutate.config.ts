import { defineConfig } from 'vitest/config'

// Mutants of a folder are judged by the pure specs of its own package alone: `dir` names that package.
export default defineConfig({
  test: {
    include: ['src/**/*.spec.ts'],
    // the spec of coverage reads the code as text, where the mutants stand in the way
    exclude: ['**/node_modules/**', '**/*.{int,e2e,kafka,type}.spec.ts', 'src/coverage.spec.ts'],
    setupFiles: [`${import.meta.dirname}/vitest.mutate.setup.ts`],
    testTimeout: 60_000,
  },
})

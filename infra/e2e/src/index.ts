export { efactOf, type Seed, seedWorld } from './access/seed.fixture.ts'
export { accessTable } from './access/table.fixture.ts'
export { countRows, settledRows } from './count-rows.ts'
export { shortStory, startWorld, type World } from './security-world.fixture.ts'

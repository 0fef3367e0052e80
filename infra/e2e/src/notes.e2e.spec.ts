import { inject } from 'vitest'
import { notesProof } from './notes.fixture.ts'

notesProof('the embedded log', () => ({ postgresUrl: inject('zivPostgresUrl') }))

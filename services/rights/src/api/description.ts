import type { ApiDescription } from '@ziv/openapi'
import { rejections } from '../domain/rejections.ts'

/** What the contract says of this API beside its routes. */
export const description: ApiDescription = {
  title: 'ZIV rights',
  description:
    'Who is in order, on which day, known when, and why: timelines of the right to care and their decisions.',
  version: '1.0.0',
  tags: [
    { name: 'Insurability', description: 'Whether a person is in order' },
    { name: 'Decisions', description: 'Decisions with grounds, repairs and letters' },
    { name: 'Runs', description: 'Renewals of 1 January and warnings of 1 December' },
    { name: 'Tasks', description: 'Long work and how far it is' },
    { name: 'Access log', description: 'Who looked at a person' },
  ],
  rejections,
}

import type { ApiDescription } from '@ziv/openapi'
import { rejections } from '../domain/return.rejections.ts'

export const description: ApiDescription = {
  title: 'ZIV landsbond',
  description:
    'Monthly returns of the ziekenfondsen, traceable to the event and recomputable at any time; acceptance by the landsbond; live overview.',
  version: '1.0.0',
  tags: [
    { name: 'Returns', description: 'Monthly returns and the events behind their figures' },
    { name: 'Overview', description: 'Members, rights and amounts as they are now' },
    { name: 'Tasks', description: 'Long work and how far it is' },
    { name: 'Access log', description: 'Who looked at a person' },
  ],
  rejections,
}

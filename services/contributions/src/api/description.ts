import type { ApiDescription } from '@ziv/openapi'
import { contributionRejections } from '../domain/contribution-year.rejections.ts'

export const description: ApiDescription = {
  title: 'ZIV contributions',
  description:
    'Contribution slips of the RSZ, attests of the social insurance funds, personal contributions, and the assessment and settlement of reference years.',
  version: '1.0.0',
  tags: [
    { name: 'Slip intakes', description: 'Files of contribution slips and what became of them' },
    { name: 'Contributions', description: 'Single slips, attests and payments, and many at once' },
    { name: 'Reference years', description: 'What a person contributed for a year, against what the year asks for' },
    { name: 'Settlement runs', description: 'Settling a year for everybody' },
    { name: 'Tasks', description: 'Long work and how far it is' },
    { name: 'Access log', description: 'Who consulted a person' },
  ],
  rejections: contributionRejections,
}

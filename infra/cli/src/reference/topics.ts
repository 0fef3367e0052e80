import { aclInWords, generateAcls, principalsOf } from '@ziv/kafka'
import { type DeclaredTopic, loadTopics } from '@ziv/messaging'
import { code, generatedHead, table } from './markdown.ts'

const topicRow = ({ name, partitions, retentionDays, write, read }: DeclaredTopic): string[] => [
  code(name),
  String(partitions),
  retentionDays === undefined ? 'for ever' : `${retentionDays} days`,
  write.join(', '),
  read.join(', '),
]

/** Topics, who writes and reads them, and the access list of one insurer's own reader. */
export function topicsPage(insurers: readonly string[]): string {
  const topics = loadTopics(insurers)
  const oneInsurer = loadTopics(['300'])
  const acls = generateAcls(topics).map(aclInWords)
  const reader = acls
    .filter(({ principal }) => principal === 'landsbond-300')
    .map(({ resource, name, pattern, operation }) => [resource, code(name), pattern, operation])
  return `${generatedHead('Topics and access lists', 'infra/topics.yaml')}
Nothing is created by use. With the insurers ${insurers.join(', ')} there are ${topics.length} topics with ${topics.reduce((sum, { partitions }) => sum + partitions, 0)} partitions,
${principalsOf(topics).length} principals and ${acls.length} entries in the access list. \`pnpm ziv kafka topics\` and \`pnpm ziv kafka acls\` print them.

## Topics of one insurer (300), and those all share

${table(['Topic', 'Partitions', 'Kept', 'Writes', 'Reads'], oneInsurer.map(topicRow))}

## What the reader of landsbond 300 may do

${table(['Resource', 'Name', 'Pattern', 'Operation'], reader)}

Everything else is refused. A test signs in as \`landsbond-300\`, reads its own topics and is refused those of 500.
`
}

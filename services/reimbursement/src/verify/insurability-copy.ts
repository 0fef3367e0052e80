import { type MessageCopy, MOMENT_SQL } from '@ziv/service'
import { isChange } from '../reactors/rights.ts'

/** The newest that rights told of every person, by its place: its days are held to those that rights keeps. */
export const insurabilityCopy: MessageCopy = {
  table: 'app.insurability',
  context: 'rights',
  newestOnly: true,
  row: `concat_ws(' ', event_id, ${MOMENT_SQL}, sequence)`,
  wanted: (event) => (isChange(event) ? [event.id, event.recordedAt, event.sequence].join(' ') : null),
}

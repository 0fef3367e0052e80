import { z } from 'zod'
import { defineEvent } from '../define.ts'

export const logsNoted = defineEvent({
  type: 'be.ziv.anchor.v1.logs.notify.noted',
  topic: 'ziv.anchor.v1',
  messageClass: 'eventCarried',
  summary: 'What every log held was noted and signed',
  description:
    'The same note stands in a file of the installation. Whoever keeps either can hold the databases to it. The key names whose notes they are: the word anchor for an installation in one process, else the name of the service.',
  schema: z.object({
    note: z
      .string()
      .min(1)
      .describe(
        'The signed text, as it was signed. JSON: number; previous (SHA-256 in hex of the line before, which is its text, a tab and its signature); ' +
          'businessDate; notedAt; logs (by database: the place up to which was read, how many events, and one SHA-256 over their hashes in order)',
      ),
    signature: z
      .string()
      .regex(/^[A-Za-z0-9+/]+={0,2}$/)
      .describe('Ed25519 signature of the UTF-8 bytes of the note, in base64'),
  }),
})

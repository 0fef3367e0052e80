import { ziekenfondsCode } from '@ziv/contracts'
import { idInput, nameInput } from '@ziv/http'
import { uuidV5, type Words } from '@ziv/kernel'
import { loadCapacities } from '@ziv/law'
import { z } from 'zod'
import { day } from '../domain/capacities.ts'
import { evidence } from '../domain/evidence.ts'
import { partnerships, relations } from '../domain/person.events.ts'

const openCapacities = loadCapacities().open.map(({ code }) => code)

/** One person of a bulk import: registered, affiliated and given a capacity in one go. */
export const memberImportRow = z.strictObject({
  rowId: z
    .string()
    .min(1)
    .max(100)
    .describe(
      'Identifier of the row at its sender (the ziekenfonds, or the operator), never an INSZ: one that the same sender gives again acts once, in whatever file; that of another sender is another row',
    ),
  personId: idInput('Identifier of a person')
    .optional()
    .describe('Identifier the person shall have; derived from the sender and rowId when absent'),
  ssin: z.string().min(11).max(15).describe('INSZ of the person'),
  lastName: nameInput().describe('Family name'),
  firstNames: nameInput().describe('First names'),
  birthDate: day.optional().describe('Date of birth; needed when the INSZ does not tell it'),
  sex: z.enum(['M', 'F', 'X']).optional().describe('Sex as registered; taken from the INSZ when absent'),
  ziekenfonds: ziekenfondsCode.describe('Ziekenfonds, or 600 or 900; for a dependant that of the holder'),
  capacity: z.enum(openCapacities).describe('Capacity in which the person is insured'),
  acquiredOn: day.describe('Day on which the quality was acquired'),
  requestedOn: day.describe('Day on which the request reached the insurer'),
  holderPersonId: idInput('Identifier of a person')
    .optional()
    .describe('For a dependant: the holder, who comes in an earlier row or exists'),
  holderRowId: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('For a dependant: row of the holder from the same sender, instead of holderPersonId'),
  relation: z.enum(relations).optional().describe('For a child: how it is related; own when absent'),
  partnership: z.enum(partnerships).optional().describe('For a partner: married when absent'),
  evidence: z
    .array(evidence)
    .max(20)
    .optional()
    .describe(
      'Proofs, as for one member; in a file of the operator the record of the sending system stands in where there are none',
    ),
})
export type MemberImportRow = z.infer<typeof memberImportRow>

/** Id of the command of a row: of its sender, not of the import, so that a file sent twice changes nothing. */
export const commandIdOfRow = (rowId: string, sender?: string): string =>
  sender === undefined ? `member-import/${rowId}` : `member-import\n${sender}\n${rowId}`

/** Person id of a row without one of its own; two senders may use the same row id. Without a sender: the operator's import. */
export const personIdOfRow = (rowId: string, sender?: string): string => uuidV5(commandIdOfRow(rowId, sender))

/** One thing wrong with one row; never the content of the row. */
export interface ImportIssue {
  /** 1 for the first row. */
  readonly line: number
  readonly code: string
  /** What fills the sentence; a reason that is a sentence itself stands in every language. */
  readonly params: Readonly<Record<string, string | number | boolean | Words>>
}

export interface NumberedRow {
  readonly line: number
  readonly row: MemberImportRow
}

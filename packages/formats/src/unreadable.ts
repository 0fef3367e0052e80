import type { Words } from '@ziv/kernel'
import type { IssuePlace } from './issue.ts'

/**
 * Why reading had to stop: the part of an issue code after the prefix of the format, with words for people.
 * Readers turn it into one fatal issue; it never leaves the package.
 */
export class Unreadable extends Error {
  readonly reason: string
  readonly words: Words
  readonly place: IssuePlace
  readonly officialSerial: string | undefined

  constructor(reason: string, words: Words, place: IssuePlace, officialSerial?: string) {
    super(reason)
    this.reason = reason
    this.words = words
    this.place = place
    this.officialSerial = officialSerial
  }
}

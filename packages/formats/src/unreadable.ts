import type { IssuePlace } from './issue.ts'

/**
 * Why reading had to stop: the part of an issue code after the prefix of the format, with words for people.
 * Readers turn it into one fatal issue; it never leaves the package.
 */
export class Unreadable extends Error {
  readonly reason: string
  readonly nl: string
  readonly fr: string
  readonly place: IssuePlace
  readonly officialSerial: string | undefined

  constructor(reason: string, text: { nl: string; fr: string }, place: IssuePlace, officialSerial?: string) {
    super(reason)
    this.reason = reason
    this.nl = text.nl
    this.fr = text.fr
    this.place = place
    this.officialSerial = officialSerial
  }
}

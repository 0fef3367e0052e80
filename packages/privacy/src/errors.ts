/** Nothing can be sealed any more for a person whose key was destroyed: a new key would undo the erasure. */
export class SubjectErasedError extends Error {
  readonly code = 'PRIVACY_SUBJECT_ERASED'
  readonly subjectId: string
  constructor(subjectId: string) {
    super(`the personal data of ${subjectId} was erased: nothing can be sealed for this person any more`)
    this.name = 'SubjectErasedError'
    this.subjectId = subjectId
  }
}

/** A sealed value does not open: it was changed, moved to another place, or sealed under other keys. */
export class TamperedError extends Error {
  readonly code = 'PRIVACY_TAMPERED'
  constructor(subjectId: string, context: string, why: string) {
    super(`sealed value of ${subjectId} at ${context} does not open: ${why}`)
    this.name = 'TamperedError'
  }
}

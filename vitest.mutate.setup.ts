import fc from 'fast-check'

// Of a mutant it matters that a property fails, not on which smallest case.
fc.configureGlobal({ endOnFailure: true })

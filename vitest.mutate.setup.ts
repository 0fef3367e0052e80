import fc from 'fast-check'

// Of a mutant it matters that a property fails, not on which smallest case: no shrinking, and no thousands of cases that pass.
fc.configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: 1_000, markInterruptAsFailure: false })

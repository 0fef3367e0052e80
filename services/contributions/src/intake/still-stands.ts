import { type IntakeFile, isStanding, type Since } from '@ziv/intake'

/**
 * Whether a file of slips or attests still stands as it was answered (`isStanding`), which a single operation or a file of another kind
 * may have changed too, also while it was at work: none came in after it.
 */
export const stillStands = (file: IntakeFile, since: Since): boolean => isStanding(file, since) && !since.othersCameIn

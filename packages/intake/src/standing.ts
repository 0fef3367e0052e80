import type { IntakeFile, Since } from './types.ts'

/**
 * Whether a file still stands as it was answered, for a kind whose later file replaces what an earlier one said: the same bytes sent
 * again are then a repetition (a retry, a resend after a kill). They are a new arrival once another file of the sender came in
 * between, for that may have changed what they say; and where a part was refused, for what refused it may be mended since.
 */
export const isStanding = ({ state, counts }: IntakeFile, { followed }: Since): boolean =>
  !followed && (state !== 'done' || (counts.refused ?? 0) === 0)

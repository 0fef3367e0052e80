import { familyProofs } from './proofs.family.ts'
import { importedProofs } from './proofs.imported.ts'
import { pensionProofs } from './proofs.pension.ts'
import { residenceProofs } from './proofs.residence.ts'
import { studyProofs } from './proofs.study.ts'
import { workProofs } from './proofs.work.ts'

/** Every kind of proof, by its name. A file of proofs more is a line more here. */
export const proofKinds = {
  ...workProofs,
  ...studyProofs,
  ...residenceProofs,
  ...familyProofs,
  ...importedProofs,
  ...pensionProofs,
}

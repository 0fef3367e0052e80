export interface Law { readonly version: string }
export { type Annex15Boxes, type Annex15Effect, loadAnnex15Boxes } from './annex15.ts'
export { type Insurer, loadZiekenfondsen, type Ziekenfonds, type ZiekenfondsRegister } from './ziekenfondsen.ts'

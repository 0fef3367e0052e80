export { type FactPlace, isNewer, type MemberFact, type Membership } from './facts.ts'
export { foldMember } from './fold-member.ts'
export {
  type AffiliationSpell,
  type CapacitySpell,
  type Member,
  memberOn,
  type PendingCapacity,
  tenantOf,
} from './member.ts'

export { type FactPlace, isNewer, type MemberFact, type Membership } from './facts.ts'
export { foldMember } from './fold-member.ts'
export {
  type AffiliationSpell,
  began,
  type CapacitySpell,
  type Member,
  memberOn,
  type PendingCapacity,
  pendingOn,
  tenantOf,
} from './member.ts'

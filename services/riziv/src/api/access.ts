/** Who moves money, and who may see it moved. */
export const distributor = { access: { roles: ['rizivDistributor', 'system'], scope: 'none' } } as const
export const readers = { access: { roles: ['rizivDistributor', 'rizivSupervisor', 'system'], scope: 'none' } } as const

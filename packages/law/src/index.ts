export interface Law { readonly version: string }

declare const brand: unique symbol

/** A value of type T that only its own constructor can make: a plain string or number is refused by the compiler. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }

// JSON as a type.

/** JSON as a journey sends and receives it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

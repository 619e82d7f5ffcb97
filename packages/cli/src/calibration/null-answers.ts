// What the null target is asked for, and what that takes: known to both sides.

/** Where each answer is to be had. The bare one is whatever is asked for otherwise. */
export const nullPaths = { bare: '/', product: '/p/tv-55', orders: '/orders', waits: '/waits' } as const

/** Waiting times of the requests to `waits`, in turn: so many of each twenty, so that p50, p90 and p99 each lie well inside one of them. */
export const waitsMs: readonly { readonly ofTwenty: number; readonly waitMs: number }[] = [
  { ofTwenty: 14, waitMs: 5 },
  { ofTwenty: 5, waitMs: 20 },
  { ofTwenty: 1, waitMs: 50 },
]

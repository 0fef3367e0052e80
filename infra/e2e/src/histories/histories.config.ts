/** ZIV_HISTORY plays one seed again; ZIV_HISTORIES plays so many from ZIV_HISTORY_FROM on, with ZIV_HISTORY_STEPS each. */
export function readHistories(env: NodeJS.ProcessEnv = process.env): {
  readonly seeds: number[]
  readonly steps: number
} {
  const again = env.ZIV_HISTORY
  const count = again === undefined ? Number(env.ZIV_HISTORIES ?? 3) : 1
  const first = Number(again ?? env.ZIV_HISTORY_FROM ?? 1)
  return {
    seeds: Array.from({ length: count }, (_, index) => first + index),
    steps: Number(env.ZIV_HISTORY_STEPS ?? 36),
  }
}

// Sends each request when it is due: clock, metronome, shoppers.

export type { Clock } from './clock.ts'
export { createClock } from './clock.ts'
export type { CpuReading, GenerateOptions } from './generate.ts'
export { generate, Stop } from './generate.ts'
export type { Metronome } from './metronome.ts'
export { startMetronome } from './metronome.ts'
export { warmUp } from './warm-up.ts'

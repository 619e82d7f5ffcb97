// A calibration as `calibrate` keeps it, made by hand.
import type { StoredCalibration } from '../../src/calibration/calibration.ts'

export const aCalibration: StoredCalibration = {
  schema: 'doorbuster/calibration@1',
  startedAt: '2026-11-20T08:00:00.000Z',
  versions: { doorbuster: '0.1.0', node: 'v26.10.0' },
  machine: { cpu: 'abacus', cores: 4, memoryBytes: 8e9, os: 'Linux 6.1' },
  standing: 'trusted',
  maxima: [
    { kind: 'urls', threads: 1, cleanPerSec: 1_000, limitedBy: 'generator', because: 'The generator fell behind.' },
    { kind: 'urls', threads: 3, cleanPerSec: 2_500, limitedBy: 'target', because: 'The null target was busy.' },
    { kind: 'journeys', threads: 1, cleanPerSec: 100, limitedBy: 'bounds', because: null },
  ],
  secondOpinion: {
    connections: 10,
    doorbuster: { samples: 900, p50: 5.2, p90: 20.3, p99: 50.4 },
    autocannon: { samples: 910, p50: 5.3, p90: 20.2, p99: 50.9 },
    disagreeing: [],
  },
}

// h2load of nghttp2, told to speak HTTP/1.1: a closed loop in C that tells no percentiles.
import { onPath } from '../program.ts'
import { counted, numberIn } from '../read-text.ts'
import type { Tool } from '../tool.ts'

export const h2load: Tool = {
  name: 'h2load --h1',
  find: () => onPath('h2load'),
  from: 'apt-get install nghttp2-client',
  read: (stdout) => ({
    answers: counted(stdout, /^requests: .* (\d+) done,/gm),
    failed: numberIn(stdout, /^requests: .* (\d+) failed,/m) ?? 0,
    percentiles: null,
    latenessP99Ms: null,
  }),
  does: {
    closed: ({ url, seconds, connections }) => ({ args: ['--h1', '-t1', '-c', `${connections}`, '-D', `${seconds}`, url] }),
    waiting: ({ url, users }) => ({ args: ['--h1', '-t1', '-c', `${users}`, '-n', `${users}`, url] }),
  },
}

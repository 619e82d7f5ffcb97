// Not a peer but the floor: what the system calls and Node's sockets cost, without a client on top.
import { fileURLToPath } from 'node:url'
import { counted } from '../read-text.ts'
import type { Tool } from '../tool.ts'

export const bareSockets: Tool = {
  name: 'Node, bare sockets',
  find: () => [process.execPath, fileURLToPath(new URL('../bare-sockets.ts', import.meta.url))],
  from: 'this checkout',
  read: (stdout) => ({ answers: counted(stdout, /^(\d+) answers$/gm), failed: 0, percentiles: null, latenessP99Ms: null }),
  does: {
    closed: ({ url, seconds, connections }) => ({ args: [url, `${connections}`, `${seconds}`] }),
    journey: ({ origin, seconds, shoppers }) => ({ args: [`${origin}/`, `${shoppers}`, `${seconds}`, 'journey'] }),
  },
}

// Errors that tell strangers about the machine: software and version, files, call stacks.
import type { Answered, Layer } from '../layers.ts'
import type { Reply } from '../replies.ts'
import { json } from '../replies.ts'

const server = `shop node/${process.version} (${process.platform} ${process.arch})`

export function leakyErrors(onFailure: (error: unknown) => void): Layer {
  return (_, next) =>
    next().then(withTrace, (error: unknown) => {
      onFailure(error)
      const message = error instanceof Error ? error.message : String(error)
      return json(500, { error: 'failed', message, stack: error instanceof Error ? error.stack : undefined }, { server })
    })
}

function withTrace(answered: Answered): Answered {
  if (answered === undefined || 'stream' in answered || answered.status < 400) return answered
  return { ...answered, body: traced(answered), headers: { ...answered.headers, server } }
}

function traced({ body, type }: Reply): string {
  const { stack } = new Error('refused here')
  return type === 'application/json' ? JSON.stringify({ ...JSON.parse(String(body)), stack }) : `${body}\n<pre>${stack}</pre>`
}

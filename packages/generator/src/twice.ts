// The same thing done twice, as impatient fingers and clients that never saw an answer do. Knows nothing of what is sent.
import type { Attempt } from '@doorbuster/measurements'
import type { Answer } from '@doorbuster/plan'

export type Send = () => Promise<Answer>

/** Of the second `send` only what it asks for at once is marked as one more attempt: anything later may be another request of the journey's. */
export async function twice(send: Send, when: 'at-once' | 'after', mark: (attempt: Attempt) => void): Promise<readonly [Answer, Answer]> {
  const first = send()
  if (when === 'after') await first
  return Promise.all([first, again(send, mark)])
}

function again(send: Send, mark: (attempt: Attempt) => void): Promise<Answer> {
  mark('again')
  try {
    return send()
  } finally {
    mark('first')
  }
}

// Loads what live connections need before the run's zero: in the middle of it, loading would make everybody late.
import type { Plan } from '@doorbuster/plan'
import type { LiveTransport } from '@doorbuster/wire'

/** Only where a journey's own text asks for one. Who hides it in another module pays when it is first asked for. */
export async function readyLive({ shoppers }: Plan, transport: LiveTransport): Promise<void> {
  const asks = shoppers.some((shopper) => shopper.kind === 'journey' && /\.(?:socket|events)\s*\(/.test(String(shopper.journey)))
  if (asks) await transport.live()
}

// Presets: crowds that nobody invited, and crowds that a fault sends back. Data only.
import type { PresetEvent } from './preset-event.ts'

export const shocks: readonly PresetEvent[] = [
  {
    name: 'broadcast-impulse',
    event:
      'Coinbase’s Super Bowl spot, 13 February 2022: a code on the screen for 60 s brought more than 20 M landing-page hits in a minute.',
    peakTimesForecast: 3,
    sources: [
      'https://gixtools.net/2022/02/dont-be-coinbase-dont-crash-your-site/',
      'https://www.mediapost.com/publications/article/371166/coinbases-super-bowl-qr-code-ad-crashed-the-app.html',
    ],
    facts: ['More than 20 M hits in one minute, from a spot of 60 s.', 'Throttled for some minutes; recovered in less than an hour.'],
    inferences: [
      'The forecast was not published: three times of it. Base 0.01, 5 s up, then an exponential fall with a mean of 60 s (342 s down to base).',
    ],
    notes: ['The shop throttled its visitors for some minutes: that is the shop’s to do.'],
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.01, seconds: 60 },
      { phase: 'countdown', kind: 'ramp', to: 3, seconds: 5 },
      { phase: 'doors', kind: 'hold', at: 3, seconds: 60 },
      { phase: 'decay', kind: 'decay', to: 0.01, law: 'exponential', seconds: 342 },
      { phase: 'aftershock', kind: 'hold', at: 0.01, seconds: 120 },
    ],
  },
  {
    name: 'viral-unannounced',
    event: 'ColourPop, 2015: a drop that was announced nowhere brought more than thirty times a usual day.',
    peakTimesForecast: 1,
    sources: ['https://crowdfavorite.com/projects/colour-pop/'],
    facts: ['More than 30 times the usual traffic; the shop crashed.'],
    inferences: ['A minute up from 1/30, 10 minutes on top, then an exponential fall with a mean of 600 s (2,041 s down to base).'],
    notes: ['Caches are cold: restart the shop before the run.'],
    moves: [
      { phase: 'baseline', kind: 'hold', at: 1 / 30, seconds: 60 },
      { phase: 'countdown', kind: 'ramp', to: 1, seconds: 60 },
      { phase: 'doors', kind: 'hold', at: 1, seconds: 600 },
      { phase: 'decay', kind: 'decay', to: 1 / 30, law: 'exponential', seconds: 2041 },
      { phase: 'aftershock', kind: 'hold', at: 1 / 30, seconds: 120 },
    ],
  },
  {
    name: 'viral-launch-50x',
    event: 'Pokémon GO, July 2016: fifty times the target, ten times the worst case, past expectation within 15 minutes.',
    peakTimesForecast: 10,
    sources: [
      'https://www.itpro.com/cloud/363071/pokemon-gos-google-cloud-was-hit-by-50x-expected-server-traffic',
      'https://gamedeveloper.com/business/-i-pokemon-go-i-traffic-data-explains-staggered-launch',
    ],
    facts: [
      'Target 1, worst case 5, reality 50.',
      'Past expectation within 15 minutes; troubles for days, in the database and at sign-in.',
    ],
    inferences: [
      'The forecast peak given here is the worst case, so the top is ten times it. Base 0.02, an hour on top; the slow fall takes half an hour here.',
    ],
    notes: ['Heavy on sign-in: a journey has to do that.'],
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.02, seconds: 60 },
      { phase: 'countdown', kind: 'ramp', to: 10, seconds: 900 },
      { phase: 'doors', kind: 'hold', at: 10, seconds: 3600 },
      { phase: 'decay', kind: 'decay', to: 0.02, law: 'linear', seconds: 1800 },
      { phase: 'aftershock', kind: 'hold', at: 0.02, seconds: 180 },
    ],
  },
  {
    name: 'cache-leak',
    event: 'Steam, 25 December 2015: emergency cache rules under an attack showed about 34,000 shoppers’ pages to others.',
    peakTimesForecast: 1,
    sources: [
      'https://www.pcgamer.com/valve-apologizes-for-steams-troubled-christmas/',
      'https://gameranx.com/updates/id/32399/article/steam-s-christmas-day-denial-of-service-attack-affected-34-000',
    ],
    facts: [
      'An attack of 2,000 % over the average of the running sale.',
      'Wrong pages for 90 minutes, about 34,000 people affected; explained five days later.',
    ],
    inferences: [
      'The shoppers’ own traffic: base 0.3, 30 s up to the forecast peak, 5 minutes on top, an exponential fall with a mean of 120 s (144 s down to base).',
    ],
    notes: ['Change the cache rules by hand 60 s into the top; canaries in the journeys then tell whose pages others were shown.'],
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.3, seconds: 60 },
      { phase: 'countdown', kind: 'ramp', to: 1, seconds: 30 },
      { phase: 'doors', kind: 'hold', at: 1, seconds: 300 },
      { phase: 'decay', kind: 'decay', to: 0.3, law: 'exponential', seconds: 144 },
      { phase: 'aftershock', kind: 'hold', at: 0.3, seconds: 120 },
    ],
  },
  {
    name: 'census-night',
    event: 'The Australian census of 9 August 2016: offline for 40 hours at 43 % of the load it had been tested with.',
    peakTimesForecast: 0.43,
    sources: [
      'http://www.aph.gov.au/sitecore/content/Home/Parliamentary_Business/Committees/Senate/Economics/2016Census/Report/c06',
      'http://durrantelope.com/2016/10/26/census-debacle-senate-review-begins/',
    ],
    facts: [
      'Tested with 1 M forms an hour; 7,167 forms a minute came at 19:00.',
      'Attacked at 19:28, down at 19:33, offline for about 40 h.',
    ],
    inferences: [
      'The forecast peak given here is the tested capacity, of which 0.43 arrives after 600 s of evening ramp.',
      'Nothing was published on the hours before: half of that rate. A fall of a minute.',
    ],
    notes: [
      'A router lost at 780 s, a geo-block that leaked, a false alarm of stolen data: they made the failure, not the load.',
      'The attack came in a wave at 480 s; here its visits come as those of the people do.',
    ],
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.215, seconds: 60 },
      { phase: 'countdown', kind: 'ramp', to: 0.43, seconds: 600 },
      { phase: 'doors', kind: 'hold', at: 0.43, seconds: 600 },
      { phase: 'decay', kind: 'decay', to: 0.215, law: 'linear', seconds: 60 },
      { phase: 'aftershock', kind: 'hold', at: 0.215, seconds: 300 },
    ],
  },
  {
    name: 'zone-loss-2-of-5',
    event: 'A cloud outage like Amazon’s of 21 April 2011, and worse: two of five zones lost at the height of a sale.',
    peakTimesForecast: 1,
    sources: ['https://aws.amazon.com/message/65648/', 'http://www.theregister.co.uk/2011/04/29/amazon_ec2_outage_post_mortem/?page=2'],
    facts: ['13 % of one zone’s volumes stuck; about 3.5 days; mirrors that all searched for space at once starved the other zones.'],
    inferences: ['Base 0.6, a minute up, 5 minutes on top, a minute down. Three zones that carry the load of five carry 5/3 each.'],
    notes: ['Take two zones out 120 s into the top and bring them back 120 s later. Only those come back then who reload or retry.'],
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.6, seconds: 60 },
      { phase: 'countdown', kind: 'ramp', to: 1, seconds: 60 },
      { phase: 'doors', kind: 'hold', at: 1, seconds: 300 },
      { phase: 'decay', kind: 'decay', to: 0.6, law: 'linear', seconds: 60 },
      { phase: 'aftershock', kind: 'hold', at: 0.6, seconds: 180 },
    ],
  },
  {
    name: 'av-storm',
    event: 'The antivirus storm of virtual desktops: every machine starts its scan or update at the same scheduled second.',
    peakTimesForecast: 1,
    sources: [
      'https://blog.turbonomic.com/blog/on-turbonomic/controlling-antivirus-storms',
      'https://endpoint-security.netlify.com/kaspersky-endpoint-security-10-bremst',
    ],
    facts: [
      'Desktops that start a scan or an update together drain the hardware and the network they share; running them one after the other is the cure.',
    ],
    inferences: [
      'No event with published figures: over a base of 0.4, clients worth 0.6 s of the peak come within one second, three times, a minute apart.',
      'The phase `jittered` sends the same clients spread over 30 s: `herd-penalty` compares its p99 with that of `herd`.',
    ],
    notes: [],
    lacks: {
      countdown: 'Nobody waits for a scheduled scan: the first herd comes out of the quiet.',
      doors: 'Nothing opens: its herds are the phase `herd`, and their twin `jittered`.',
      decay: 'A herd ends with its last machine.',
    },
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.4, seconds: 60 },
      { phase: 'herd', kind: 'herd', at: 0.4, clients: 0.6, widthSeconds: 1, everySeconds: 60, times: 3 },
      { phase: 'jittered', kind: 'herd', at: 0.4, clients: 0.6, widthSeconds: 30, everySeconds: 60, times: 3 },
      { phase: 'aftershock', kind: 'hold', at: 0.4, seconds: 60 },
    ],
  },
  {
    name: 'reconnect-herd',
    event: 'Robinhood, 2 March 2020: after record load every client came back at once, and the herd took its own name service down.',
    peakTimesForecast: 7.7,
    sources: [
      'https://blog.robinhood.com/news/2020/3/3/an-update-from-robinhoods-founders',
      'https://www.finextra.com/newsarticle/35408/more-outages-likely-as-robinhood-addresses-infrastructure-weaknesses',
    ],
    facts: ['Record volume, a thundering herd, then a failing name service; about 17 h, and again the next day.'],
    inferences: [
      'An outage of 10 s at 0.7 of the peak; all whom it turned away (7 s worth of the peak) return within one second, on top of the usual 0.7.',
      'A wider herd is lower in proportion: within 10 s it would be 1.4 times the peak.',
    ],
    notes: ['The slow name service is not simulated.'],
    lacks: {
      countdown: 'An outage comes before the doors, unannounced: the phase `outage`.',
      decay: 'The herd ends with its last client, and the usual load goes on.',
    },
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.7, seconds: 60 },
      { phase: 'outage', kind: 'silence', seconds: 10 },
      { phase: 'doors', kind: 'herd', at: 0.7, clients: 7, widthSeconds: 1, everySeconds: 10, times: 1 },
      { phase: 'aftershock', kind: 'hold', at: 0.7, seconds: 180 },
    ],
  },
]

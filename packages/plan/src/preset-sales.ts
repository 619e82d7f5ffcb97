// Presets: sales with an announced opening. Data only.
import type { PresetEvent } from './preset-event.ts'

const clickFrenzySources = [
  'https://www2.computerworld.com.au/article/442626/click_frenzy_host_shifts_blame_website_crash/',
  'http://www.afr.com/business/click-frenzy-determined-to-dodge-another-fail-20130423-jyf8g',
  'https://www.zdnet.com/article/click-frenzy-working-to-rebuild-reputation/',
  'https://www.smarthouse.com.au/clickfail-or-efrenzy/',
]

export const sales: readonly PresetEvent[] = [
  {
    name: 'click-frenzy-2012',
    event: 'Click Frenzy, 20 November 2012: planned for 1 M users over a day, met by about 2 M requests in the first two minutes.',
    peakTimesForecast: 2,
    sources: clickFrenzySources,
    facts: ['About 2 M hits in the first couple of minutes.', 'The plan: 1 M users over 24 h.', 'Back after 150 to 180 minutes.'],
    inferences: [
      'The climb took at most 10 s; 5 s here.',
      'After a top of 120 s the rate falls as (1 + t/120 s)^-0.5; the tail of an hour is cut to 300 s for a rehearsal, then falls to base in 15 s.',
      'Base 0.02 of the forecast peak; the top twice the forecast peak, as the total was up to twice the plan.',
    ],
    notes: [
      'The crowd went on to partner shops, of which two thirds had problems: another target, with an assumed half of the traffic a minute later.',
    ],
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.02, seconds: 60 },
      { phase: 'countdown', kind: 'ramp', to: 2, seconds: 5 },
      { phase: 'doors', kind: 'hold', at: 2, seconds: 120 },
      { phase: 'decay', kind: 'decay', to: 1.069, law: 0.5, seconds: 300 },
      { phase: 'decay', kind: 'decay', to: 0.02, law: 'linear', seconds: 15 },
      { phase: 'aftershock', kind: 'hold', at: 0.02, seconds: 180 },
    ],
  },
  {
    name: 'click-frenzy-as-planned',
    event: 'Click Frenzy as its planners pictured it: a broad evening hill, nothing like the opening that came.',
    peakTimesForecast: 1,
    sources: clickFrenzySources,
    facts: ['The plan: 1 M users over 24 h, without a shape.'],
    inferences: ['The hill is ours: half an hour up from 0.4 of the peak, an hour on top, an hour down.'],
    notes: ['Run it beside click-frenzy-2012: a shop that passes this one has proved little.'],
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.4, seconds: 60 },
      { phase: 'countdown', kind: 'ramp', to: 1, seconds: 1800 },
      { phase: 'doors', kind: 'hold', at: 1, seconds: 3600 },
      { phase: 'decay', kind: 'decay', to: 0.4, law: 'linear', seconds: 3600 },
      { phase: 'aftershock', kind: 'hold', at: 0.4, seconds: 60 },
    ],
  },
  {
    name: 'midnight-sale',
    event: 'Singles’ Day 2019: a flat top for about 100 s after midnight, then a slow power-law fall through the night.',
    peakTimesForecast: 1,
    sources: [
      'https://techpp.com/2019/11/19/alibaba-singles-day-2019-record/',
      'http://en.people.cn/n3/2019/1111/c90000-9631137.html',
      'https://www.scmp.com/tech/e-commerce/article/3038539/how-alibaba-powered-billions-transactions-singles-day-zero-downtime',
    ],
    facts: [
      'US$1 bn sold after 68 s, 10 bn yuan after 96 s, US$10 bn after 29:45, 120.7 bn yuan after 1:26:07, 268.4 bn in the day.',
      'Highest order rate 544,000/s.',
    ],
    inferences: [
      'A plateau of 100 s, then a rate as t^-0.33 up to 1,800 s and t^-0.5 up to 5,167 s, read off those milestones; cut there, to base in 15 s.',
      'Sales of a shop that held bound the demand from below. Base 0.03 and a climb of 10 s.',
    ],
    notes: ['Of the orders created, 0.79 were paid (2017): a journey has to do that.'],
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.03, seconds: 60 },
      { phase: 'countdown', kind: 'ramp', to: 1, seconds: 10 },
      { phase: 'doors', kind: 'hold', at: 1, seconds: 100 },
      { phase: 'decay', kind: 'decay', to: 0.3853, law: 0.33, seconds: 1700 },
      { phase: 'decay', kind: 'decay', to: 0.2274, law: 0.5, seconds: 3367 },
      { phase: 'decay', kind: 'decay', to: 0.03, law: 'linear', seconds: 15 },
      { phase: 'aftershock', kind: 'hold', at: 0.03, seconds: 120 },
    ],
  },
  {
    name: 'black-friday-2x',
    event: 'Target, Cyber Monday 2015: twice the volume of its own busiest day, from ten o’clock sharp, with a queue page.',
    peakTimesForecast: 2,
    sources: ['https://chainstoreage.com/news/target-site-overwhelmed-cyber-monday-traffic'],
    facts: ['Twice the busiest day so far.', 'Trouble on and off from 10:00 to about 15:15; carts failed; people were told to refresh.'],
    inferences: ['Base half the forecast peak, 30 s up, 15 minutes on top, 10 minutes down.'],
    notes: ['The waiting room is the shop’s: say in `waitingRoom` how its pages are told from the shop.'],
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.5, seconds: 60 },
      { phase: 'countdown', kind: 'ramp', to: 2, seconds: 30 },
      { phase: 'doors', kind: 'hold', at: 2, seconds: 900 },
      { phase: 'decay', kind: 'decay', to: 0.5, law: 'linear', seconds: 600 },
      { phase: 'aftershock', kind: 'hold', at: 0.5, seconds: 120 },
    ],
  },
  {
    name: 'queue-and-bots',
    event: 'Ticketmaster, the Eras presale of 15 November 2022: four times the previous peak, with bots on the access-code check.',
    peakTimesForecast: 4,
    sources: [
      'https://www.cleveland.com/entertainment/2022/11/ticketmaster-blames-taylor-swift-presale-debacle-on-unprecedented-traffic.html',
      'https://www.wtnh.com/music-in-connecticut/ticketmaster-responds-to-taylor-swift-ticket-presale-disaster/',
      'https://therecord.media/senators-slam-ticketmaster-for-reporting-just-one-bot-case-to-ftc-despite-taylor-swift-fiasco-claims',
    ],
    facts: [
      '1.5 M people invited, 12 to 14 M visitors, 3.5 bn requests: four times the previous peak.',
      'Open at 10:00 sharp; people waited 2 to 8 h; 15 % of interactions had trouble.',
    ],
    inferences: ['Base 0.05, 10 s up, half an hour on top; the end is a step, here of 10 s.'],
    notes: [
      'The waiting room is the shop’s: say in `waitingRoom` how its pages are told from the shop.',
      'About 250 requests a visitor: a journey has to do that.',
    ],
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.05, seconds: 60 },
      { phase: 'countdown', kind: 'ramp', to: 4, seconds: 10 },
      { phase: 'doors', kind: 'hold', at: 4, seconds: 1800 },
      { phase: 'decay', kind: 'decay', to: 0.05, law: 'linear', seconds: 10 },
      { phase: 'aftershock', kind: 'hold', at: 0.05, seconds: 180 },
    ],
  },
  {
    name: 'console-drop',
    event: 'Walmart’s PlayStation 5 drop, 25 November 2020: more than 20 M bot attempts in half an hour.',
    peakTimesForecast: 1,
    sources: [
      'https://corporate.walmart.com/newsroom/2020/12/15/doing-our-part-to-ensure-customers-not-grinch-bots-can-buy-this-seasons-hottest-items',
    ],
    facts: ['More than 20 M bot attempts in 30 minutes, blocked by controls deployed hours before.'],
    inferences: ['Base 0.05, 2 s up, 5 minutes on top, then an exponential fall with a mean of 300 s (899 s down to base).'],
    notes: [
      'The bots came from 300 s before the drop on; here they come as the shoppers do.',
      'One console for a hundred shoppers, assumed too: the shop’s stock has to be set so.',
    ],
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.05, seconds: 60 },
      { phase: 'countdown', kind: 'ramp', to: 1, seconds: 2 },
      { phase: 'doors', kind: 'hold', at: 1, seconds: 300 },
      { phase: 'decay', kind: 'decay', to: 0.05, law: 'exponential', seconds: 899 },
      { phase: 'aftershock', kind: 'hold', at: 0.05, seconds: 120 },
    ],
  },
  {
    name: 'mobile-double-wave',
    event: 'Best Buy, 28 November 2014: a spike of mobile traffic took the shop down for about an hour, and a second one the same day.',
    peakTimesForecast: 1.5,
    sources: ['https://www.startribune.com/surge-in-mobile-traffic-crashes-best-buy-s-site-twice/284188651/'],
    facts: ['A concentrated mobile spike; down for about an hour, twice; closed on purpose.'],
    inferences: [
      'No figures were published: base 0.2, 20 s up to 1.5, 2 minutes on top, an exponential fall with a mean of 60 s (121 s down to base).',
      'The second wave is the first again, after a lull of 300 s instead of hours.',
    ],
    notes: ['The shop was closed on purpose in between: not in the traffic.'],
    moves: [
      { phase: 'baseline', kind: 'hold', at: 0.2, seconds: 60 },
      { phase: 'countdown', kind: 'ramp', to: 1.5, seconds: 20 },
      { phase: 'doors', kind: 'hold', at: 1.5, seconds: 120 },
      { phase: 'decay', kind: 'decay', to: 0.2, law: 'exponential', seconds: 121 },
      { phase: 'lull', kind: 'hold', at: 0.2, seconds: 300 },
      { phase: 'countdown-2', kind: 'ramp', to: 1.5, seconds: 20 },
      { phase: 'doors-2', kind: 'hold', at: 1.5, seconds: 120 },
      { phase: 'decay-2', kind: 'decay', to: 0.2, law: 'exponential', seconds: 121 },
      { phase: 'aftershock', kind: 'hold', at: 0.2, seconds: 120 },
    ],
  },
]

// How the people of each preset's event behaved, and where that comes from. Data only, by the preset's name.
import type { EventBehaviour, Grounds } from './preset-event.ts'

const fact = (why: string): Grounds => ({ basis: 'fact', why })
const inference = (why: string): Grounds => ({ basis: 'inference', why })

/** Of people of whom nothing was published. */
const usualPhones = { share: 0.7, ...inference('No figure was published: the share of today’s sale days.') }
const usualReloads = { chance: 0.6, most: 5, ...inference('No figure was published: the defaults of `patience`.') }
const usualWatchers = {
  share: 0.3,
  refreshEvery: '5s',
  ...inference('The hour was known, so some waited; how many was not published: the defaults of `watchers`.'),
}
const people = { mobile: usualPhones, reloads: usualReloads }

export const behaviours: Readonly<Record<string, EventBehaviour>> = {
  'click-frenzy-2012': {
    ...people,
    watchers: { share: 0.6, refreshEvery: '5s', ...inference('National radio told of people pressing refresh; how many is assumed.') },
  },
  'click-frenzy-as-planned': { mobile: usualPhones },
  'midnight-sale': {
    ...people,
    watchers: usualWatchers,
    mobile: {
      share: 0.92,
      ...fact('Of the purchases of 2017, 92 % came by phone (http://thetoptier.net/singles-day-breaks-all-records-again/).'),
    },
  },
  'black-friday-2x': {
    ...people,
    watchers: usualWatchers,
    reloads: { chance: 0.9, most: 5, ...inference('People were told to refresh; how many did is assumed.') },
    waitingRoom: fact('The shop showed a queue page.'),
  },
  'queue-and-bots': {
    ...people,
    watchers: usualWatchers,
    reloads: { chance: 0.9, most: 50, ...inference('3.5 bn requests by 12 to 14 M visitors: some 250 each, of which reloads are a part.') },
    hostile: {
      timesLegitimate: 3,
      angle: 'loginAbuse',
      ...inference('Bots at three times any earlier level, on the check of access codes; here three of them for each visitor.'),
    },
    waitingRoom: fact('People stood in a queue for 2 to 8 h.'),
  },
  'console-drop': {
    ...people,
    watchers: usualWatchers,
    hostile: {
      timesLegitimate: 5,
      angle: 'dropBot',
      ...inference('More than 20 M attempts in 30 minutes; how many people came was not published: five bots for each.'),
    },
  },
  'mobile-double-wave': {
    ...people,
    mobile: { share: 0.8, ...inference('A concentrated spike of mobile traffic, without a share.') },
  },
  'broadcast-impulse': {
    ...people,
    mobile: { share: 0.95, ...inference('A code on a television screen is read by phones; the share is assumed.') },
  },
  'viral-unannounced': people,
  'viral-launch-50x': {
    mobile: { share: 1, ...fact('A game for phones alone.') },
    reloads: usualReloads,
    retries: { most: 3, jitter: 'full', ...inference('An app tries again by itself; how often is assumed.') },
  },
  'cache-leak': {
    ...people,
    hostile: {
      timesLegitimate: 20,
      angle: 'cacheBusting',
      ...fact('An attack of 2,000 % over the average of the running sale. Its kind was not published.'),
    },
  },
  'census-night': {
    mobile: { share: 0.3, ...inference('A long form is filled in at home; the share is assumed.') },
    reloads: usualReloads,
    hostile: {
      timesLegitimate: 0.2,
      angle: 'cacheBusting',
      ...inference('The inquiry calls the attack small; one visit to five people is assumed.'),
    },
  },
  'zone-loss-2-of-5': people,
  'av-storm': {},
  'reconnect-herd': {
    mobile: { share: 1, ...inference('The clients were apps; that all of them were on phones is assumed.') },
    retries: { most: 3, jitter: 'none', ...inference('Clients that come back as a herd do not jitter; how often they try is assumed.') },
  },
}

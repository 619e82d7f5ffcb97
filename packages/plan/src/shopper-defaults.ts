// What a shopper is like when nobody measured it: numbers to begin with, each with its unit and where it comes from. Plain data as a plan
// writes it; knows nothing of how it is read. Your own shop's analytics beat every one of them.
//
// [measured]: from a public source that is named. [estimate]: derived from such. [choice]: ours, so that a rehearsal has a number.

export const shopperDefaults = {
  /**
   * Devices and the lines they come by. 70 % phones: between 50 % and 92 % of visits and purchases on sale days [measured:
   * http://thetoptier.net/singles-day-breaks-all-records-again/]. Round trips of 80 ms (sigma 0.5: one in ten above 150 ms) and 25 ms [choice].
   * Phones read 9 Mbit/s, as WebPageTest's profile "4G" does [measured:
   * https://github.com/WPO-Foundation/webpagetest/blob/master/www/settings/connectivity.ini.sample].
   */
  devices: {
    mobile: { share: 0.7, rtt: 'lognormal median 80ms sigma 0.5 cap 600ms', downBytesPerSec: 1_125_000 },
    fixed: { share: 0.3, rtt: '25ms' },
  },
  /**
   * People who wait before the doors: 30 % of the countdown's shoppers, a refresh 5 s after each answer, in within 1 s [choice]; 0.6 fits a
   * sale that radio and press announced for the hour. Hold pages refresh by themselves every 30 s [measured:
   * https://econsultancy.com/black-friday-takes-out-some-major-ecommerce-sites/].
   */
  watchers: { share: 0.3, refreshEvery: '5s', jitter: '1s' },
  /** Times to think. Usual: TPC-W's exponential mean of 7 s, cut at ten times that [measured: https://www.tpc.org/tpcw/]; in a sale 3 s [choice]. */
  think: { sale: 'exp 3s cap 30s', usual: 'exp 7s cap 70s' },
  /** Pages a visit: 22 for buyers and about 5 for others on usual days [measured/estimate]; 8 and 4 in a sale, where all know what they want [choice]. */
  pages: { buyer: 8, looker: 4, usualBuyer: 22, usualLooker: 5 },
  /**
   * Shares from one step of a sale to the next, for `s.chance`. Cart and checkout: [choice], far above usual days because people come to
   * buy. Payment: orders paid of orders made at Singles' Day's peak [estimate].
   */
  funnel: { addToCart: 0.25, checkoutGivenCart: 0.6, payGivenCheckout: 0.79 },
  /** The same on usual days [measured, a weak source: https://community.shopify.com/t/benchmark-data-of-add-to-cart-rate-initiate-checkout-rate-and-checkout-completion-rate/371753]. */
  usualFunnel: { addToCart: 0.04, checkoutGivenCart: 0.37, payGivenCheckout: 0.45 },
  /** Exponent for `s.zipf` over products by rank, and share of the one hot product of a drop [choice]; both differ widely from sale to sale. */
  catalogue: { zipfExponent: 1, hotSkuShare: 0.6 },
  /** Profiles for `like`: keys of a class as a plan writes them, which the class's own keys override. */
  like: {
    /**
     * Somebody at a browser. Waits 8 s (sigma 0.8) untold [choice; 2 to 10 s measured in laboratories and on phones], 30 min told
     * [measured: 30 to 60 min in queues that said so]; reloads 6 times in 10, at most 5 times, 3 s apart; gives up after 10 s [choice].
     */
    human: { devices: 'default', timeout: '10s', patience: 'default' },
    /** A shop's own app on a phone: its client gives up after 2 s and tries three times more, with full jitter, and heeds Retry-After [choice]. */
    app: {
      devices: { mobile: { share: 1, rtt: 'lognormal median 80ms sigma 0.5 cap 600ms', downBytesPerSec: 1_125_000 } },
      timeout: '2s',
      patience: { reloads: { most: 0 } },
      retries: { most: 3, base: '200ms', cap: '10s', jitter: 'full', obeysRetryAfter: 1 },
    },
    /** A program in a data centre: 50 ms where a person thinks 3 s, no slow line, no patience to lose, deaf to Retry-After [choice]. */
    bot: {
      devices: 'none',
      thinkFactor: 0.017,
      timeout: '10s',
      retries: { most: 10, base: '50ms', cap: '1s', jitter: 'none', obeysRetryAfter: 0 },
    },
  },
} as const

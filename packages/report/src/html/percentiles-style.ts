// An interval stands below its percentile, so that five of both fit a page.
export const percentilesStyle = '.percentiles td small{display:block}'

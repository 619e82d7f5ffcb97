// What the live page does in the browser: it puts in place what the stream brings, and asks for the end. Draws and decides nothing.
// Plain ECMAScript as text, since a page is one file; it is let in by its nonce alone.

export const liveScript = `
'use strict'
const link = document.getElementById('link')
// Said again, it would be read aloud again.
const say = (text) => { if (link.textContent !== text) link.textContent = text }
const shown = new Map()
const put = (id, markup) => {
  const place = document.getElementById(id)
  if (place === null || shown.get(id) === markup) return
  const opened = [...place.querySelectorAll('details')].map((each) => each.open)
  const focused = [...place.querySelectorAll('summary')].indexOf(document.activeElement)
  place.innerHTML = markup
  shown.set(id, markup)
  place.querySelectorAll('details').forEach((each, nth) => { each.open = opened[nth] === true })
  if (focused >= 0) place.querySelectorAll('summary')[focused]?.focus()
}
const stop = document.getElementById('stop')
const stream = new EventSource('events')
stream.addEventListener('parts', ({ data }) => {
  for (const [id, markup] of Object.entries(JSON.parse(data))) put(id, markup)
  say('live')
})
stream.addEventListener('end', ({ data }) => {
  stream.close()
  stop.disabled = true
  say(data === 'report' ? 'the run is over' : 'the run is over, and its report could not be written')
  if (data === 'report') location.replace('report.html')
})
stream.addEventListener('error', () => say('connection lost, trying again …'))
stop.addEventListener('click', async () => {
  stop.disabled = true
  try {
    const answer = await fetch('stop', { method: 'POST' })
    if (!answer.ok) throw new Error(answer.statusText)
    stop.textContent = 'Stopping …'
  } catch {
    stop.disabled = false
    say('the run could not be asked to stop')
  }
})
`

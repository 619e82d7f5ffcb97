// Hosts of companies that a shop calls and that a rehearsal must never load: payment, mail, SMS and captcha providers. Their limits are theirs
// (Stripe: 100 live requests a second, 25 in the sandbox; https://docs.stripe.com/rate-limits), and their test systems are shared with others.
// Best known names only: the allow list is what keeps every other host out.

export type ThirdParty = { readonly kind: 'payment' | 'mail' | 'SMS' | 'captcha'; readonly host: string }

/** Each with every host below it. */
const domains: Readonly<Record<ThirdParty['kind'], readonly string[]>> = {
  payment: [
    'stripe.com',
    'paypal.com',
    'braintreegateway.com',
    'braintree-api.com',
    'adyen.com',
    'adyenpayments.com',
    'checkout.com',
    'squareup.com',
    'klarna.com',
    'afterpay.com',
    'clearpay.co.uk',
    'mollie.com',
    'razorpay.com',
    'worldpay.com',
    'authorize.net',
    'cybersource.com',
    'payu.com',
    'eway.com.au',
    'securepay.com.au',
    'zip.co',
  ],
  mail: ['sendgrid.com', 'mailgun.net', 'postmarkapp.com', 'mandrillapp.com', 'sparkpost.com', 'mailjet.com', 'brevo.com', 'resend.com'],
  SMS: ['twilio.com', 'nexmo.com', 'vonage.com', 'messagebird.com', 'plivo.com', 'sinch.com', 'clicksend.com'],
  captcha: ['recaptcha.net', 'hcaptcha.com', 'challenges.cloudflare.com', 'arkoselabs.com', 'funcaptcha.com', 'geetest.com'],
}

/** Undefined for a host of nobody on the list. `host` in lower case, without a port. */
export function thirdPartyOf(host: string): ThirdParty | undefined {
  for (const [kind, names] of Object.entries(domains) as [ThirdParty['kind'], readonly string[]][]) {
    if (names.some((name) => host === name || host.endsWith(`.${name}`))) return { kind, host }
  }
  return undefined
}

/** Hosts of third parties that stand in a text as part of a URL, each once. */
export function thirdPartiesIn(text: string): readonly ThirdParty[] {
  const hosts = [...text.matchAll(/https?:\/\/([a-z\d.-]+)/gi)].map(([, host = '']) => host.toLowerCase().replace(/\.$/, ''))
  return [...new Set(hosts)].flatMap((host) => thirdPartyOf(host) ?? [])
}

export function refusalOf({ kind, host }: ThirdParty): string {
  return `"${host}" belongs to a ${kind} provider, which a rehearsal never loads; name a stub in the plan: stubs: { ${JSON.stringify(host)}: "http://127.0.0.1:4010" }`
}

// Texts that break out of careless renderers, and any other text at all.
import fc from 'fast-check'

export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '</style><script>alert(1)</script>',
  '</title><svg onload=alert(1)>',
  ']]><x/>',
  '<!-- & -->',
  '&lt;script&gt;',
  '| a | b |\n\n# heading\n',
  '`code` **bold** [link](javascript:alert(1)) @team',
  '\u001b[2J\u001b]0;title\u0007',
  '\u0000\u0008\u000b\u001f\u007f\u009b\ufffe\uffff',
  '\ud800 \udc00 a\udbff',
  '\u202egpj.exe',
  'url(#zr0-c0) class="zr0-cls-1" </svg>',
  '__proto__',
]

export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
)

// How a sign-off looks. Knows nothing of what it says.
export const signatureStyle = `
.signed{margin-top:18px;padding-left:30px;max-width:52em}
.signed p{margin-top:6px}
.signed small{display:block}
.signed p,.signed b{overflow-wrap:anywhere;unicode-bidi:isolate}
@media (max-width:640px){.signed{padding-left:19px}}
@media print{.signed{break-inside:avoid}}
`

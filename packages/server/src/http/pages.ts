import { createHash } from "node:crypto";

/** Text as it stands in a page: nothing in it is markup. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:12vh auto;padding:0 1rem}
h1{font-size:1.4rem;margin:0 0 1.5rem}form{margin:0 0 1.5rem}label{display:block;margin:0 0 .25rem}
input,button,.way{font:inherit;box-sizing:border-box;width:100%;padding:.6rem .7rem;border:1px solid GrayText;border-radius:.4rem}
button,.way{display:block;margin:.5rem 0 0;background:Highlight;color:HighlightText;border-color:Highlight;cursor:pointer;text-align:center;text-decoration:none}
button.plain{background:none;color:inherit;border-color:GrayText}button:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid Highlight;outline-offset:2px}
.problem{border:1px solid;border-left:.4rem solid #b3261e;padding:.6rem .8rem;border-radius:.4rem;margin:0 0 1.5rem}
ul{list-style:none;margin:0;padding:0}small{color:GrayText}`;

/** The hash by which the one style is allowed, and no other; there are no scripts. */
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** A page of ours: no script, no picture, nothing from elsewhere; forms go to this server only. */
export function page(
  title: string,
  body: string,
  {
    status = 200,
    headers = {},
  }: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Response {
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1>
${body}
</main></body></html>
`;
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      // With none at all a browser would hide from us that a form was sent by our own page.
      "referrer-policy": "same-origin",
      "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
      ...headers,
    },
  });
}

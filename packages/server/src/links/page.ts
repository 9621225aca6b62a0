import { createHash } from "node:crypto";
import { formatMicros } from "@offtake/core/kernel";
import type { Letter } from "../letters/index.ts";
import type { AnswerDraft } from "./answer-form.ts";
import { type Html, html } from "./html.ts";

const STYLE = `
:root { color-scheme: light dark; font: 17px/1.5 Georgia, "Noto Serif", serif; }
body { max-width: 42rem; margin: 2.5rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.35rem; line-height: 1.3; }
h2 { font-size: 1.05rem; margin-top: 2rem; }
.from { border-bottom: 1px solid; padding-bottom: .6rem; font-weight: bold; }
.refs, .hint { font-size: .85rem; opacity: .8; }
blockquote { font-style: italic; margin: 1rem 1.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem .35rem 0; border-bottom: 1px solid #8886; }
th { font-weight: normal; opacity: .75; width: 12rem; }
.deadline { border: 1px solid; padding: .8rem 1rem; margin: 1.5rem 0; }
.deadline strong { font-size: 1.15rem; }
fieldset { border: 1px solid #8886; margin: 1rem 0; padding: .8rem 1rem; }
label { display: block; margin: .5rem 0; }
input[type=text], input[type=number] { font: inherit; padding: .35rem .5rem; width: 100%; max-width: 24rem; box-sizing: border-box; }
button { font: inherit; padding: .5rem 1.2rem; cursor: pointer; }
.problem { border-left: .3rem solid #b00020; padding: .2rem 1rem; }
.done { border-left: .3rem solid #1b7f3b; padding: .2rem 1rem; }
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** Nothing is loaded, nothing runs, nothing is framed; the address, which is the key, is told to nobody. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex, nofollow",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

function page(title: string, body: Html): string {
  const head = html`<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title>`;
  return `<!doctype html><html lang="en"><head>${head.text}<style>${STYLE}</style></head><body>${body.text}</body></html>\n`;
}

export interface NoticePage {
  readonly letter: Letter;
  /** Where the forms of this page go: the address of the page. */
  readonly self: string;
  readonly state: "waiting" | "open" | "closed";
  /** What was answered so far, in words. */
  readonly answered: readonly string[];
  readonly partial: boolean;
  readonly count: number;
  /** Whether a price may be named that differs from the noticed one. */
  readonly namesPrice: boolean;
  /** What was wrong with what was just sent, and what was sent. */
  readonly problem?: string;
  readonly draft?: Readonly<Record<string, string>>;
  /** What was just recorded. */
  readonly done?: string;
}

/** The notice, as its letter says it, and the form to answer it. */
export function noticePage(view: NoticePage): string {
  const { letter, done, problem } = view;
  const { deadline } = letter;
  return page(
    letter.subject,
    html`<main>
<p class="from">${letter.sender.name}</p>
${done === undefined ? undefined : html`<div class="done" role="status"><p>${done}</p></div>`}
${problem === undefined ? undefined : html`<div class="problem" role="alert"><p>${problem}</p></div>`}
<h1>${letter.subject}</h1>
<p class="refs">${letter.references.map(({ label, value }) => html`${label}: ${value}<br>`)}</p>
<p>${letter.opening}</p>
${letter.quote === undefined ? undefined : html`<blockquote>“${letter.quote.trim()}”</blockquote>`}
<p>${letter.asked}</p>
<table>${letter.terms.map(({ label, value }) => html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`)}</table>
${letter.answering.map((line) => html`<p>${line}</p>`)}
<div class="deadline"><strong>${deadline.title} ${deadline.when}</strong>${deadline.utc === undefined ? undefined : html`<br><span class="hint">exactly ${deadline.utc}</span>`}
${deadline.lines.map((line) => html`<p>${line}</p>`)}</div>
${letter.silence === undefined ? undefined : html`<p><strong>${letter.silence}</strong></p>`}
<p><a href="${view.self}/letter.pdf">The same as a letter (PDF)</a></p>
${view.answered.map((line) => html`<p class="done">${line}</p>`)}
${forms(view)}
</main>`,
  );
}

function forms(view: NoticePage): Html {
  if (view.state === "closed") return html`<p>This notice is closed; it takes no answer any more.</p>`;
  const acknowledge =
    view.state === "waiting"
      ? html`<form method="post" action="${view.self}/acknowledge"><p>Reading this page starts no period. To confirm that you have received this notice:</p><button>I have received this notice</button></form>`
      : undefined;
  return html`${acknowledge}<h2>Your answer</h2>${answerForm(view)}`;
}

function answerForm({ self, partial, count, namesPrice, draft = {} }: NoticePage): Html {
  const field = (name: string): string => draft[name] ?? "";
  const choice = (value: string, words: string): Html =>
    html`<label><input type="radio" name="answer" value="${value}" required${draft["answer"] === value ? html` checked` : undefined}> ${words}</label>`;
  return html`<form method="post" action="${self}/answer">
<fieldset><legend>What do you answer?</legend>${choice("accept", "We accept")}${choice("refuse", "We refuse")}${choice("object", "We object: the notice leaves something out")}</fieldset>
${partial ? html`<label>How many accelerators (empty: all ${count}) <input type="number" name="count" min="1" max="${count}" value="${field("count")}"></label>` : undefined}
${namesPrice ? html`<label>Price per accelerator-hour, where it is another one, such as <code>2.40 USD</code> <input type="text" name="price" maxlength="40" value="${field("price")}"></label>` : undefined}
<label>Name of whoever signs <input type="text" name="signer" required maxlength="200" autocomplete="name" value="${field("signer")}"></label>
<label>Reason or remark, if you wish <input type="text" name="reason" maxlength="500" value="${field("reason")}"></label>
<button>Go on</button> <span class="hint">You see it once more before it counts.</span>
</form>`;
}

/** Once more, before it counts: an acceptance binds. */
export function confirmPage(
  letter: Letter,
  self: string,
  answer: AnswerDraft,
  fields: Readonly<Record<string, string>>,
): string {
  const binds =
    answer.type === "accept"
      ? html`<p><strong>An acceptance binds once it is received, and cannot be taken back.</strong></p>`
      : undefined;
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return page(
    `Confirm: ${letter.subject}`,
    html`<main><p class="from">${letter.sender.name}</p><h1>${letter.subject}</h1>
<p>You are about to send: <strong>${answerWords(answer)}</strong>, signed by ${answer.signer}.</p>${binds}
<form method="post" action="${self}/answer">${hidden}<input type="hidden" name="confirmed" value="yes"><button>Send this answer</button></form>
<p><a href="${self}">Go back without sending</a></p></main>`,
  );
}

/** "we accept 512 at 2.40 USD". */
export function answerWords({ type, count, price, reason }: AnswerDraft): string {
  const said = { accept: "we accept", refuse: "we refuse", object: "we object" }[type];
  const what = type === "accept" ? ` ${count === undefined ? "all of it" : count}` : "";
  const at =
    price === undefined ? "" : ` at ${formatMicros(price.microsPerHour)} ${price.currency} per accelerator-hour`;
  return `${said}${what}${at}${reason === undefined ? "" : ` (${reason})`}`;
}

/** One page for everything that opens nothing: expired, revoked, never signed. */
export function nothingPage(): string {
  return page(
    "Nothing here",
    html`<main><h1>This link opens nothing</h1><p>It may have expired or been replaced. Answer in writing, as your letter says, or ask for a new link.</p></main>`,
  );
}

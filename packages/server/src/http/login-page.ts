import type { SessionView } from "../people/index.ts";
import { escaped, page } from "./pages.ts";

export interface LoginPage {
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  /** A one-time login that came with the address: filled in, and used only when somebody presses the button. */
  readonly code?: string | undefined;
  /** Where to go on once somebody is logged in. */
  readonly returnTo?: string | undefined;
  readonly problem?: string | undefined;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where people log in. A program that looks at the address of a one-time login does not use it up. */
export function loginPage({
  providers,
  code = "",
  returnTo = "",
  problem,
  status = 200,
  headers = {},
}: LoginPage): Response {
  const on = returnTo === "" ? "" : `?returnTo=${encodeURIComponent(returnTo)}`;
  const ways = providers.map(
    ({ id, name }) => `<a class="way" href="/login/${encodeURIComponent(id)}${on}">${escaped(name)}</a>`,
  );
  const body = [
    problem === undefined ? "" : `<p class="problem" role="alert">${escaped(problem)}</p>`,
    ways.length === 0 ? "" : `<nav aria-label="Identity providers">${ways.join("\n")}</nav><p><small>or</small></p>`,
    `<form method="post" action="/login">
<label for="code">One-time login</label>
<input id="code" name="code" value="${escaped(code)}" required maxlength="200" autocomplete="off" autocapitalize="none" spellcheck="false"${code === "" ? " autofocus" : ""}>${returnTo === "" ? "" : `<input type="hidden" name="returnTo" value="${escaped(returnTo)}">`}
<button${code === "" ? "" : " autofocus"}>Log in</button>
</form>
<p><small>You get one from an administrator of your party, or from <code>offtake serve</code> when the broker is started.</small></p>`,
  ];
  return page("Log in to Offtake", body.filter((part) => part !== "").join("\n"), { status, headers });
}

/** Who one is, for whom one acts, and the way out. */
export function sessionPage({ memberships, chosen, csrf }: SessionView): Response {
  const token = `<input type="hidden" name="csrf" value="${escaped(csrf)}">`;
  const rows = memberships.map(({ book, party, roles }) => {
    const isChosen = chosen?.book === book && chosen.party === party;
    const what = `${escaped(party)} <small>in ${escaped(book)}: ${roles.length === 0 ? "no roles" : escaped(roles.join(", "))}</small>`;
    if (isChosen) return `<li><p><strong aria-current="true">${what}</strong></p></li>`;
    return `<li><form method="post" action="/login/party">${token}
<input type="hidden" name="party" value="${escaped(`${book}/${party}`)}"><button class="plain">${what}</button></form></li>`;
  });
  const body = `<p>You are logged in. You act for:</p>
<ul>${rows.join("\n")}</ul>
<form method="post" action="/logout">${token}<button class="plain">Log out</button></form>`;
  return page("Offtake", body);
}

/** A place of the console by the command that tells or does the same at a terminal. */
export interface Verb {
  readonly words: readonly string[];
  readonly to:
    | "/queue"
    | "/requests"
    | "/new-request"
    | "/offers"
    | "/awards"
    | "/approvals"
    | "/agreements"
    | "/record-agreement"
    | "/dates"
    | "/capacity"
    | "/prices"
    | "/evidence"
    | "/admin/members"
    | "/admin/keys"
    | "/admin/webhooks"
    | "/admin/system";
}

/** Commands without an object: each goes to the page where the same stands. */
export const VERBS: readonly Verb[] = [
  { words: ["queue"], to: "/queue" },
  { words: ["request", "list"], to: "/requests" },
  { words: ["request", "submit"], to: "/new-request" },
  { words: ["request", "plan"], to: "/new-request" },
  { words: ["notices"], to: "/offers" },
  { words: ["bid", "open"], to: "/offers" },
  { words: ["award", "list"], to: "/awards" },
  { words: ["approval", "list"], to: "/approvals" },
  { words: ["agreement", "list"], to: "/agreements" },
  { words: ["apply"], to: "/record-agreement" },
  { words: ["dates"], to: "/dates" },
  { words: ["capacity"], to: "/capacity" },
  { words: ["prices"], to: "/prices" },
  { words: ["evidence", "verify"], to: "/evidence" },
  { words: ["member", "list"], to: "/admin/members" },
  { words: ["key", "list"], to: "/admin/keys" },
  { words: ["webhook", "list"], to: "/admin/webhooks" },
  { words: ["status"], to: "/admin/system" },
];

/** Commands about one request, and the view of it where the same stands; none is its first view. */
export const REQUEST_VERBS: readonly { readonly words: readonly string[]; readonly tab?: string }[] = [
  { words: ["request", "show"] },
  { words: ["explain"], tab: "explain" },
  { words: ["award", "scenarios"], tab: "award" },
  { words: ["award", "choose"], tab: "award" },
  { words: ["feed"], tab: "events" },
  { words: ["notice", "letter"], tab: "documents" },
];

/** What a column of somebody's list of agreements may hold, in the order in which an export writes it. */
export const FIELDS = {
  id: { title: "Id", about: "The number by which your list knows the agreement." },
  title: { title: "Title", about: "What people call it." },
  counterparty: { title: "Counterparty", about: "The other party: the provider, where the keeper of the book buys." },
  kind: { title: "Right or commitment", about: "What the agreement gives or owes; several, with a semicolon between." },
  accelerators: { title: "Accelerators", about: "Which accelerators it is about; empty: all." },
  regions: { title: "Regions", about: "Where; empty: everywhere." },
  purposes: { title: "Purposes", about: "What for; empty: everything. `except research` leaves one out." },
  count: { title: "Count", about: "How many accelerators an option is about." },
  start: { title: "Start", about: "First day." },
  end: { title: "End", about: "Last day; empty: without end." },
  term: { title: "Term", about: "How long it runs, where the list has no end: the end is counted from the start." },
  renewal: { title: "Renewal", about: "none, evergreen, or the term for which it renews itself." },
  renewalNotice: { title: "Notice period", about: "How long before the end a notice must have come." },
  window: { title: "Response window", about: "How long the holder of the right has for its answer." },
  until: { title: "Option until", about: "Last day of an option." },
  amount: { title: "Amount", about: "What is committed: money, or accelerator-hours." },
  currency: { title: "Currency", about: "Of the amount; or accelerator-hours." },
  period: { title: "Period", about: "Over what the amount is owed: in all, or each year, quarter or month." },
  price: { title: "Price", about: "For one accelerator and hour." },
  share: { title: "Share", about: "A part of volume or revenue." },
  passThrough: { title: "Pass-through", about: "Whether the holder may have others run it." },
  owner: { title: "Owner", about: "Who looks after it in your house." },
  status: { title: "Status", about: "draft, signed or active." },
  signed: { title: "Signed", about: "When it was signed." },
  amends: {
    title: "Amends",
    about: "Id of the agreement that this row changes: it becomes that agreement's next version.",
  },
  document: { title: "Document", about: "Where the signed text is." },
  text: { title: "Wording", about: "The words of the contract." },
  confirmedBy: { title: "Confirmed by", about: "Who compared the row with the signed text." },
  confirmedAt: { title: "Confirmed on", about: "When that was." },
  grade: { title: "Evidence", about: "How well the fact is known: company, reported, disputed or assumed." },
  source: { title: "Source", about: "Where it can be read." },
  sourceDate: { title: "Source date", about: "Date of the source." },
  notes: { title: "Notes", about: "Anything else." },
} as const satisfies Record<string, { title: string; about: string }>;

export type Field = keyof typeof FIELDS;

export const FIELD_NAMES = Object.keys(FIELDS) as [Field, ...Field[]];

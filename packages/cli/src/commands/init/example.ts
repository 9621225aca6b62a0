/** The files of a new book, with comments for somebody who sees the first one. Everything in them is invented. */
export const EXAMPLE: ReadonlyMap<string, string> = new Map([
  [
    "book.yaml",
    `# yaml-language-server: $schema=./schemas/book.v1.json
#
# Your book: who you deal with, under which agreements. All of it is an example; change it line by line.
# An editor that knows YAML schemas completes keys and says what they mean. To check: offtake validate .
schema: offtake/book@1

keeper: aurora # whose book this is; the id of a party below
kind: buyer # the side that the keeper is on
currency: USD # of reports; every agreement keeps its own
zone: America/Los_Angeles # where a date begins and ends, unless an agreement says otherwise

parties:
  - { id: aurora, name: Aurora Labs, roles: buyer }
  - { id: meridian, name: Meridian Cloud, roles: [provider, holder] }
  - { id: northlight, name: Northlight, roles: provider }

agreements:
  - file: agreements/meridian-master.yaml

# What providers ask of anybody, and the machines that they could give. Both may be left out.
capacity:
  - { id: meridian-south, provider: meridian, accelerator: H100, region: us-south, count: 4096, window: { from: 2026-01-01, to: 2030-12-31 } }
  - { id: northlight-west, provider: northlight, accelerator: H100, region: us-west, count: 2048, window: { from: 2026-01-01, to: 2030-12-31 } }
offers:
  - { id: northlight-list, provider: northlight, accelerator: H100, region: us-west, price: 2.60 USD/h, block: 8, blocks: northlight-west, standing: true }
`,
  ],
  [
    "agreements/meridian-master.yaml",
    `# yaml-language-server: $schema=../schemas/agreement.v1.json
#
# One agreement: its term, and a clause for everything in it that decides something. What a clause leaves out has a default,
# and every answer that rests on a default says so.
schema: offtake/agreement@1
name: meridian-master
title: Meridian Cloud, master agreement
parties: { buyer: aurora, provider: meridian }
effective: { from: 2026-01-01, to: 2030-12-31 } # first and last day
renewal: { kind: automatic, term: 12 months, notice: 90 days }
owner: Procurement # who looks after it in your house
holidays: us-federal # for business days

clauses:
  - id: asked-first
    kind: first-refusal # asked before anybody else; see also match, exclusivity, consent, option
    text: "4.2 Before contracting with others Customer shall offer the requirement to Provider, who has five Business Days."
    # reading: { by: Jane Doe, at: 2026-01-31 } # once somebody has compared these lines with the text
    scope: { accelerators: [H100, H200], regions: us-* } # what it is about; left out: everything
    window: 5 business days # to answer
    partial: any multiple of 8 # how much of a request may be taken
    tail: 60 days # how long a refusal clears others

  - id: spend
    kind: commitment # a promise to spend
    amount: 50000000 USD # over the whole term
    shortfall: prepayment-credit # what becomes of what is missing at the end

  - id: prices
    kind: price-book # what it sells at
    entries:
      - { id: h100, price: 2.75 USD/h, scope: { accelerators: H100 } }
`,
  ],
  [
    "requests/spring.yaml",
    `# yaml-language-server: $schema=../schemas/request.v1.json
#
# What you want to buy. Nothing is sent to anybody: offtake plan spring
schema: offtake/request@1
id: spring
accelerators: H100
count: 1024
block: 8 # whole nodes
regions: us-*
window: { from: 2027-03-01, to: 2027-08-31 }
purpose: inference
cap: 3.00 USD/h
`,
  ],
]);

export const README = `# A book of agreements

Made by \`offtake init\`. Nothing here is sent anywhere.

    offtake validate .                    check every file; problems come with line and column
    offtake agreement list .              one line for each agreement
    offtake plan spring                   who must be asked first, by when, at what true cost
    offtake dates . --within 2y           what must not be missed, and the last day to send
    offtake plan H100:1024 --from 2027-03-01 --for 180d --region us --purpose inference

What to do next:

- Put your own agreements into \`agreements/\` and name them in \`book.yaml\`; or take them from a spreadsheet:
  \`offtake import agreements.xlsx --into . --dry-run\`
- Have somebody compare each clause with the signed text and write \`reading: { by: Name, at: date }\` into it.
- Keep the folder in version control: a change of a contract is then a change of a file that people can review.

\`schemas/\` is for editors. \`offtake docs\` lists the documentation.
`;

export const IMPORTED_README = `# A book of agreements

Made by \`offtake init --from\`: the agreements come from a spreadsheet. Nothing here is sent anywhere.

    offtake validate .                    check every file; problems come with line and column
    offtake agreement list .              one line for each agreement
    offtake dates . --within 2y           what must not be missed, and the last day to send
    offtake plan H100:1024 --from 2027-03-01 --for 180d --region us --purpose inference

What to do next:

- Look through \`imports/\`: the mapping file says how each column was read. Correct it, then import again:
  \`offtake import LIST --into .\`. What you change in the files of \`agreements/\` stays.
- Have somebody compare each clause with the signed text and write \`reading: { by: Name, at: date }\` into it: until then every
  answer that rests on it says that its reading is unconfirmed.
- \`offtake export . --xlsx agreements.xlsx\` gives the rows back.

\`schemas/\` is for editors. \`offtake docs\` lists the documentation.
`;

/** A book without agreements yet, for a keeper of that name. */
export function emptyBook(
  keeper: string,
  name: string,
  side: "buyer" | "provider",
  currency: string,
  zone: string,
): string {
  return `# yaml-language-server: $schema=./schemas/book.v1.json
schema: offtake/book@1

keeper: ${keeper} # whose book this is; the id of a party below
kind: ${side} # the side that the keeper is on
currency: ${currency} # of reports; every agreement keeps its own
zone: ${zone} # where a date begins and ends, unless an agreement says otherwise

parties:
  - { id: ${keeper}, name: ${JSON.stringify(name)}, roles: ${side} }
`;
}

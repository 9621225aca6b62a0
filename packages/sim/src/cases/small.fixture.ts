import { type CaseDocument, parseCase } from "@offtake/wire/cases";

/** A world small enough to read: LAB buys, ALFA is asked first, GAMMA bids. */
const WORLD = `world:
  keeper: lab
  zone: America/Los_Angeles
  policy: { tenderWindow: 24 hours, tie: none, awardConfirmation: by-signature }
  parties:
    - { id: lab, name: LAB, roles: buyer }
    - { id: alfa, name: ALFA, roles: [provider, holder] }
    - { id: gamma, name: GAMMA, roles: provider }
    - { id: kappa, name: KAPPA, roles: announcer }
  agreements:
    - name: lab-alfa
      parties: { buyer: lab, provider: alfa }
      effective: { from: 2026-01-01, to: 2030-12-31 }
      holidays: us-federal
      clauses:
        - { id: r1, kind: first-refusal, scope: { accelerators: [GB200] }, window: 5 business days, partial: any multiple of 8, tail: 60 days }
  capacity:
    - { id: g1, provider: gamma, accelerator: GB200, region: us-central, count: 2048, window: { from: 2027-01-01T00:00:00Z, to: 2028-01-01T00:00:00Z } }
  requests:
    - { id: q1, accelerators: GB200, count: 1024, block: 8, regions: us-central, window: { from: 2027-01-01T00:00:00Z, to: 2028-01-01T00:00:00Z }, purpose: inference, cap: 3.00 USD/h }
    - { id: q2, accelerators: H100, count: 1025, regions: us-central, window: { from: 2027-01-01T00:00:00Z, to: 2028-01-01T00:00:00Z }, purpose: training }
`;

export const SUBMIT = "  - { at: 2026-09-14T17:00:00Z, do: submit, request: q1 }";
export const ACCEPT_600 = "  - { at: 2026-09-16T18:00:00Z, by: alfa, do: accept, count: 600 }";
export const BID = "  - { at: 2026-09-16T19:00:00Z, by: gamma, do: bid, price: 2.60 USD/h, multiple: 8, blocks: g1 }";
export const WAIT = "  - { at: 2026-09-30T00:00:00Z, do: wait }";

/** ALFA takes 600, GAMMA the other 424. */
export const SHARED = [SUBMIT, ACCEPT_600, BID, WAIT];

/** A case of the small world: its steps, and what is expected at the end, as lines of YAML. */
export function caseText(steps: readonly string[], expect: readonly string[] = []): string {
  const end = expect.length === 0 ? "" : `expect:\n${expect.map((line) => `  - ${line}`).join("\n")}\n`;
  return `schema: offtake/case@1\nid: C1\ntitle: a small case\nwhy: for the specs\n${WORLD}script:\n${steps.join("\n")}\n${end}`;
}

export function smallCase(steps: readonly string[], expect: readonly string[] = []): CaseDocument {
  const parsed = parseCase({ name: "c1.yaml", text: caseText(steps, expect) });
  if (!parsed.ok)
    throw new Error(
      parsed.problems.map(({ line, message, expected }) => `${line}: ${message} (${expected})`).join("\n"),
    );
  return parsed.value;
}

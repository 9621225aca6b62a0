import type { CommandBody } from "@offtake/core/book";
import type { PartyId } from "@offtake/core/kernel";
import { type WorldCommand, parseBook, worldCommands } from "@offtake/wire/book";
import { parseRequest } from "@offtake/wire/requests";

const BOOK = `
schema: offtake/book@1
keeper: lab
zone: America/Los_Angeles
parties:
  - { id: lab, name: Lab, roles: buyer }
  - { id: meridian, name: Meridian, roles: [provider, holder] }
  - { id: northlight, name: Northlight, roles: provider }
policy: { tenderWindow: 0 hours, tie: none, awardConfirmation: at-once }
agreements:
  - name: lab-meridian
    title: Meridian is asked first
    parties: { buyer: lab, provider: meridian }
    effective: { from: 2026-01-01, to: 2040-12-31 }
    holidays: us-federal
    clauses:
      - { id: first, kind: first-refusal, scope: { accelerators: [H100] }, window: 5 business days, partial: { allowed: true, block: 8 } }
capacity:
  - { id: m1, provider: meridian, accelerator: H100, region: us, count: 64, window: { from: 2026-01-01, to: 2040-12-31 } }
  - { id: n1, provider: northlight, accelerator: H100, region: us, count: 256, window: { from: 2026-01-01, to: 2040-12-31 } }
standingAnswers:
  - { id: takes-what-it-can, party: meridian, answer: { accept: { blocks: m1 } }, byCapacity: true }
offers:
  - { id: list, provider: northlight, accelerator: H100, region: us, price: 2.40 USD/h, blocks: n1, standing: true }
`;

/** A small market in which every request is resolved at once: half of it by a holder who answers by rule, the rest by a price list. */
export function smallWorld(): WorldCommand[] {
  const book = parseBook({ name: "book.yaml", text: BOOK });
  if (!book.ok) throw new Error(JSON.stringify(book.problems));
  return worldCommands(book.value);
}

export const LAB = "lab" as PartyId;

/** A request for some accelerators in a week of its own. */
export function submitRequest(id: string, week: number, count = 96): CommandBody {
  const from = new Date(Date.UTC(2036, 0, 4 + 7 * week)).toISOString().slice(0, 10);
  const text = `
schema: offtake/request@1
id: ${id}
buyer: lab
accelerators: H100
count: ${count}
regions: us
window: { from: ${from}, for: 7 days }
purpose: inference
cap: 3 USD/h
unfilled: close
`;
  const request = parseRequest({ name: "request.yaml", text });
  if (!request.ok) throw new Error(JSON.stringify(request.problems));
  return { type: "submitRequest", request: request.value };
}

import {
  type Check,
  type EvidenceDocument,
  evidenceDocument,
  type KeptReceipt,
  verifyEvidence,
} from "@offtake/server/evidence";
import { FeedVerifier, type Verified } from "@offtake/store/feeds";
import { sha256 } from "@offtake/store/memory";

/** What a file turned out to be, and what was found in it. */
export type Found =
  | { readonly is: "feed"; readonly verified: Verified }
  | { readonly is: "evidence"; readonly evidence: EvidenceDocument; readonly checks: readonly Check[] }
  | { readonly is: "neither"; readonly why: string };

/** Checks an exported feed line by line, or the evidence of a notice by deciding it again: by what checks it at the command line. */
export function verifyText(text: string, receipts: readonly KeptReceipt[]): Found {
  const start = text.slice(0, 4_096).trimStart();
  return start.startsWith("{") && start.includes('"offtake/evidence@') ? ofEvidence(text, receipts) : ofFeed(text);
}

function ofFeed(text: string): Found {
  try {
    const verifier = new FeedVerifier(sha256);
    for (const line of text.split("\n")) if (line !== "") verifier.take(line);
    return { is: "feed", verified: verifier.end() };
  } catch (error) {
    return { is: "neither", why: error instanceof Error ? error.message : String(error) };
  }
}

function ofEvidence(text: string, receipts: readonly KeptReceipt[]): Found {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { is: "neither", why: "it is cut off, or no JSON document" };
  }
  const parsed = evidenceDocument.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { is: "neither", why: `it is no evidence (${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""})` };
  }
  return { is: "evidence", evidence: parsed.data, checks: verifyEvidence(parsed.data, receipts) };
}

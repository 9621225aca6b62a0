/** A receipt that somebody kept: the place and the hash of an entry of its feed. */
export interface KeptReceipt {
  readonly position: number;
  readonly hash: string;
}

/** Receipts as people paste them, `12:9f2c…`, one a line; undefined where a line is none. */
export function receiptsOf(text: string): readonly KeptReceipt[] | undefined {
  const lines = text.split(/[\s,]+/).filter((line) => line !== "");
  const receipts = lines.flatMap((line) => {
    const match = /^(\d{1,9}):([0-9a-f]{64})$/i.exec(line);
    return match === null ? [] : [{ position: Number(match[1]), hash: (match[2] ?? "").toLowerCase() }];
  });
  return receipts.length === lines.length ? receipts : undefined;
}

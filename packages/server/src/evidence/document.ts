import { z } from "zod";

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What evidence of one notice, or of all notices of a request, is: a party's own feed up to its end, and the files that belong to it.
 * Everything else follows from that.
 */
export const evidenceDocument = z
  .strictObject({
    schema: z.literal("offtake/evidence@1"),
    book: z.string().min(1).max(64),
    /** Whose feed it is: evidence holds what this party was told, and no more. */
    party: z.string().min(1).max(200),
    /** Of one notice. */
    notice: z.string().min(1).max(200).optional(),
    /** Of a request, as its reader knows it, and of all notices about it that the reader was told of. */
    request: z.string().min(1).max(200).optional(),
    notices: z.array(z.string().min(1).max(200)).max(10_000).optional(),
    /** From the first entry on, without gaps. */
    feed: z.array(z.strictObject({ position: z.int().min(0), body: z.string(), hash: hex64 })).max(1_000_000),
    files: z
      .array(
        z.strictObject({
          reference: z.string().max(200),
          sha256: hex64,
          salt: hex64,
          name: z.string().max(200),
          /** In base64, where it is with the evidence. */
          content: z.string().optional(),
        }),
      )
      .max(1_000),
    /** What opens the references of names and free words that entries about the notice hold; those that were erased have none. */
    texts: z
      .array(z.strictObject({ reference: z.string().max(200), text: z.string().max(100_000), salt: hex64 }))
      .max(10_000)
      .default([]),
  })
  .refine(
    ({ notice, request, notices }) => (notice === undefined) === (request !== undefined && notices !== undefined),
    "it is of a notice, or of a request with its notices",
  );

export type EvidenceDocument = z.output<typeof evidenceDocument>;

/** The notices that evidence is of. */
export const noticesOf = ({ notice, notices = [] }: EvidenceDocument): readonly string[] =>
  notice === undefined ? notices : [notice];

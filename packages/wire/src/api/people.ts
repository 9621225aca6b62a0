import { z } from "zod";
import { freeText, idText } from "../scalars/index.ts";
import { strict } from "../shape/index.ts";
import { asItIs } from "./body.ts";

export const loginBody = asItIs(
  strict({
    code: freeText.describe("A login that is good once."),
    kind: z
      .enum(["terminal", "browser"])
      .optional()
      .describe("terminal: a token to send as `Authorization: Bearer`. browser: a cookie. Default: terminal."),
  }).meta({ id: "LoginBody" }),
);

export const sessionPartyBody = asItIs(
  strict({
    book: freeText.describe("Name of the book."),
    party: idText.describe("For whom to act in it."),
  }).meta({ id: "SessionParty" }),
);

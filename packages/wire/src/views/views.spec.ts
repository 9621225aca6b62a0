import type { ViewKind, ViewObject } from "@offtake/core/disclosure";
import { describe, expect, test } from "vitest";
import type { Codec } from "../codecs/codec.ts";
import { decodeView, encodeView, isViewKind, VIEW_KINDS, VIEWS, viewSchema } from "./index.ts";

const samplesOf = (kind: ViewKind): readonly ViewObject[] => (VIEWS[kind] as unknown as Codec<ViewObject>).samples();

describe("objects of a view", () => {
  test.each(VIEW_KINDS)("[WIR70] %s come back as they were", (kind) => {
    for (const object of samplesOf(kind)) {
      const restored = decodeView(kind, JSON.parse(JSON.stringify(encodeView(kind, object as never))));
      expect(restored).toEqual({ ok: true, value: object });
    }
  });

  test.each(VIEW_KINDS)("[WIR70] %s with something unknown in them are refused", (kind) => {
    const [object] = samplesOf(kind);
    const stored = { ...(encodeView(kind, object as never) as object), unheardOf: 1 };
    expect(decodeView(kind, stored)).toMatchObject({ ok: false, problem: { code: "stored_malformed" } });
    expect(decodeView(kind, [])).toMatchObject({ ok: false });
  });

  test("[WIR70] kinds have names, and a shape that can be published", () => {
    expect(isViewKind("notices")).toBe(true);
    expect(isViewKind("toString")).toBe(false);
    for (const kind of VIEW_KINDS) expect(JSON.stringify(viewSchema(kind, new Map()))).toMatch(/^\{"(type|oneOf)":/);
  });
});

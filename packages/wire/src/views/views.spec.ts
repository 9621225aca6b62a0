import type { ViewKind, ViewObject } from "@offtake/core/disclosure";
import { describe, expect, test } from "vitest";
import type { Codec } from "../codecs/codec.ts";
import {
  decodeView,
  encodeView,
  isViewKind,
  packView,
  readView,
  unpackView,
  VIEW_KINDS,
  VIEWS,
  viewSchema,
} from "./index.ts";

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

  test.each(VIEW_KINDS)("[WIR64] %s come back from their rows", (kind) => {
    for (const object of samplesOf(kind)) {
      const json = JSON.parse(JSON.stringify(encodeView(kind, object as never))) as object;
      const row = packView(kind, object as never);
      expect(row).not.toContain('":');
      expect(unpackView(row)).toEqual({ ok: true, value: json });
      expect(readView(kind, row)).toEqual({ ok: true, value: object });
      expect(readView(kind, JSON.stringify(json))).toEqual({ ok: true, value: object });
    }
  });

  test.each(["", "[]", "[2,5]", "[1]", "[1,5,6]", "[1,[9999]]", "[1,-4]"])("[WIR64] a row %j is a problem", (row) => {
    expect(readView("notices", row)).toMatchObject({ ok: false, problem: { code: "stored_malformed" } });
  });

  test("[WIR70] kinds have names, and a shape that can be published", () => {
    expect(isViewKind("notices")).toBe(true);
    expect(isViewKind("toString")).toBe(false);
    for (const kind of VIEW_KINDS) expect(JSON.stringify(viewSchema(kind, new Map()))).toMatch(/^\{"(type|oneOf)":/);
  });
});

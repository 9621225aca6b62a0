import { createHash } from "node:crypto";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { Pool } from "pg";
import { describe, expect, test } from "vitest";
import { ownDatabase } from "../outbox/database.fixture.ts";
import { FILE_MAX, FileStore, isReferenceOf, type NewFile } from "./index.ts";

const database = ownDatabase();
const BOOK = "aurora" as BookName;
const LAB = "lab" as PartyId;
const ACME = "acme" as PartyId;
const store = (): FileStore => new FileStore(database.get());

const file = (text: string, more: Partial<NewFile> = {}): NewFile => ({
  bytes: Buffer.from(text),
  mediaType: "application/pdf",
  name: "answer.pdf",
  owner: LAB,
  ...more,
});

const contents = async (): Promise<number> =>
  Number((await database.get().pool.query<{ count: string }>("select count(*) from file_contents")).rows[0]?.count);

describe("files beside the log", () => {
  test("are known by a reference that tells nothing of them, and is proved by its salt", async () => {
    const [one, two] = [await store().add(BOOK, file("same")), await store().add(BOOK, file("same"))];
    expect(one.sha256).toBe(createHash("sha256").update("same").digest("hex"));
    expect(one.reference).not.toBe(two.reference);
    expect(one.reference).not.toContain(one.sha256.slice(0, 10));
    const opened = await store().opening(BOOK, LAB, one.reference);
    expect(isReferenceOf(one.reference, opened?.sha256 ?? "", opened?.salt ?? "")).toBe(true);
    expect(isReferenceOf(two.reference, opened?.sha256 ?? "", opened?.salt ?? "")).toBe(false);
    expect(await store().opening(BOOK, ACME, one.reference)).toBeUndefined();
  });

  test("are read by their owner and by whom it lets, and by nobody else", async () => {
    const { reference } = await store().add(BOOK, file("shared"));
    const other = "other" as BookName;
    expect(await store().content(BOOK, ACME, reference)).toBeUndefined();
    expect(await store().content(other, LAB, reference)).toBeUndefined();
    await store().share(BOOK, LAB, reference, ACME);
    expect(String(await store().content(BOOK, ACME, reference))).toBe("shared");
    expect(await store().find(BOOK, ACME, reference)).toMatchObject({ name: "answer.pdf", size: 6 });
  });

  test("stay their owner's alone where they are privileged", async () => {
    const { reference } = await store().add(BOOK, file("advice", { privileged: true, readers: [ACME] }));
    await expect(store().share(BOOK, LAB, reference, ACME)).rejects.toMatchObject({ code: "not_found" });
    expect(await store().find(BOOK, ACME, reference)).toBeUndefined();
    expect(await store().find(BOOK, LAB, reference)).toMatchObject({ privileged: true });
  });

  test("are erased with name and salt; the reference stays and tells nothing", async () => {
    const before = await contents();
    const [one, two] = [await store().add(BOOK, file("twice")), await store().add(BOOK, file("twice"))];
    expect(await contents()).toBe(before + 1);
    await store().erase(BOOK, LAB, one.reference);
    expect(await contents()).toBe(before + 1);
    expect(await store().content(BOOK, LAB, one.reference)).toBeUndefined();
    expect(String(await store().content(BOOK, LAB, two.reference))).toBe("twice");
    await store().erase(BOOK, LAB, two.reference);
    expect(await contents()).toBe(before);
    const { rows } = await database
      .get()
      .pool.query("select sha256, salt, name from files where reference = $1", [one.reference]);
    expect(rows).toEqual([{ sha256: null, salt: null, name: null }]);
  });

  test("are erased also where every connection is in use by those who erase", async () => {
    const { pool, reader } = database.get();
    const one = new Pool({ ...pool.options, max: 1 });
    const kept = await Promise.all(["a", "b", "c"].map((text) => store().add(BOOK, file(text))));
    try {
      const narrow = new FileStore({ pool: one, reader });
      await Promise.all(kept.map(({ reference }) => narrow.erase(BOOK, LAB, reference)));
      for (const { reference } of kept) expect(await store().find(BOOK, LAB, reference)).toBeUndefined();
    } finally {
      await one.end();
    }
  });

  test("are not erased by others, under a hold, or before a rule lets them go", async () => {
    const { reference } = await store().add(BOOK, file("held"));
    await expect(store().erase(BOOK, ACME, reference)).rejects.toMatchObject({ code: "not_found" });
    await store().hold(BOOK, LAB, reference, "case 17");
    await expect(store().erase(BOOK, LAB, reference)).rejects.toMatchObject({ code: "file_on_hold" });
    await store().hold(BOOK, LAB, reference, undefined);
    await store().erase(BOOK, LAB, reference);
    const kept = await store().add(BOOK, file("kept", { keepUntilMs: Date.UTC(2200, 0, 1) }));
    await expect(store().erase(BOOK, LAB, kept.reference)).rejects.toMatchObject({ code: "file_kept_by_rule" });
  });

  test.each([
    ["file_empty", file("")],
    ["file_too_large", { ...file("x"), bytes: Buffer.alloc(FILE_MAX + 1) }],
    ["media_type_not_taken", file("<script>", { mediaType: "text/html" })],
  ])("are refused: %s", async (code, one) => {
    await expect(store().add(BOOK, one)).rejects.toMatchObject({ code });
  });

  test("are named without path or control characters", async () => {
    const stored = await store().add(BOOK, file("x", { name: "../../etc/pass\u0000wd\r\n" }));
    expect(stored.name).toBe("passwd");
  });
});

import type { CommandBody } from "@offtake/core/book";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { describe, expect, test } from "vitest";
import { submitRequest } from "../books/world.fixture.ts";
import { ownDatabase } from "../outbox/database.fixture.ts";
import { Keeping, TextStore } from "./index.ts";

const server = ownDatabase();
const BOOK = "book" as BookName;
const [LAB, MERIDIAN, NORTHLIGHT] = ["lab", "meridian", "northlight"] as PartyId[] as [PartyId, PartyId, PartyId];

const store = (): TextStore => new TextStore(server.get().pool, new Keeping(server.get().pool));
const party = (name: string): CommandBody => ({
  type: "recordParty",
  party: { id: MERIDIAN, name, roles: [], owners: [], competitors: [] },
});
const ratified = (signer: string) => ({ type: "ratifyAnswer", notice: "ntc_1", signer }) as CommandBody;
const project = (of: string): CommandBody => {
  const body = submitRequest("r1", 0);
  return body.type === "submitRequest" ? { ...body, request: { ...body.request, project: of } } : body;
};
const referenceIn = (body: CommandBody): string => /txt_[0-9a-f]{40}/.exec(JSON.stringify(body, bigints))?.[0] ?? "";
const bigints = (_: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

describe("texts beside the log", () => {
  test("the same name is one reference whoever writes it; the same words are one for each writer", async () => {
    const texts = store();
    const [one, other] = [
      await texts.hide(BOOK, party("Ada Park"), LAB),
      await texts.hide(BOOK, ratified("Ada Park"), MERIDIAN),
    ];
    expect(referenceIn(one)).not.toBe("");
    expect(referenceIn(other)).toBe(referenceIn(one));
    const [ours, theirs, again] = [
      await texts.hide(BOOK, project("Orion"), LAB),
      await texts.hide(BOOK, project("Orion"), NORTHLIGHT),
      await texts.hide(BOOK, project("Orion"), LAB),
    ];
    expect(referenceIn(again)).toBe(referenceIn(ours));
    expect(referenceIn(theirs)).not.toBe(referenceIn(ours));
  });

  test("what was hidden once stays the same reference for who wrote it, also once erased, and for nobody else", async () => {
    const texts = store();
    const once = await texts.hide(BOOK, project("Waits"), LAB);
    expect(await texts.hide(BOOK, once, LAB)).toEqual(once);
    const reference = referenceIn(once);
    expect(referenceIn(await texts.hide(BOOK, project(reference), NORTHLIGHT))).not.toBe(reference);
    await texts.erase(BOOK, LAB, true, reference, "p");
    expect(await texts.hide(BOOK, once, LAB)).toEqual(once);
    expect(await texts.reveal(BOOK, LAB, reference)).toBe("[erased]");
  });

  test("what is called by its id alone stands as it is", async () => {
    expect(await store().hide(BOOK, party("meridian"), LAB)).toEqual(party("meridian"));
  });

  test("what is worked out beforehand has the references that there are, and keeps nothing", async () => {
    const texts = store();
    const known = referenceIn(await texts.hide(BOOK, project("Known"), LAB));
    expect(referenceIn(await texts.supposed(BOOK, project("Known"), LAB))).toBe(known);
    // Somebody else's words are not found out by trying.
    expect(await texts.supposed(BOOK, project("Known"), NORTHLIGHT)).toEqual(project("Known"));
    expect(await texts.supposed(BOOK, project("New"), LAB)).toEqual(project("New"));
    expect(await texts.list(BOOK, LAB, true, "New")).toEqual([]);
  });

  test("a party is not told that others wrote the same name, when, or about what", async () => {
    const texts = store();
    await texts.hide(BOOK, party("Grace Lin"), LAB);
    await texts.hide(BOOK, ratified("Grace Lin"), MERIDIAN);
    const [seen] = await texts.list(BOOK, MERIDIAN, false, "grace");
    expect(seen).toMatchObject({ content: "Grace Lin", writers: [MERIDIAN], agreements: [] });
    expect(seen?.addedAt).toBeUndefined();
    expect((await texts.list(BOOK, LAB, true, "grace"))[0]?.writers).toEqual([LAB, MERIDIAN]);
    expect(await texts.list(BOOK, NORTHLIGHT, false, "grace")).toEqual([]);
  });

  test("a party takes back what it wrote, and what others wrote as well stays theirs; the keeper erases for all", async () => {
    const texts = store();
    const reference = referenceIn(await texts.hide(BOOK, party("Ines Ode"), LAB));
    await texts.hide(BOOK, ratified("Ines Ode"), MERIDIAN);
    const shown = (to: PartyId) => texts.reveal(BOOK, to, `"${reference}"`);
    await expect(texts.erase(BOOK, NORTHLIGHT, false, reference, "p")).rejects.toMatchObject({ code: "not_found" });
    await texts.erase(BOOK, MERIDIAN, false, reference, "p");
    expect(await shown(MERIDIAN)).toBe('"[erased]"');
    expect(await texts.openings(BOOK, MERIDIAN, reference)).toEqual([]);
    expect(await shown(LAB)).toBe('"Ines Ode"');
    await expect(texts.erase(BOOK, MERIDIAN, false, reference, "p")).rejects.toMatchObject({ code: "not_found" });
    await texts.erase(BOOK, LAB, true, reference, "p");
    expect(await shown(LAB)).toBe('"[erased]"');
    expect(referenceIn(await texts.hide(BOOK, ratified("Ines Ode"), MERIDIAN))).not.toBe(reference);
  });

  test("its only writer erases a text for everybody, and quotes in it break no document", async () => {
    const texts = store();
    const reference = referenceIn(await texts.hide(BOOK, project('The "north" \\ site'), LAB));
    expect(JSON.parse(await texts.reveal(BOOK, NORTHLIGHT, `{"a":"${reference}"}`))).toEqual({
      a: 'The "north" \\ site',
    });
    await texts.erase(BOOK, LAB, false, reference, "p");
    expect(await texts.reveal(BOOK, NORTHLIGHT, reference)).toBe("[erased]");
    const { rows } = await server.get().pool.query("select 1 from texts where content like '%north%'");
    expect(rows).toEqual([]);
  });
});

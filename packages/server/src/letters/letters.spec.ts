import { describe, expect, test } from "vitest";
import { type Letter, letterOf, letterPdf, MissingGlyphs, sha256 } from "./index.ts";
import { FORM, LAB, MERIDIAN, NORTHLIGHT, SENDER, Stage } from "./stage.fixture.ts";

function letter(stage: Stage, notice: ReturnType<Stage["ask"]>): Letter {
  const source = stage.source(MERIDIAN, notice);
  if (source === undefined) throw new Error("The holder knows of its notice.");
  return letterOf({ source, sender: SENDER, form: FORM });
}

describe("the letter of a notice", () => {
  test("cites the clause, says what is asked, how it may be answered and what silence means", () => {
    const stage = new Stage();
    const made = letter(stage, stage.ask());
    expect(made).toMatchObject({
      method: "By courier with proof of delivery",
      subject: "Notice under your right of first refusal: 1,024 h100-sxm-80gb",
      opening: "Aurora Labs gives you this notice under clause “first” of the agreement “Master capacity agreement”.",
    });
    expect(made.quote).toMatch(/^Before Customer procures Covered Capacity/);
    expect(made.terms).toEqual([
      { label: "Accelerators", value: "1,024 h100-sxm-80gb" },
      { label: "Time", value: "from Fri 1 Jan 2027 to Fri 31 Dec 2027 (UTC)" },
      { label: "Place", value: "us-west" },
      { label: "Purpose", value: "inference" },
      { label: "Price", value: "at most $3.00 per accelerator-hour" },
    ]);
    expect(made.answering[0]).toBe("You may take all of it, or a part in multiples of 8, and at least 64.");
    expect(made.silence).toBe(
      "If no answer has been received by then, this counts as a refusal, and what is set out above may be offered to others.",
    );
  });

  test("names no day before it is delivered, and then the day with what was not counted", () => {
    const stage = new Stage();
    const notice = stage.ask();
    expect(letter(stage, notice).deadline).toMatchObject({
      title: "Period for your answer",
      lines: [
        "The period is counted from the delivery of this notice.",
        "You have 5 business days from its receipt.",
        expect.stringContaining("cut-off hour"),
      ],
    });
    stage.must({ type: "confirmDelivery", notice, event: "delivered" }, LAB);
    const { deadline } = letter(stage, notice);
    expect(deadline).toMatchObject({
      title: "Answer by",
      when: "Mon 30 Nov 2026 17:00 PST",
      utc: "2026-12-01T01:00:00Z",
    });
    expect(deadline.lines[0]).toBe("Received Fri 20 Nov 2026 10:30 PST, counted from its delivery by courier.");
    expect(deadline.lines[1]).toMatch(/^Not counted: .*Thu 26 Nov 2026 Thanksgiving Day/);
  });

  test("is nobody's but its holder's", () => {
    const stage = new Stage();
    const notice = stage.ask();
    for (const party of [NORTHLIGHT, LAB]) expect(stage.source(party, notice)).toBeUndefined();
  });

  test("has nothing in it that its holder does not know", () => {
    const stage = new Stage();
    const notice = stage.ask();
    const request = stage.state.notices.get(notice)?.request ?? "";
    const text = JSON.stringify(letter(stage, notice));
    expect(request).toBe("req_autumn");
    for (const secret of [request, "northlight", "Northlight", "2.40"]) expect(text).not.toContain(secret);
  });
});

describe("a letter as PDF", () => {
  test("has the same bytes whenever it is made", async () => {
    const stage = new Stage();
    const made = letter(stage, stage.ask());
    const [one, two] = [await letterPdf(made), await letterPdf(made)];
    expect(one.subarray(0, 5).toString()).toBe("%PDF-");
    expect(sha256(one)).toBe(sha256(two));
    expect(sha256(await letterPdf({ ...made, subject: "another" }))).not.toBe(sha256(one));
  });

  test("goes over to further pages where it is long", async () => {
    const stage = new Stage();
    const made = letter(stage, stage.ask());
    const pages = async (one: Letter): Promise<number> =>
      (await letterPdf(one)).toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(await pages({ ...made, quote: (made.quote ?? "").repeat(30) })).toBeGreaterThan(await pages(made));
  });

  test("is not made where it would leave characters of a name out", async () => {
    const stage = new Stage();
    const made = letter(stage, stage.ask());
    const named = { ...made, to: { name: "株式会社メリディアン", lines: [] } };
    await expect(letterPdf(named)).rejects.toThrow(MissingGlyphs);
    await expect(letterPdf({ ...made, to: { name: "Ελένη Жукова Đặng", lines: [] } })).resolves.toBeInstanceOf(Buffer);
  });
});

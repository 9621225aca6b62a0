import { describe, expect, test } from "vitest";
import type { PartyId } from "../kernel/index.ts";
import { at } from "../requests/f0.ts";
import { F0 } from "./f0.ts";

const BY_MAIL = { rule: "delivered", fallbackAfter: { n: 1, unit: "business-days" } } as const;

/** ALFA is reached by mail, then by courier; a request is asked about. */
function asked(rule: "delivered" | "acknowledged" = "delivered"): F0 {
  const world = new F0({ r1: { delivery: { ...BY_MAIL, rule } } });
  world.send("2026-09-14T16:00:00Z", "lab", {
    type: "recordParty",
    party: {
      id: "alfa" as PartyId,
      name: "ALFA",
      roles: [{ role: "provider" }],
      owners: [],
      competitors: [],
      notice: { channels: ["mail", "courier", "portal"] },
      signatories: [{ name: "Ada" }],
    },
  });
  return world.submit();
}

const report = (world: F0) => ({ type: "confirmDelivery", notice: world.open("alfa").id }) as const;

describe("what a receipt rests on", () => {
  test("[BOK201] is recorded with the receipt", () => {
    const world = asked();
    world.send("2026-09-14T18:00:00Z", "lab", { ...report(world), event: "delivered", channel: "mail" });
    expect(world.of("noticeReceived")[0]).toMatchObject({
      deliveredAt: at("2026-09-14T18:00:00Z"),
      basis: { event: "delivered", channel: "mail", reportedBy: "lab" },
    });
    expect(new F0().submit().of("noticeReceived")[0]?.basis).toEqual({ event: "delivered", channel: "portal" });
    const sent = new F0({ r1: { delivery: { ...BY_MAIL, rule: "sent" } } }).submit();
    expect(sent.of("noticeReceived")[0]?.basis).toEqual({ event: "sent", channel: "portal" });
  });

  test("[BOK201] may lie before its report, where the keeper has the proof of it", () => {
    const world = asked();
    const early = { ...report(world), event: "delivered", deliveredAt: at("2026-09-15T20:00:00Z") } as const;
    const later = "2026-09-16T20:00:00Z";
    world.send(later, "lab", early);
    expect(world.rejected).toBe("malformed");
    world.send(later, "alfa", { ...early, proof: "fil_1" });
    expect(world.rejected).toBe("not_authorised");
    world.send(later, "lab", { ...early, proof: "fil_1", deliveredAt: at("2026-09-14T16:59:59Z") });
    expect(world.rejected).toBe("invalid_window");
    world.send(later, "lab", { ...early, proof: "fil_1", deliveredAt: at("2026-09-16T20:00:01Z") });
    expect(world.rejected).toBe("invalid_window");
    world.send(later, "lab", { ...early, channel: "courier", proof: "fil_1" });
    expect(world.of("noticeReceived")[0]).toMatchObject({
      deliveredAt: at("2026-09-15T20:00:00Z"),
      respondBy: at("2026-09-23T00:00:00Z"),
      basis: { event: "delivered", channel: "courier", reportedBy: "lab", proof: "fil_1" },
    });
  });

  test("[BOK201] is reported by the keeper or by whom it concerns; to others the notice is not there", () => {
    const world = asked("acknowledged");
    world.send("2026-09-14T18:00:00Z", "beta", { ...report(world), event: "acknowledged" });
    expect(world.rejected).toBe("not_found");
    expect(world.open("alfa").respondBy).toBeUndefined();
    world.send("2026-09-14T18:00:00Z", "alfa", { ...report(world), event: "acknowledged" });
    expect(world.of("noticeReceived")[0]?.basis).toMatchObject({ event: "acknowledged", reportedBy: "alfa" });
  });

  test("[BOK202] a bounce that comes when another channel is tried changes nothing", () => {
    const world = asked();
    world.wait("2026-09-16T00:00:01Z");
    expect(world.of("deliveryFailed")).toMatchObject([{ channel: "mail", nextChannel: "courier" }]);
    world.send("2026-09-16T01:00:00Z", "lab", { ...report(world), event: "bounced", channel: "mail" });
    expect(world.of("deliveryFailed")).toHaveLength(1);
    world.send("2026-09-16T02:00:00Z", "lab", { ...report(world), event: "bounced", channel: "courier" });
    expect(world.of("deliveryFailed")).toHaveLength(2);
  });
});

describe("what somebody else puts on record", () => {
  const recorded = { medium: "mail", file: "fil_answer", arrivedAt: at("2026-09-15T10:00:00Z") } as const;
  const answer = { type: "accept", count: 600, orLess: false, rootBlocks: [], signer: "Ada" } as const;

  test("[BOK203] is the holder's answer, marked with who recorded it from what", () => {
    const world = asked();
    world.send("2026-09-14T18:00:00Z", "lab", { ...report(world), event: "delivered" });
    const command = { type: "answerNotice", notice: world.open("alfa").id, answer, recorded } as const;
    world.send("2026-09-15T12:00:00Z", "lab", command);
    expect(world.of("answerReceived")[0]).toMatchObject({
      by: "alfa",
      answer: {
        verdict: "binding",
        receivedAt: at("2026-09-15T12:00:00Z"),
        recording: { by: "lab", medium: "mail", file: "fil_answer", arrivedAt: at("2026-09-15T10:00:00Z") },
      },
    });
  });

  test("[BOK203] binds no more than the holder's own answer would", () => {
    const world = asked();
    world.send("2026-09-14T18:00:00Z", "lab", { ...report(world), event: "delivered" });
    const command = { type: "answerNotice", notice: world.open("alfa").id, recorded } as const;
    world.send("2026-09-15T12:00:00Z", "lab", { ...command, answer: { ...answer, signer: "Bob" } });
    expect(world.of("answerReceived")[0]?.answer).toMatchObject({
      verdict: "curable",
      defects: ["signer_not_authorised"],
    });
  });

  test("[BOK203] cannot be put on record by others, without its file, or from the future", () => {
    const world = asked();
    const command = { type: "answerNotice", notice: world.open("alfa").id, answer, recorded } as const;
    for (const party of ["alfa", "beta"]) {
      world.send("2026-09-15T12:00:00Z", party, command);
      expect(world.rejected).toBe("not_found");
    }
    world.send("2026-09-15T12:00:00Z", "lab", { ...command, recorded: { ...recorded, file: "" } });
    expect(world.rejected).toBe("malformed");
    world.send("2026-09-15T12:00:00Z", "lab", {
      ...command,
      recorded: { ...recorded, arrivedAt: at("2026-09-15T12:00:01Z") },
    });
    expect(world.rejected).toBe("invalid_window");
    expect(world.of("answerReceived")).toEqual([]);
  });

  test("[BOK204] a bid that came by mail is its bidder's, and only of one that was invited", () => {
    const world = new F0({ without: ["r1", "r2"] }).submit();
    const bid = (bidder: string) => {
      world.bid("2026-09-15T12:00:00Z", "gamma", 2);
      const own = world.of("bidReceived").at(-1)?.bid;
      if (own === undefined) throw new Error("Broken belief: GAMMA has bid");
      const { lines, validUntil, discloseIdentity } = own;
      return {
        type: "placeBid",
        tender: own.tender,
        bid: { lines, validUntil, discloseIdentity },
        recorded: { medium: "mail", file: "fil_quote", bidder: bidder as PartyId },
      } as const;
    };
    world.send("2026-09-15T13:00:00Z", "gamma", bid("beta"));
    expect(world.rejected).toBe("not_found");
    world.send("2026-09-15T13:00:00Z", "lab", bid("lab"));
    expect(world.rejected).toBe("not_found");
    world.send("2026-09-15T13:00:00Z", "lab", bid("beta"));
    expect(world.of("bidReceived").at(-1)).toMatchObject({
      bid: { bidder: "beta", recording: { by: "lab", medium: "mail", file: "fil_quote" } },
    });
  });
});

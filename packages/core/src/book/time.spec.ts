import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import type { AgreementId, PartyId } from "../kernel/index.ts";
import { at, q1 } from "../requests/f0.ts";
import type { Command } from "./commands.ts";
import { F0, auditMade } from "./f0.ts";
import { saidBy } from "./retries.ts";

afterEach(() => {
  auditMade(audit);
});

describe("time", () => {
  test("[BOK1] a stamp before the last event is rejected", () => {
    const world = new F0().submit().wait("2026-09-14T16:00:00Z");
    expect(world.rejected).toBe("time_runs_backwards");
  });

  test("[BOK2 BOK4] what fell due stands, though the command that brought it is rejected", () => {
    const world = new F0().submit();
    world.send("2026-09-23T00:00:00Z", "lab", { type: "withdrawBid", bid: "bid_none" as never });
    expect(world.rejected).toBe("not_found");
    expect(world.of("noticeClosed").map((event) => event.status)).toEqual(["lapsed"]);
  });

  test("[BOK3] the same key twice is one command, another command under it is refused", () => {
    const world = new F0().submit();
    const notice = world.open("alfa").id;
    const answer = { type: "accept", orLess: false, rootBlocks: [] } as const;
    world.send("2026-09-15T00:00:00Z", "alfa", { type: "answerNotice", notice, answer }, "once");
    world.send("2026-09-15T00:00:01Z", "alfa", { type: "answerNotice", notice, answer }, "once");
    expect(world.of("answerReceived")).toHaveLength(1);
    world.send("2026-09-15T00:00:02Z", "alfa", { type: "passTime" }, "once");
    expect(world.rejected).toBe("retry_differs");
  });

  test("[BOK3] another content under a key is another command, where both say what they are", () => {
    const said = (count: number, askedBy?: string) =>
      saidBy({
        type: "submitRequest",
        request: q1({}, { count }),
        askedBy,
        at: at("2026-09-14T17:00:00Z"),
        key: "k",
      } as Command);
    const send = (first: string | undefined, second: string | undefined): F0 =>
      [first, second].reduce(
        (world, fingerprint, index) =>
          world.send(
            `2026-09-15T00:00:0${index}Z`,
            "lab",
            { type: "submitRequest", request: q1() },
            "once",
            fingerprint,
          ),
        new F0(),
      );
    expect(said(512)).not.toBe(said(1024));
    expect(said(512, "ann")).toBe(said(512, "bob"));
    expect(send(said(1024), said(1024)).rejected).toBeUndefined();
    expect(send(said(1024), said(512)).rejected).toBe("retry_differs");
    expect(send(said(1024), said(512)).of("requestSubmitted")).toHaveLength(1);
    expect(send(undefined, said(512)).rejected).toBeUndefined();
    expect(send(said(1024), undefined).of("requestSubmitted")).toHaveLength(1);
  });

  test("[BOK6] an outage over the deadline moves it before the stage is closed", () => {
    const world = new F0().submit();
    world.send("2026-09-22T00:30:00Z", "lab", {
      type: "recordOutage",
      window: { from: at("2026-09-21T23:00:00Z"), to: at("2026-09-22T00:30:00Z") },
    });
    expect(world.of("deadlineExtended")[0]?.respondBy).toBe(at("2026-09-22T01:30:00Z"));
    expect(world.of("noticeClosed")).toEqual([]);
    world.answer("2026-09-22T01:30:00Z", "alfa", { type: "accept" });
    expect(world.awards()).toEqual([["alfa", 1024]]);
  });

  test("[BOK11] a notice that must be read starts no clock until a fallback channel has delivered it", () => {
    const world = new F0({
      r1: { delivery: { rule: "acknowledged", fallbackAfter: { n: 1, unit: "business-days" } } },
    });
    world.send("2026-09-14T16:00:00Z", "lab", {
      type: "recordParty",
      party: {
        id: "alfa" as PartyId,
        name: "ALFA",
        roles: [{ role: "provider" }],
        owners: [],
        competitors: [],
        notice: { channels: ["portal", "courier"] },
      },
    });
    world.submit();
    expect(world.open("alfa").respondBy).toBeUndefined();
    world.wait("2026-09-16T17:00:00Z");
    expect(world.of("deliveryFailed")[0]).toMatchObject({ channel: "portal", nextChannel: "courier" });
    world.send("2026-09-16T18:00:00Z", "lab", {
      type: "confirmDelivery",
      notice: world.open("alfa").id,
      event: "delivered",
    });
    expect(world.open("alfa").respondBy).toBe(at("2026-09-24T00:00:00Z"));
  });

  test("[BOK16] lateness is waived while nothing relies on the lapse", () => {
    const world = new F0().submit().wait("2026-09-22T00:00:01Z");
    const notice = world.open("alfa", "first-refusal");
    world.send("2026-09-22T00:00:02Z", "alfa", {
      type: "answerNotice",
      notice: notice.id,
      answer: { type: "accept", orLess: false, rootBlocks: [] },
    });
    expect(world.of("answerReceived")[0]?.answer.verdict).toBe("late");
    world.send("2026-09-22T01:00:00Z", "lab", { type: "waiveLateness", notice: notice.id });
    expect(world.rejected).toBeUndefined();
    expect(world.awards()).toEqual([["alfa", 1024]]);
  });

  test("[BOK16] lateness is not waived once a later notice relies on the lapse", () => {
    const world = new F0().submit().wait("2026-09-22T00:00:01Z");
    const notice = world.open("alfa", "first-refusal");
    world.send("2026-09-22T00:00:02Z", "alfa", {
      type: "answerNotice",
      notice: notice.id,
      answer: { type: "accept", orLess: false, rootBlocks: [] },
    });
    world.bid("2026-09-22T10:00:00Z", "gamma", 2.6).wait("2026-09-25T00:00:00Z");
    world.send("2026-09-25T01:00:00Z", "lab", { type: "waiveLateness", notice: notice.id });
    expect(world.rejected).toBe("lateness_relied_on");
  });

  test("[BOK17] no notice goes out before its approvals", () => {
    const world = new F0().submit("2026-09-14T17:00:00Z", { approvals: ["budget"] });
    expect(world.of("noticeSent")).toEqual([]);
    world.send("2026-09-15T17:00:00Z", "lab", {
      type: "giveApproval",
      request: "q1" as never,
      approval: "budget",
      by: "cfo",
    });
    expect(world.of("noticeSent")).toHaveLength(1);
    world.answer("2026-09-16T17:00:00Z", "alfa", { type: "accept" });
    world.send("2026-09-17T17:00:00Z", "lab", {
      type: "denyApproval",
      request: "q1" as never,
      approval: "budget",
      by: "cfo",
    });
    expect(world.rejected).toBe("approval_after_acceptance");
  });

  test("[BOK5] a stranger gets the answer for a notice that is not there", () => {
    const world = new F0().submit();
    world.send("2026-09-15T17:00:00Z", "gamma", {
      type: "answerNotice",
      notice: world.open("alfa").id,
      answer: { type: "refuse", orLess: false, rootBlocks: [] },
    });
    expect(world.rejected).toBe("not_found");
  });

  test("[BOK33] at the end of a right its open notices run on where accrued rights survive", () => {
    const world = new F0().submit();
    world.send("2026-09-17T00:00:00Z", "lab", {
      type: "terminateAgreement",
      agreement: "lab-alfa" as AgreementId,
      effectiveAt: at("2026-09-18T07:00:00Z"),
    });
    world.answer("2026-09-19T18:00:00Z", "alfa", { type: "accept" });
    expect(world.awards()).toEqual([["alfa", 1024]]);
  });

  test("[BOK33] a right that attaches at award ends with its notice", () => {
    const world = new F0({ r1: { attachBy: "award" } }).submit();
    world.send("2026-09-17T00:00:00Z", "lab", {
      type: "terminateAgreement",
      agreement: "lab-alfa" as AgreementId,
      effectiveAt: at("2026-09-18T07:00:00Z"),
    });
    world.wait("2026-09-18T08:00:00Z");
    expect(world.of("noticeClosed")[0]).toMatchObject({ status: "withdrawn", closedAt: at("2026-09-18T07:00:00Z") });
    expect(world.of("clearanceIssued")[0]?.clearance.reason).toBe("extinguished");
    expect(world.of("tenderOpened")).toHaveLength(1);
    const notice = world.open("alfa", "first-refusal");
    world.send("2026-09-19T00:00:00Z", "alfa", {
      type: "answerNotice",
      notice: notice.id,
      answer: { type: "accept", orLess: false, rootBlocks: [] },
    });
    expect(world.of("answerReceived")[0]?.answer).toMatchObject({
      verdict: "non_conforming",
      defects: ["right_ended"],
    });
  });

  test("[BOK34] an assignment with consent lets either holder answer, one without does not", () => {
    const gone = (consented: boolean): F0 => {
      const world = new F0();
      world.send("2026-09-14T10:00:00Z", "lab", {
        type: "recordParty",
        party: { id: "alfa2" as PartyId, name: "ALFA2", roles: [], owners: [], competitors: [] },
      });
      world.submit();
      return world.send("2026-09-15T10:00:00Z", "lab", {
        type: "assignAgreement",
        agreement: "lab-alfa" as AgreementId,
        from: "alfa" as PartyId,
        to: "alfa2" as PartyId,
        consented,
      });
    };
    const answer = { type: "accept", orLess: false, rootBlocks: [] } as const;
    const moved = gone(true);
    moved.send("2026-09-16T10:00:00Z", "alfa2", { type: "answerNotice", notice: moved.open("alfa").id, answer });
    expect(moved.awards()).toEqual([["alfa2", 1024]]);
    const claimed = gone(false);
    claimed.send("2026-09-16T10:00:00Z", "alfa2", { type: "answerNotice", notice: claimed.open("alfa").id, answer });
    expect(claimed.of("answerReceived")[0]?.answer.defects).toEqual(["assignment_ineffective"]);
    claimed.answer("2026-09-17T10:00:00Z", "alfa", { type: "accept" });
    expect(claimed.awards()).toEqual([["alfa", 1024]]);
  });

  test("[BOK35] a holder that is no longer eligible has its notice suspended, an award to it waits for a person", () => {
    const eligibility = { from: at("2026-09-17T00:00:00Z"), eligible: false, reason: "sanctions" };
    const open = new F0()
      .submit()
      .send("2026-09-17T00:00:00Z", "lab", { type: "recordEligibility", party: "alfa" as PartyId, eligibility });
    expect(open.of("clearanceIssued")[0]?.clearance).toMatchObject({ reason: "suspended" });
    const taken = new F0().submit().answer("2026-09-16T00:00:00Z", "alfa", { type: "accept" });
    taken.send("2026-09-17T00:00:00Z", "lab", { type: "recordEligibility", party: "alfa" as PartyId, eligibility });
    expect(taken.of("awardHeldForDecision")).toHaveLength(1);
  });
});

import { describe, expect, test } from "vitest";
import { OPERATION_IDS, type OperationId } from "./operations.ts";
import { PERMISSIONS, reachOf } from "./permissions.ts";
import { type Role, ROLES } from "./roles.ts";

const may = (role: Role): readonly OperationId[] =>
  OPERATION_IDS.filter(
    (operation) => PERMISSIONS[operation] !== "public" && PERMISSIONS[operation] !== "member",
  ).filter((operation) => reachOf({ roles: [role] }, operation) !== "none");

describe("who may call what", () => {
  test("every operation has a line, and no line is without an operation", () => {
    expect(Object.keys(PERMISSIONS).toSorted()).toEqual([...OPERATION_IDS].toSorted());
  });

  test("what has no line nobody may call", () => {
    for (const name of ["noSuchOperation", "constructor", "__proto__", "toString"])
      expect(reachOf({ roles: ROLES }, name as OperationId)).toBe("none");
  });

  test("a stranger may call what is public and nothing else", () => {
    const open = OPERATION_IDS.filter((operation) => reachOf(undefined, operation) !== "none");
    expect(open).toEqual(OPERATION_IDS.filter((operation) => PERMISSIONS[operation] === "public"));
    expect(open).toContain("loginExchange");
    expect(open).not.toContain("requestList");
  });

  test("a member without roles sees its books, and no more", () => {
    const open = OPERATION_IDS.filter((operation) => reachOf({ roles: [] }, operation) !== "none");
    expect(open.filter((operation) => PERMISSIONS[operation] !== "public")).toEqual(["bookList"]);
  });

  test("an operator touches no content", () => {
    expect(may("operator")).toEqual([
      "metricsRead",
      "serverStatusRead",
      "supportBundleRead",
      "outgoingSet",
      "backupCreate",
      "projectionRebuild",
    ]);
  });

  test("an auditor changes nothing, and reads within its grants only", () => {
    const reads = /(Read|List|Letter|Export)$/;
    for (const operation of may("auditor")) {
      expect(operation).toMatch(reads);
      expect(reachOf({ roles: ["auditor"] }, operation)).toBe("granted");
      expect(reachOf({ roles: ["auditor", "admin"] }, operation)).toBe("granted");
    }
    expect(may("auditor")).not.toContain("feedRead");
    expect(reachOf({ roles: ["auditor", "legal"] }, "requestRead")).toBe("all");
  });

  test("who decides about people reads no content by that", () => {
    for (const operation of may("admin")) expect(reachOf({ roles: ["operator"] }, operation)).toBe("none");
    for (const operation of ["requestRead", "noticeRead", "bidList", "feedRead", "evidenceExport"] as const)
      expect(reachOf({ roles: ["admin"] }, operation)).toBe("none");
  });

  test("only a signatory stands behind an answer; only legal confirms a reading", () => {
    for (const role of ROLES) {
      expect(reachOf({ roles: [role] }, "answerRatify") !== "none").toBe(role === "signatory");
      expect(reachOf({ roles: [role] }, "agreementConfirm") !== "none").toBe(role === "legal");
    }
  });

  test("more roles never allow less", () => {
    const order = { none: 0, granted: 1, all: 2 };
    for (const operation of OPERATION_IDS) {
      for (const one of ROLES) {
        for (const other of ROLES)
          expect(order[reachOf({ roles: [one, other] }, operation)]).toBe(
            Math.max(order[reachOf({ roles: [one] }, operation)], order[reachOf({ roles: [other] }, operation)]),
          );
      }
    }
  });
});

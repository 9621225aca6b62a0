import { OPERATION_IDS, OPERATIONS, type OperationId } from "../../packages/server/src/people/operations.ts";
import { PERMISSIONS } from "../../packages/server/src/people/permissions.ts";
import { ROLES } from "../../packages/server/src/people/roles.ts";

const HEAD = `# Who may call what

Every operation of the [API](api.md) and the roles that may call it. What has no line here nobody may call. This page is generated from the
table that the broker goes by; do not edit it. What the roles are for: [People, parties and approvals](../explanation/who-may-do-what.md).

A role says what somebody may do for its party. Whether the party may do it in the book, the broker decides as for everybody: what a party may
not see is not there. **A** is an auditor's: only what hangs on requests that it was granted.

## Without logging in

`;

/** The table of permissions as a page. */
export function generate(): Promise<Map<string, string>> {
  const open = OPERATION_IDS.filter((id) => PERMISSIONS[id] === "public");
  const guarded = OPERATION_IDS.filter((id) => PERMISSIONS[id] !== "public");
  const text = [
    HEAD,
    open.map((id) => `- \`${id}\`: ${OPERATIONS[id]}\n`).join(""),
    "\nA session that has not chosen a party yet may ask who it is, choose, and end.\n\n## With a role\n\n",
    `| Operation | What | ${ROLES.join(" | ")} |\n`,
    `| --- | --- |${" :-: |".repeat(ROLES.length)}\n`,
    guarded.map(rowOf).join(""),
  ];
  return Promise.resolve(new Map([["docs/reference/permissions.md", text.join("")]]));
}

function rowOf(id: OperationId): string {
  const allowed = PERMISSIONS[id];
  const cells = ROLES.map((role) => {
    if (allowed !== "member" && allowed !== "public" && !allowed.includes(role)) return " ";
    return role === "auditor" && allowed !== "member" ? "A" : "x";
  });
  return `| \`${id}\` | ${OPERATIONS[id]} | ${cells.join(" | ")} |\n`;
}

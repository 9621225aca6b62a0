import type { AgreementVersion } from "../agreements/agreement.ts";
import { type Clause, isRight } from "../agreements/clause.ts";
import { canonicalText } from "../kernel/index.ts";
import type { ComputeRequest } from "../requests/request.ts";
import { parseSourceClass } from "../requests/source-class.ts";
import { type CompiledScope, compileScope, declareFacts, evaluateScope, type Facts } from "../scope/index.ts";
import type { WorldCommand } from "./amend-course.ts";

/** Whether a request may come out otherwise in one world than in another. */
export type Reach = (request: ComputeRequest) => boolean;

const EVERYTHING: Reach = () => true;

/**
 * Which requests the differences between two worlds may reach. Where they differ in clauses only that ask somebody or weigh in an
 * award within a scope (rights, commitments, records), a request that lies outside of all these scopes, whatever is found out about
 * it later, comes out the same; anything else may reach every request.
 *
 * @source Rule PLN27 in ./SPEC.md
 */
export function reachOf(before: readonly WorldCommand[], after: readonly WorldCommand[]): Reach {
  if (othersText(before) !== othersText(after)) return EVERYTHING;
  const scopes: CompiledScope[] = [];
  const [old, now] = [versionsOf(before), versionsOf(after)];
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const changed = changedClauses(old.get(id) ?? [], now.get(id) ?? []);
    if (changed === undefined) return EVERYTHING;
    for (const clause of changed) {
      if (clause.kind === "record") continue;
      if (!isRight(clause) && clause.kind !== "commitment") return EVERYTHING;
      scopes.push(compileScope(clause.scope));
    }
  }
  return (request) => {
    const facts = factsOf(request);
    return scopes.some((scope) => facts.some((known) => evaluateScope(scope, known, "burdened").applies));
  };
}

/** Everything that sets the world up beside its agreements. */
function othersText(world: readonly WorldCommand[]): string {
  return world
    .filter(({ body }) => body.type !== "recordAgreement")
    .map((command) => canonicalText(command))
    .join("\n");
}

type Recorded = Extract<WorldCommand["body"], { readonly type: "recordAgreement" }>;

function versionsOf(world: readonly WorldCommand[]): Map<string, Recorded[]> {
  const found = new Map<string, Recorded[]>();
  for (const { body } of world) {
    if (body.type !== "recordAgreement") continue;
    const list = found.get(body.agreement.id);
    if (list === undefined) found.set(body.agreement.id, [body]);
    else list.push(body);
  }
  return found;
}

/** Clauses that are not on both sides the same, all of them where what stands around them differs; undefined where who is bound differs. */
function changedClauses(before: readonly Recorded[], after: readonly Recorded[]): readonly Clause[] | undefined {
  const all = [...before, ...after];
  if (canonicalText(before) === canonicalText(after)) return [];
  if (new Set(all.map(({ agreement }) => partiesText(agreement))).size > 1) return undefined;
  const clauses = all.flatMap(({ agreement }) => agreement.clauses);
  const [old, now] = [before[0], after[0]];
  if (before.length !== 1 || after.length !== 1 || old === undefined || now === undefined) return clauses;
  if (frameText(old) !== frameText(now)) return clauses;
  const texts = (one: Recorded): Set<string> => new Set(one.agreement.clauses.map((clause) => canonicalText(clause)));
  const [had, has] = [texts(old), texts(now)];
  return clauses.filter((clause) => !had.has(canonicalText(clause)) || !has.has(canonicalText(clause)));
}

/** What of an agreement counts outside of the scopes of its clauses. */
function partiesText({ buyer, provider, otherParties, affiliateBp }: AgreementVersion): string {
  return canonicalText({ buyer, provider, otherParties, affiliateBp });
}

function frameText({ agreement, activate }: Recorded): string {
  const { clauses: _, title: __, document: ___, version: ____, ...frame } = agreement;
  return canonicalText({ frame, activate });
}

/** What is known of a request from the beginning, for each way in which it may be served: everything else is left open. */
function factsOf(request: ComputeRequest): Facts[] {
  return request.lines.flatMap((line) =>
    line.accelerators.flatMap(({ acceleratorType }) =>
      line.regions.map((region) => {
        const purposes = line.purposes.map(({ purpose }) => purpose);
        return declareFacts({
          RegionId: region,
          x_AcceleratorClass: acceleratorType,
          x_Purpose: purposes.length === 0 ? undefined : purposes.length === 1 ? purposes[0] : purposes,
          x_SourceClass: line.sourceClass === undefined ? undefined : parseSourceClass(line.sourceClass).name,
          x_Channel: line.channel,
          x_Product: line.product,
        });
      }),
    ),
  );
}

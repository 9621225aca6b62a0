import { ApiProblem, type Operations, type Schemas } from "@offtake/client";
import { useState } from "react";
import { failureText, useActing } from "../../app/acting.ts";
import { useBroker, useSeat } from "../../app/broker.ts";

export type Wrong = NonNullable<Schemas["Problem"]["errors"]>[number];
export type AgreementFiles = Schemas["AgreementFiles"];

export interface WrongFiles {
  readonly detail: string;
  readonly errors: readonly Wrong[];
}

/** Files of agreements, planned before anything is recorded, and recorded exactly as planned. */
export interface Planning {
  readonly isBusy: boolean;
  readonly plan: Schemas["AgreementPlan"] | undefined;
  readonly wrong: WrongFiles | undefined;
  readonly receipt: Schemas["Receipt"] | undefined;
  /** Why it cannot be recorded now. */
  readonly whyNot: string | undefined;
  /** What was written is another thing now: what was said of it is gone. */
  readonly forget: () => void;
  readonly makePlan: () => Promise<void>;
  /** @param recorded called once it is */
  readonly apply: (recorded?: () => void) => Promise<void>;
}

/** @param key under which it is recorded: sent twice it takes effect once */
export function usePlanning(body: AgreementFiles, key: string, done: string): Planning {
  const { client } = useBroker();
  const { book } = useSeat();
  const { isBusy, act } = useActing();
  const [made, setMade] = useState<{ readonly plan: Schemas["AgreementPlan"]; readonly etag: string }>();
  const [wrong, setWrong] = useState<WrongFiles>();
  const [receipt, setReceipt] = useState<Operations["agreementApply"]["answer"]["receipt"]>(null);
  const makePlan = async (): Promise<void> => {
    setWrong(undefined);
    try {
      const { value, etag = "" } = await client.call("agreementPlan", { params: { book }, body });
      setMade({ plan: value.data, etag });
    } catch (error) {
      setMade(undefined);
      const errors = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
      setWrong({ detail: failureText(error), errors });
    }
  };
  const apply = async (recorded?: () => void): Promise<void> => {
    if (made === undefined) return;
    await act(async () => {
      const { value } = await client.call("agreementApply", { params: { book }, body, ifMatch: made.etag, key });
      setReceipt(value.receipt);
      recorded?.();
    }, done);
    setMade(undefined);
  };
  return {
    isBusy,
    plan: made?.plan,
    wrong,
    receipt: receipt ?? undefined,
    whyNot: whyNotApply(made?.plan, isBusy),
    forget: () => {
      setMade(undefined);
      setWrong(undefined);
      setReceipt(null);
    },
    makePlan,
    apply,
  };
}

function whyNotApply(plan: Schemas["AgreementPlan"] | undefined, isBusy: boolean): string | undefined {
  if (isBusy) return "It is being recorded";
  if (plan === undefined) return "Plan it first";
  return plan.add + plan.change === 0 ? "Nothing would change" : undefined;
}

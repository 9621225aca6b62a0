import { ApiProblem } from "@offtake/client";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { CouldNotLoad, Loading, NotPermitted } from "../lists/list-states.tsx";
import { NotFound } from "./not-found.tsx";

interface LoadedProps<Value> {
  readonly query: Pick<UseQueryResult<Value>, "data" | "error" | "isPlaceholderData" | "refetch">;
  /** What is on its way, for those who wait: "requests". */
  readonly what: string;
  readonly children: (value: Value) => ReactNode;
}

/** What was read; while it is not there yet, may not be seen, is not there or could not be had, that. Older data stay, dimmed. */
export function Loaded<Value>({ query, what, children }: LoadedProps<Value>) {
  const { data, error, isPlaceholderData, refetch } = query;
  if (data !== undefined && error === null)
    return (
      <div className={isPlaceholderData ? "opacity-60 transition-opacity" : ""} aria-busy={isPlaceholderData}>
        {children(data)}
      </div>
    );
  if (error === null) return <Loading what={what} />;
  if (error instanceof ApiProblem && error.status === 403) return <NotPermitted />;
  if (error instanceof ApiProblem && error.status === 404) return <NotFound />;
  const code = error instanceof ApiProblem ? { code: error.code } : {};
  return <CouldNotLoad detail={error.message} {...code} onRetry={() => void refetch()} />;
}

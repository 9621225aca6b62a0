import { ApiProblem, Client } from "@offtake/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { CouldNotLoad } from "../lists/list-states.tsx";
import type { Transport } from "../transport/transport.ts";
import type { Session } from "./broker.ts";
import { goToLogin } from "./login.ts";
import { newRouter } from "./router.tsx";

/** The whole console over a transport: who is logged in is asked first; who is not is sent to log in, and comes back here. */
export function Console({ transport }: { readonly transport: Transport }) {
  const [session, setSession] = useState<Session>();
  const [problem, setProblem] = useState<Error>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    sessionOf(transport).then(setSession, (error: unknown) => {
      if (error instanceof ApiProblem && error.status === 401) goToLogin();
      else setProblem(error instanceof Error ? error : new Error(String(error)));
    });
  }, [transport, attempt]);
  // What was read stays good until the feed says otherwise, or the line to it has been broken.
  const queries = useMemo(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: false, gcTime: 5 * 60_000 } } }),
    [],
  );
  const router = useMemo(
    () => (session === undefined ? undefined : newRouter({ transport, session, queries })),
    [transport, session, queries],
  );
  if (problem !== undefined)
    return (
      <main className="mx-auto max-w-xl pt-[12vh]">
        <CouldNotLoad
          detail={problem.message}
          onRetry={() => {
            setProblem(undefined);
            setAttempt(attempt + 1);
          }}
        />
      </main>
    );
  if (router === undefined) return <p className="p-6 text-ink-soft">Asking the broker…</p>;
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}

async function sessionOf(transport: Transport): Promise<Session> {
  const client = new Client({ address: location.origin, attempts: 3, fetch: transport.fetch });
  const { value } = await client.call("sessionRead", {});
  transport.secret.csrf = value.data.csrf;
  return value.data;
}

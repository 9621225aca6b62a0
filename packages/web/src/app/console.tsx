import { ApiProblem, Client } from "@offtake/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import type { Transport } from "../transport/transport.ts";
import { type Broker, BrokerContext, clientOf, type Session, seatOf } from "./broker.ts";
import { newRouter } from "./router.tsx";

/** The whole console over a transport: who is logged in is asked first; who is not is sent to log in, and comes back here. */
export function Console({ transport }: { readonly transport: Transport }) {
  const [session, setSession] = useState<Session>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    sessionOf(transport).then(setSession, (error: unknown) => {
      if (error instanceof ApiProblem && error.status === 401) goToLogin();
      else setProblem(error instanceof Error ? error.message : String(error));
    });
  }, [transport]);
  const queries = useMemo(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false } } }),
    [],
  );
  const broker = useMemo<Broker | undefined>(() => {
    if (session === undefined) return undefined;
    const named = new URLSearchParams(location.search).get("as") ?? undefined;
    const seat = seatOf(session, named?.replaceAll('"', ""));
    return { transport, session, seat, client: clientOf(transport, seat) };
  }, [transport, session]);
  const router = useMemo(() => (broker === undefined ? undefined : newRouter({ broker, queries })), [broker, queries]);
  if (problem !== undefined) return <p role="alert">{problem}</p>;
  if (broker === undefined || router === undefined) return undefined;
  return (
    <BrokerContext value={broker}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </BrokerContext>
  );
}

async function sessionOf(transport: Transport): Promise<Session> {
  const client = new Client({
    address: location.origin,
    attempts: 3,
    fetch: transport.fetch,
  });
  const { value } = await client.call("sessionRead", {});
  transport.secret.csrf = value.data.csrf;
  return value.data;
}

function goToLogin(): void {
  location.assign(`/login?returnTo=${encodeURIComponent(location.pathname + location.search)}`);
}

import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  redirect,
  retainSearchParams,
} from "@tanstack/react-router";
import { QueuePage } from "../pages/queue/queue-page.tsx";
import type { Broker } from "./broker.ts";
import { Frame } from "./frame.tsx";

/** What every address may carry, and keeps from page to page. */
export interface CommonSearch {
  /** `BOOK/PARTY`: for whom one acts, where one may act for several. */
  readonly as?: string;
  /** A story that runs in the page itself, without a server. */
  readonly demo?: string;
  /** In which zone times are shown. */
  readonly zone?: "local" | "utc";
}

interface Context {
  readonly broker: Broker;
  readonly queries: QueryClient;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const root = createRootRouteWithContext<Context>()({
  component: Frame,
  validateSearch: (search: Record<string, unknown>): CommonSearch => {
    const { as, demo, zone } = { as: text(search["as"]), demo: text(search["demo"]), zone: search["zone"] };
    return {
      ...(as === undefined ? {} : { as }),
      ...(demo === undefined ? {} : { demo }),
      ...(zone === "local" || zone === "utc" ? { zone } : {}),
    };
  },
  search: { middlewares: [retainSearchParams(["as", "demo", "zone"])] },
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: ({ search }) => {
    // eslint-disable-next-line typescript/only-throw-error -- how the router is told to go elsewhere
    throw redirect({ to: "/queue", search, replace: true });
  },
});

const queue = createRoute({ getParentRoute: () => root, path: "/queue", component: QueuePage });

export function newRouter(context: Context) {
  return createRouter({
    routeTree: root.addChildren([home, queue]),
    context,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}

import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from "@tanstack/react-router";
import { QueuePage } from "../pages/queue/queue-page.tsx";
import { RequestsPage } from "../pages/requests/requests-page.tsx";
import type { Transport } from "../transport/transport.ts";
import type { Session } from "./broker.ts";
import { Frame } from "./frame.tsx";
import { NotFound } from "./not-found.tsx";
import { commonSearch, listSearch, textOf } from "./search.ts";

interface Context {
  readonly transport: Transport;
  readonly session: Session;
  readonly queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Frame,
  notFoundComponent: NotFound,
  validateSearch: commonSearch,
  search: { middlewares: [retainSearchParams(["as", "demo", "zone"])] },
});

const parent = { getParentRoute: () => root };

const home = createRoute({
  ...parent,
  path: "/",
  beforeLoad: ({ search }) => {
    // oxlint-disable-next-line typescript/only-throw-error -- how the router is told to go elsewhere
    throw redirect({ to: "/queue", search, replace: true });
  },
});

const queue = createRoute({ ...parent, path: "/queue", component: QueuePage, validateSearch: listSearch });

const requests = createRoute({ ...parent, path: "/requests", component: RequestsPage, validateSearch: listSearch });

/** Requests have the names that people give them: a tab may not take one of them. */
const request = createRoute({
  ...parent,
  path: "/requests/$request",
  component: lazyRouteComponent(() => import("../pages/requests/request-page.tsx"), "RequestPage"),
});
const requestTab = createRoute({
  ...parent,
  path: "/requests/$request/$tab",
  component: lazyRouteComponent(() => import("../pages/requests/request-page.tsx"), "RequestPage"),
});

const offers = createRoute({
  ...parent,
  path: "/offers",
  component: lazyRouteComponent(() => import("../pages/offers/offers-page.tsx"), "OffersPage"),
  validateSearch: listSearch,
});
const offer = createRoute({
  ...parent,
  path: "/offers/$notice",
  component: lazyRouteComponent(() => import("../pages/offers/offer-page.tsx"), "OfferPage"),
});
const lot = createRoute({
  ...parent,
  path: "/lots/$invitation",
  component: lazyRouteComponent(() => import("../pages/lots/lot-page.tsx"), "LotPage"),
});

const awards = createRoute({
  ...parent,
  path: "/awards",
  component: lazyRouteComponent(() => import("../pages/awards/awards-page.tsx"), "AwardsPage"),
  validateSearch: listSearch,
});

const agreements = createRoute({
  ...parent,
  path: "/agreements",
  component: lazyRouteComponent(() => import("../pages/agreements/agreements-page.tsx"), "AgreementsPage"),
  validateSearch: listSearch,
});
const agreement = createRoute({
  ...parent,
  path: "/agreements/$agreement",
  component: lazyRouteComponent(() => import("../pages/agreements/agreement-page.tsx"), "AgreementPage"),
  validateSearch: (search: Record<string, unknown>) => ({ ...textOf(search, "version"), ...textOf(search, "against") }),
});

const evidence = createRoute({
  ...parent,
  path: "/evidence",
  component: lazyRouteComponent(() => import("../pages/evidence/evidence-page.tsx"), "EvidencePage"),
});

export function newRouter(context: Context) {
  return createRouter({
    routeTree: root.addChildren([
      home,
      queue,
      requests,
      request,
      requestTab,
      offers,
      offer,
      lot,
      awards,
      agreements,
      agreement,
      evidence,
    ]),
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

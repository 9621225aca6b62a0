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
import { seatOf, type Session } from "./broker.ts";
import { Frame } from "./frame.tsx";
import { NotFound } from "./not-found.tsx";
import { firstPlace } from "./navigation.ts";
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
  beforeLoad: ({ search, context }) => {
    const to = firstPlace(seatOf(context.session, search.as)?.roles ?? [], search.demo);
    // oxlint-disable-next-line typescript/only-throw-error -- how the router is told to go elsewhere
    throw redirect({ to, search, replace: true });
  },
});

const queue = createRoute({ ...parent, path: "/queue", component: QueuePage, validateSearch: listSearch });

const requests = createRoute({ ...parent, path: "/requests", component: RequestsPage, validateSearch: listSearch });

const newRequest = createRoute({
  ...parent,
  path: "/new-request",
  component: lazyRouteComponent(() => import("../pages/new-request/new-request-page.tsx"), "NewRequestPage"),
});

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
/** Several months of a request, each with its notice, answered together. */
const months = createRoute({
  ...parent,
  path: "/answer-months/$request",
  component: lazyRouteComponent(() => import("../pages/offers/months-page.tsx"), "MonthsPage"),
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

/** With `tab=decided`, what is decided already. */
const approvals = createRoute({
  ...parent,
  path: "/approvals",
  component: lazyRouteComponent(() => import("../pages/approvals/approvals-page.tsx"), "ApprovalsPage"),
  validateSearch: (search: Record<string, unknown>) => textOf(search, "tab"),
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
  validateSearch: (search: Record<string, unknown>) => ({
    ...textOf(search, "version"),
    ...textOf(search, "against"),
    ...textOf(search, "forceAt"),
    ...textOf(search, "knownAt"),
  }),
});

const evidence = createRoute({
  ...parent,
  path: "/evidence",
  component: lazyRouteComponent(() => import("../pages/evidence/evidence-page.tsx"), "EvidencePage"),
});

/** What an address says of a page with parts of its own. */
const tabSearch = (search: Record<string, unknown>) => ({ ...textOf(search, "tab"), ...textOf(search, "ahead") });
const datesSearch = (search: Record<string, unknown>) => ({
  ...textOf(search, "owner"),
  ...textOf(search, "whose"),
  ...textOf(search, "ahead"),
});

const capacity = createRoute({
  ...parent,
  path: "/capacity",
  component: lazyRouteComponent(() => import("../pages/capacity/capacity-page.tsx"), "CapacityPage"),
  validateSearch: tabSearch,
});
const position = createRoute({
  ...parent,
  path: "/position",
  component: lazyRouteComponent(() => import("../pages/position/position-page.tsx"), "PositionPage"),
  validateSearch: tabSearch,
});
const prices = createRoute({
  ...parent,
  path: "/prices",
  component: lazyRouteComponent(() => import("../pages/prices/prices-page.tsx"), "PricesPage"),
  validateSearch: listSearch,
});
const dates = createRoute({
  ...parent,
  path: "/dates",
  component: lazyRouteComponent(() => import("../pages/dates/dates-page.tsx"), "DatesPage"),
  validateSearch: datesSearch,
});
const members = createRoute({
  ...parent,
  path: "/admin/members",
  component: lazyRouteComponent(() => import("../pages/admin/members-page.tsx"), "MembersPage"),
});
const keys = createRoute({
  ...parent,
  path: "/admin/keys",
  component: lazyRouteComponent(() => import("../pages/admin/keys-page.tsx"), "KeysPage"),
});
/** Not below `/agreements/`: what stands there are the names that people give to agreements. */
const agreementPlan = createRoute({
  ...parent,
  path: "/record-agreement",
  component: lazyRouteComponent(() => import("../pages/agreements/plan-page.tsx"), "AgreementPlanPage"),
});
const agreementDraft = createRoute({
  ...parent,
  path: "/draft-agreement",
  component: lazyRouteComponent(() => import("../pages/agreements/draft-page.tsx"), "DraftAgreementPage"),
});
const agreementImport = createRoute({
  ...parent,
  path: "/import-agreements",
  component: lazyRouteComponent(() => import("../pages/agreements/import-page.tsx"), "ImportAgreementsPage"),
});
/** Only in the story of the first visit: its parties are played there. */
const tryIt = createRoute({
  ...parent,
  path: "/try",
  component: lazyRouteComponent(() => import("../pages/try/try-page.tsx"), "TryPage"),
});
const webhooks = createRoute({
  ...parent,
  path: "/admin/webhooks",
  component: lazyRouteComponent(() => import("../pages/admin/webhooks-page.tsx"), "WebhooksPage"),
});
const system = createRoute({
  ...parent,
  path: "/admin/system",
  component: lazyRouteComponent(() => import("../pages/admin/system-page.tsx"), "SystemPage"),
});

export function newRouter(context: Context) {
  return createRouter({
    routeTree: root.addChildren([
      home,
      queue,
      requests,
      newRequest,
      request,
      requestTab,
      offers,
      offer,
      months,
      lot,
      awards,
      approvals,
      agreements,
      agreement,
      agreementPlan,
      agreementDraft,
      agreementImport,
      evidence,
      position,
      capacity,
      prices,
      dates,
      members,
      keys,
      webhooks,
      system,
      tryIt,
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

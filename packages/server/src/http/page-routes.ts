import type { Route } from "./operation.ts";
import { agreementRoutes } from "./resources/agreements.ts";
import { awardRoutes } from "./resources/awards.ts";
import { bookRoutes } from "./resources/books.ts";
import { capacityRoutes } from "./resources/capacity.ts";
import { dateRoutes } from "./resources/dates.ts";
import { explanationRoutes } from "./resources/explanations.ts";
import { factRoutes } from "./resources/facts.ts";
import { feedRoutes } from "./resources/feed.ts";
import { freeRoutes } from "./resources/free.ts";
import { lotRoutes } from "./resources/lots.ts";
import { marketRoutes } from "./resources/market.ts";
import { noticeRoutes } from "./resources/notices.ts";
import { planRoutes } from "./resources/plans.ts";
import { positionRoutes } from "./resources/position.ts";
import { queueRoutes } from "./resources/queue.ts";
import { requestRoutes } from "./resources/requests.ts";

/**
 * What is decided in books and read of them, and nothing that needs a database beside the log: people, letters, files, webhooks. A broker
 * that runs in a page serves these.
 */
export const PAGE_ROUTES: readonly Route[] = [
  ...bookRoutes,
  ...factRoutes,
  ...agreementRoutes,
  ...dateRoutes,
  ...planRoutes,
  ...requestRoutes,
  ...lotRoutes,
  ...queueRoutes,
  ...noticeRoutes,
  ...marketRoutes,
  ...awardRoutes,
  ...capacityRoutes,
  ...freeRoutes,
  ...positionRoutes,
  ...explanationRoutes,
  ...feedRoutes,
];

import type { Route } from "./operation.ts";
import { documentRoute } from "./resources/api-document.ts";
import { agreementRoutes } from "./resources/agreements.ts";
import { approvalRoutes } from "./resources/approvals.ts";
import { awardRoutes } from "./resources/awards.ts";
import { bookRoutes } from "./resources/books.ts";
import { capacityRoutes } from "./resources/capacity.ts";
import { dateRoutes } from "./resources/dates.ts";
import { carryRoutes } from "./resources/carry.ts";
import { explanationRoutes } from "./resources/explanations.ts";
import { factRoutes } from "./resources/facts.ts";
import { feedRoutes } from "./resources/feed.ts";
import { freeRoutes } from "./resources/free.ts";
import { grantRoutes } from "./resources/grants.ts";
import { keyRoutes } from "./resources/keys.ts";
import { keepingRoutes } from "./resources/keeping.ts";
import { loginRoutes } from "./resources/login.ts";
import { lotRoutes } from "./resources/lots.ts";
import { marketRoutes } from "./resources/market.ts";
import { memberRoutes } from "./resources/members.ts";
import { fileRoutes } from "./resources/files.ts";
import { noticeRoutes } from "./resources/notices.ts";
import { planRoutes } from "./resources/plans.ts";
import { queueRoutes } from "./resources/queue.ts";
import { postRoutes } from "./resources/post.ts";
import { requestRoutes } from "./resources/requests.ts";
import { sessionRoutes } from "./resources/sessions.ts";
import { taskRoutes } from "./resources/tasks.ts";
import { tellingRoutes } from "./resources/telling.ts";
import { systemRoutes } from "./resources/system.ts";

/** Of the API, not of the program: it grows with what callers could notice. */
export const API_VERSION = "1.0.0";

/** Every operation of the API. What is not here is not served, and not in the document. */
export const ROUTES: readonly Route[] = [
  ...systemRoutes,
  documentRoute(() => ROUTES, API_VERSION),
  ...loginRoutes,
  ...sessionRoutes,
  ...bookRoutes,
  ...carryRoutes,
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
  ...explanationRoutes,
  ...feedRoutes,
  ...approvalRoutes,
  ...memberRoutes,
  ...keyRoutes,
  ...grantRoutes,
  ...postRoutes,
  ...fileRoutes,
  ...keepingRoutes,
  ...tellingRoutes,
  ...taskRoutes,
];

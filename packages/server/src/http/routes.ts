import type { Route } from "./operation.ts";
import { documentRoute } from "./resources/api-document.ts";
import { PAGE_ROUTES } from "./page-routes.ts";
import { approvalRoutes } from "./resources/approvals.ts";
import { carryRoutes } from "./resources/carry.ts";
import { grantRoutes } from "./resources/grants.ts";
import { keyRoutes } from "./resources/keys.ts";
import { keepingRoutes } from "./resources/keeping.ts";
import { loginRoutes } from "./resources/login.ts";
import { memberRoutes } from "./resources/members.ts";
import { outgoingRoutes } from "./resources/outgoing.ts";
import { fileRoutes } from "./resources/files.ts";
import { postRoutes } from "./resources/post.ts";
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
  ...PAGE_ROUTES,
  ...carryRoutes,
  ...approvalRoutes,
  ...memberRoutes,
  ...keyRoutes,
  ...grantRoutes,
  ...postRoutes,
  ...fileRoutes,
  ...keepingRoutes,
  ...tellingRoutes,
  ...outgoingRoutes,
  ...taskRoutes,
];

export { createApp } from "./app.ts";
export { type Call, json } from "./call.ts";
export { openApiDocument } from "./openapi.ts";
export {
  bookParam,
  idParam,
  inBook,
  type Operation,
  operationIdOf,
  pageQuery,
  type Route,
  route,
} from "./operation.ts";
export { HttpProblem, invalidDocument, notFound, problem, rejected } from "./problems.ts";
export { API_VERSION, ROUTES } from "./routes.ts";
export type { BookShelf, Door, Services, Telling } from "./services.ts";

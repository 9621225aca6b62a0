export { isRequestList, readRequestList, readRequestTable, type RequestTable } from "./read.ts";

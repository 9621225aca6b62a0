export { Office, type OfficeOptions } from "./office.ts";

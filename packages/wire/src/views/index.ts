export { decodeView, encodeView, isViewKind, VIEW_KINDS, VIEWS, viewSchema } from "./views.ts";

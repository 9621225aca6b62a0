export { DISCLOSURE_STATE_VERSION, decodeDisclosureState, encodeDisclosureState } from "./disclosure-state.ts";
export { packView, readView, unpackView, viewGaps } from "./packed.ts";
export { decodeView, encodeView, isViewKind, VIEW_KINDS, VIEWS, viewSchema } from "./views.ts";

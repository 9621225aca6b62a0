export { brokerSecret, LINK_DAYS, NoticeLinks, type OpenLink } from "./links.ts";
export { type LinkBroker, type NoticeKnown, serveLink } from "./serve.ts";

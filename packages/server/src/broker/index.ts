export { type Broker, startBroker } from "./broker.ts";
export { appendPast } from "./history.ts";
export { listen, type Listening } from "./listen.ts";
export { newLog } from "./log.ts";
export { type BrokerOptions, BrokerProblem, type DataSource } from "./options.ts";
export { isNetwork } from "./proxies.ts";
export { type Rebuilt, rebuildFeeds } from "./rebuild.ts";

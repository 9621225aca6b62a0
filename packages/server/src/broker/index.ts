export { type Broker, startBroker } from "./broker.ts";
export { BookRefused, type FirstCommand } from "./history.ts";
export { newLog } from "./log.ts";
export { type BrokerOptions, BrokerProblem, type DataSource } from "./options.ts";

export {
  checkedLookup,
  type EgressRules,
  isPublicAddress,
  PUBLIC_ONLY,
  RefusedAddress,
  urlProblem,
} from "./addresses.ts";
export { eventTypeOf, payloadOf, type ThinPayload } from "./payload.ts";
export { postChecked, type PostOptions, webhookSender } from "./sender.ts";
export { newSecret, newSigningKey, publicKeyOf, signedHeaders } from "./signing.ts";
export { queueOf, type WebhookEndpoint, WebhookProblem, Webhooks } from "./webhooks.ts";

export {
  type Attempt,
  DELIVERY_KINDS,
  DELIVERY_STATUSES,
  type Delivery,
  type DeliveryFilter,
  type DeliveryKind,
  type DeliveryStatus,
  type NewDelivery,
  Outbox,
  OUTBOX_CHANNEL,
} from "./outbox.ts";
export { CHAT_SCHEDULE, MAIL_SCHEDULE, pauseAfter, type Schedule, WEBHOOK_SCHEDULE } from "./schedule.ts";
export { OutboxWorker, type Sender, type Sent, type WorkerOptions } from "./worker.ts";

export { type ChatChannel, ChatChannels, type ChatKind, type ChatMessage, slackBody, teamsBody } from "./chat.ts";
export {
  DEADLINE_KINDS,
  DEADLINE_TITLE,
  type DeadlineKind,
  deadlinesOf,
  isAgreementDate,
  type PartyDeadline,
} from "./deadlines.ts";
export { dueReminder, type Reminder, remindersOf } from "./plan.ts";
export { type Reached, Reminding, type RemindingOptions } from "./reminding.ts";

export {
  type Consequences,
  FeedFollower,
  type FollowedEntry,
  type FollowedFeeds,
  type FollowerOptions,
} from "./follower.ts";
export { noticeFormDocument, NoticeForms } from "./forms.ts";
export { mailSender, type MailSenderOptions } from "./mail-sender.ts";
export { MAIL_CHANNEL, noticeMail, type NoticeMailOptions, type QueuedMail } from "./notice-mail.ts";
export { receiptMail, type ReceiptMailOptions } from "./receipt-mail.ts";

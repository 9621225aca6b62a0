export { type Attachment, type Mail, Mailer, type MailOutcome, type MailSettings } from "./mailer.ts";

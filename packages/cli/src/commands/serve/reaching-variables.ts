/** How the broker reaches out, by the environment: addresses of mail servers hold passwords. */
export const REACHING_VARIABLES: readonly (readonly [name: string, what: string])[] = [
  [
    "OFFTAKE_SMTP_URL",
    "the server by which mail leaves, such as smtps://user:password@mail.example; without it none does",
  ],
  ["OFFTAKE_MAIL_FROM", "who mail is from, such as notices@example.com"],
  ["OFFTAKE_MAIL_ACCEPTED", "delivered: that server answers for the arrival of a notice; sent when absent"],
  [
    "OFFTAKE_TRUSTED_PROXIES",
    "proxies whose X-Forwarded-For is believed, as networks such as 10.0.0.0/8,127.0.0.1; without it nobody's is",
  ],
  ["OFFTAKE_LETTER_FONTS", "font files for letters in scripts that Noto Serif lacks, with commas between them"],
  ["OFFTAKE_WEBHOOK_NETWORKS", "networks of the house that webhooks may go to, such as 10.1.0.0/16,10.2.0.0/16"],
];

import type { BrokerOptions } from "@offtake/server/broker";
import type { Io } from "../../terminal/io.ts";

/** How the broker reaches out, by the environment: addresses of mail servers hold passwords. */
export const REACHING_VARIABLES: readonly (readonly [name: string, what: string])[] = [
  [
    "OFFTAKE_SMTP_URL",
    "the server by which mail leaves, such as smtps://user:password@mail.example; without it none does",
  ],
  ["OFFTAKE_MAIL_FROM", "who mail is from, such as notices@example.com"],
  ["OFFTAKE_MAIL_ACCEPTED", "delivered: that server answers for the arrival of a notice; sent when absent"],
  ["OFFTAKE_WEBHOOK_NETWORKS", "networks of the house that webhooks may go to, such as 10.1.0.0/16,10.2.0.0/16"],
];

export function reaching(env: Io["env"]): Pick<BrokerOptions, "mail" | "webhookNetworks"> {
  const { OFFTAKE_SMTP_URL: url, OFFTAKE_MAIL_FROM: from, OFFTAKE_MAIL_ACCEPTED, OFFTAKE_WEBHOOK_NETWORKS } = env;
  const accepted = OFFTAKE_MAIL_ACCEPTED === "delivered" ? "delivered" : "sent";
  const networks = (OFFTAKE_WEBHOOK_NETWORKS ?? "").split(",").filter((one) => one !== "");
  return {
    ...(url === undefined || url === ""
      ? {}
      : { mail: { url, from: from ?? "Offtake <offtake@localhost>", accepted } }),
    ...(networks.length === 0 ? {} : { webhookNetworks: networks }),
  };
}

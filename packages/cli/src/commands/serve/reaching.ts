import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { BrokerOptions } from "@offtake/server/broker";
import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";

type Reaching = Pick<BrokerOptions, "mail" | "webhookNetworks" | "trustedProxies" | "letterFonts">;

/** What the environment says of it; what cannot be right is said before anything starts. */
export async function reaching({ env, cwd }: Pick<Io, "env" | "cwd">): Promise<Outcome<Reaching>> {
  const proxies = listOf(env["OFFTAKE_TRUSTED_PROXIES"]);
  const { isNetwork } = await import("@offtake/server/broker");
  const odd = proxies.find((one) => !isNetwork(one));
  if (odd !== undefined)
    return wrong(`OFFTAKE_TRUSTED_PROXIES takes addresses and networks such as 10.0.0.0/8, not ${odd.slice(0, 60)}`);
  const fonts: Uint8Array[] = [];
  for (const file of listOf(env["OFFTAKE_LETTER_FONTS"])) {
    try {
      fonts.push(await readFile(resolve(cwd, file)));
    } catch {
      return wrong(`OFFTAKE_LETTER_FONTS names ${file}, which cannot be read`);
    }
  }
  return done({
    ...sending(env),
    ...(proxies.length === 0 ? {} : { trustedProxies: proxies }),
    ...(fonts.length === 0 ? {} : { letterFonts: fonts }),
  });
}

const listOf = (text: string | undefined): readonly string[] =>
  (text ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

const wrong = (message: string) => failed({ code: "usage", message, exit: EXIT.usage });

function sending(env: Io["env"]): Pick<BrokerOptions, "mail" | "webhookNetworks"> {
  const { OFFTAKE_SMTP_URL: url, OFFTAKE_MAIL_FROM: from, OFFTAKE_MAIL_ACCEPTED, OFFTAKE_WEBHOOK_NETWORKS } = env;
  const accepted = OFFTAKE_MAIL_ACCEPTED === "delivered" ? "delivered" : "sent";
  const networks = listOf(OFFTAKE_WEBHOOK_NETWORKS);
  return {
    ...(url === undefined || url === ""
      ? {}
      : { mail: { url, from: from ?? "Offtake <offtake@localhost>", accepted } }),
    ...(networks.length === 0 ? {} : { webhookNetworks: networks }),
  };
}

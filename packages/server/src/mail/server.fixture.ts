import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
}

/** A real mail server in process: refuses for good whom `gone` names, and everything for now while `isAway` says so. */
export async function mailServer({ gone = [] as readonly string[] } = {}): Promise<{
  readonly url: string;
  readonly mails: TakenMail[];
  readonly away: { value: boolean };
  readonly close: () => Promise<void>;
}> {
  const mails: TakenMail[] = [];
  const away = { value: false };
  const answer = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: ({ address }, _session, done) => {
      if (away.value) return done(answer(451, "try again later"));
      done(gone.includes(address) ? answer(550, "no such mailbox") : undefined);
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        mails.push({
          from,
          to: envelope.rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    away,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

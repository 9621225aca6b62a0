import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mail, Mailer } from "./index.ts";
import { mailServer } from "./server.fixture.ts";

let server: Awaited<ReturnType<typeof mailServer>>;
let mailer: Mailer;

beforeAll(async () => {
  server = await mailServer({ gone: ["gone@acme.example"] });
  mailer = new Mailer({ url: server.url, from: "Offtake <notices@lab.example>", accepted: "sent" });
});
afterAll(async () => {
  mailer.close();
  await server.close();
});

const mail = (more: Partial<Mail> = {}): Mail => ({
  to: "legal@acme.example",
  copies: ["counsel@firm.example"],
  subject: "Notice ntc_1 – żółć",
  text: "See the letter.",
  attachments: [{ name: "notice.pdf", mediaType: "application/pdf", content: Buffer.from("%PDF-1.3 letter") }],
  name: "dlv_1",
  ...more,
});

describe("mail, by a real server", () => {
  test("arrives with its letter, its copies and a name that stays", async () => {
    expect((await mailer.send(mail())).outcome).toBe("sent");
    const [taken] = server.mails;
    expect(taken?.to).toEqual(["legal@acme.example", "counsel@firm.example"]);
    expect(taken?.source).toContain("Message-ID: <dlv_1@lab.example>");
    expect(taken?.source).toContain(Buffer.from("%PDF-1.3 letter").toString("base64"));
    expect(taken?.source).toContain("Auto-Submitted: auto-generated");
  });

  test("to nobody is refused for good, also where a copy would be taken", async () => {
    expect((await mailer.send(mail({ to: "gone@acme.example", copies: [] }))).outcome).toBe("refused");
    expect((await mailer.send(mail({ to: "gone@acme.example" }))).outcome).toBe("refused");
    expect((await mailer.send(mail({ copies: ["gone@acme.example"] }))).outcome).toBe("sent");
  });

  test("is tried again where the server is busy or away", async () => {
    server.away.value = true;
    expect((await mailer.send(mail())).outcome).toBe("failed");
    server.away.value = false;
    const nowhere = new Mailer({ url: "smtp://127.0.0.1:1", from: "a@lab.example", accepted: "sent" });
    expect((await nowhere.send(mail())).outcome).toBe("failed");
  });

  test("takes no header from a subject", async () => {
    await mailer.send(mail({ subject: "Notice\r\nBcc: spy@rival.example" }));
    const source = server.mails.at(-1)?.source ?? "";
    expect(source).not.toMatch(/^Bcc:/m);
    expect(server.mails.at(-1)?.to).not.toContain("spy@rival.example");
  });
});

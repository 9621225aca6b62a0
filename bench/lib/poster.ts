import { type Agent, request } from "node:http";

/** What was answered. */
export interface Posted {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Sends JSON to a broker, and reads the JSON that it answers. */
export function poster(address: string, agent: Agent) {
  return (path: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<Posted> =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(body);
      const sent = request(
        address + path,
        {
          method: "POST",
          agent,
          headers: { "content-type": "application/json", "content-length": Buffer.byteLength(text), ...headers },
        },
        (response) => {
          let answer = "";
          response.setEncoding("utf8");
          response.on("data", (chunk: string) => (answer += chunk));
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, body: JSON.parse(answer) as Posted["body"] }),
          );
        },
      );
      sent.on("error", reject);
      sent.end(text);
    });
}

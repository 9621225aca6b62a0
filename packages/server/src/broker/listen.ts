import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { BrokerProblem } from "./options.ts";

/** How long answers that are on their way may take once the broker goes down. */
const DRAIN_MAX_MS = 10_000;

/** How often it is looked for lines that have nothing left to answer, once the broker goes down. */
const IDLE_LOOK_MS = 50;

/** A server that answers, until it is drained. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Takes nothing more, lets what is on its way be answered, and then closes what is left. */
  drain(): Promise<void>;
}

/**
 * Answers at an address.
 *
 * @throws BrokerProblem where it cannot be had
 */
export async function listen(app: Pick<Hono, "fetch">, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: SERVER }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(startProblem(error, host, port)));
    server.listen(port, host, resolve);
  });
  server.on("error", () => {});
  const address = server.address();
  const taken = typeof address === "object" && address !== null ? address.port : port;
  return { host, port: taken, drain: () => drain(server) };
}

/** A caller that sends its headers or its body drop by drop holds a connection no longer than this. */
const SERVER = { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 };

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), DRAIN_MAX_MS);
    // A line whose last answer ends only now, such as a stream, is kept open by its caller for a next question that nobody would answer.
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_LOOK_MS);
    server.close(() => {
      clearTimeout(late);
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function startProblem(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const where = `${host}:${port}`;
  if (error.code === "EADDRINUSE")
    return new BrokerProblem("port_taken", `${where} is taken by another program; choose another with --listen`, error);
  if (error.code === "EACCES")
    return new BrokerProblem(
      "port_not_allowed",
      `This account may not listen on ${where}; choose a port above 1023`,
      error,
    );
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
    return new BrokerProblem("address_unknown", `${host} is no address of this machine`, error);
  return error;
}

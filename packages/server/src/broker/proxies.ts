import { BlockList, isIP } from "node:net";

/** Where a call comes from, given who holds the connection and what it says of those before it. */
export type ClientOf = (connection: string, forwardedFor: string | undefined) => string;

/** Whether a text names a network or an address: `10.0.0.0/8`, `127.0.0.1`, `fd00::/8`. */
export function isNetwork(text: string): boolean {
  const [net = "", prefix, ...rest] = text.split("/");
  const most = isIP(net) === 4 ? 32 : 128;
  return (
    isIP(net) !== 0 &&
    rest.length === 0 &&
    (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= most))
  );
}

/**
 * Believes `X-Forwarded-For` of proxies in these networks and of nobody else: each proxy writes at the end whom it was called by, so the
 * addresses are read from the end for as long as they are of proxies. What somebody else put in front stays unread.
 *
 * @param networks each `isNetwork`
 */
export function believing(networks: readonly string[]): ClientOf {
  const trusted = new BlockList();
  for (const network of networks) {
    const [net = "", prefix] = network.split("/");
    const family = isIP(net) === 4 ? "ipv4" : "ipv6";
    if (prefix === undefined) trusted.addAddress(net, family);
    else trusted.addSubnet(net, Number(prefix), family);
  }
  const isProxy = (address: string): boolean =>
    isIP(address) !== 0 && trusted.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");
  return (connection, forwardedFor) => {
    let client = plain(connection);
    for (const said of (forwardedFor ?? "").split(",").reverse()) {
      const before = plain(said);
      if (!isProxy(client) || isIP(before) === 0) break;
      client = before;
    }
    return client;
  };
}

/** An address without brackets, port, zone, and the form in which IPv6 sockets show IPv4. */
function plain(text: string): string {
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\](?::\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  return bare.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "").replace(/%.*$/, "");
}

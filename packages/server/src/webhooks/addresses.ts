import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { BlockList, isIP, isIPv4 } from "node:net";

/** Networks that are nobody's public address: of the machine, private, shared, of documentation, multicast, reserved (IANA registries). */
const NOT_PUBLIC_4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
/** Inside the public part of IPv6: tunnels that lead to any IPv4 address, and what is reserved. */
const NOT_PUBLIC_6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const refused = new BlockList();
for (const [net, prefix] of NOT_PUBLIC_4) refused.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of NOT_PUBLIC_6) refused.addSubnet(net, prefix, "ipv6");
const publicSix = new BlockList();
publicSix.addSubnet("2000::", 3, "ipv6");

/** Where webhooks may go beside the public internet: networks that the operator of the broker has named. */
export interface EgressRules {
  /** Such as `10.1.0.0/16`; into these, plain `http` is taken too. */
  readonly networks: readonly string[];
  /** Ports of public addresses. */
  readonly ports: readonly number[];
}

export const PUBLIC_ONLY: EgressRules = { networks: [], ports: [443, 8443] };

/** Whether an address is one of the public internet, in whatever form it is written. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !refused.check(address, "ipv4");
  if (isIP(address) !== 6 || address.includes("%")) return false;
  return publicSix.check(address, "ipv6") && !refused.check(address, "ipv6");
}

/** Whether the operator has named a network that the address is in. */
export function isNamedAddress({ networks }: EgressRules, address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const named = new BlockList();
  for (const network of networks) {
    const [net = "", prefix = ""] = network.split("/");
    if (isIP(net) !== 0) named.addSubnet(net, Number(prefix), isIPv4(net) ? "ipv4" : "ipv6");
  }
  return named.check(address, version === 4 ? "ipv4" : "ipv6");
}

/** Why an address of an endpoint is not taken, from its text alone. */
export type UrlProblem = "not_a_url" | "not_https" | "has_credentials" | "port_not_allowed" | "not_public" | "too_long";

/** What can be said of an endpoint before its name is resolved; what its name leads to is checked at every connection. */
export function urlProblem(text: string, rules: EgressRules): UrlProblem | undefined {
  if (text.length > 2_000) return "too_long";
  if (!URL.canParse(text)) return "not_a_url";
  const url = new URL(text);
  const isInside = rules.networks.length > 0;
  if (url.protocol !== "https:" && !(isInside && url.protocol === "http:")) return "not_https";
  if (url.username !== "" || url.password !== "") return "has_credentials";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isLiteral = isIP(host) !== 0;
  if (isLiteral && isNamedAddress(rules, host)) return undefined;
  if (isLiteral && !isPublicAddress(host)) return "not_public";
  // A name without a dot, and `localhost`, are of the network inside.
  if (!isLiteral && !isInside && (!host.includes(".") || /(^|\.)localhost\.?$/i.test(host))) return "not_public";
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  return rules.ports.includes(port) || isInside ? undefined : "port_not_allowed";
}

/** The name of an endpoint leads to somewhere where webhooks do not go. */
export class RefusedAddress extends Error {
  readonly code = "address_refused";

  constructor() {
    super("The address is not one that webhooks go to.");
    this.name = "RefusedAddress";
  }
}

type Callback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
type Lookup = (host: string, options: object, callback: Callback) => void;

/**
 * Resolves a name and gives the connection the very address that was checked: a second resolution, which could say something else, never
 * happens. One refused address among several refuses the name.
 */
export function checkedLookup(rules: EgressRules, port: number, lookup: Lookup = systemLookup): Lookup {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, "");
      const addresses = found as LookupAddress[];
      const allowed = addresses.length > 0 && addresses.every(({ address }) => isAllowed(rules, address, port));
      const [first] = addresses;
      if (!allowed || first === undefined) return callback(new RefusedAddress(), "");
      return "all" in options && options.all === true
        ? callback(null, [first])
        : callback(null, first.address, first.family);
    });
  };
}

export function isAllowed(rules: EgressRules, address: string, port: number): boolean {
  return isNamedAddress(rules, address) || (isPublicAddress(address) && rules.ports.includes(port));
}

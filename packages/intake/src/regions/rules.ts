import type { RegionGroup } from "./group.ts";

/** Azure's names say no continent, so they are listed. @source learn.microsoft.com/azure/reliability/regions-list */
const AZURE: Readonly<Record<RegionGroup, string>> = {
  us: "centralus eastus eastus2 northcentralus southcentralus westcentralus westus westus2 westus3",
  usgov: "usgovarizona usgovtexas usgovvirginia usdodcentral usdodeast",
  ca: "canadacentral canadaeast",
  mx: "mexicocentral",
  sa: "brazilsouth brazilsoutheast chilecentral",
  eu:
    "austriaeast belgiumcentral denmarkeast francecentral francesouth germanynorth germanywestcentral italynorth northeurope " +
    "polandcentral spaincentral swedencentral swedensouth westeurope",
  uk: "uksouth ukwest",
  ch: "switzerlandnorth switzerlandwest",
  no: "norwayeast norwaywest",
  ap:
    "australiacentral australiacentral2 australiaeast australiasoutheast centralindia eastasia indonesiacentral japaneast " +
    "japanwest jioindiacentral jioindiawest koreacentral koreasouth malaysiawest newzealandnorth southeastasia southindia " +
    "westindia",
  cn: "chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2 chinanorth3",
  me: "israelcentral qatarcentral uaecentral uaenorth",
  af: "southafricanorth southafricawest",
};

/** CoreWeave's older zones carry airport codes. @source docs.coreweave.com/docs/platform/regions, column "location" */
const COREWEAVE_ZONES = "atl2a atl4a aus1a dfw1a pdx2a rdu1a rno2 sbn1a";

/** First match wins, so the exceptions stand before the continent. */
type Rule = readonly [prefix: string, group: RegionGroup];

const AWS: readonly Rule[] = [
  ["us-gov-", "usgov"],
  ["us-iso", "usgov"],
  ["us-", "us"],
  ["ca-", "ca"],
  ["mx-", "mx"],
  ["sa-", "sa"],
  ["eu-west-2", "uk"],
  ["eu-central-2", "ch"],
  ["eu-", "eu"],
  ["ap-", "ap"],
  ["cn-", "cn"],
  ["me-", "me"],
  ["il-", "me"],
  ["af-", "af"],
];

const GCP: readonly Rule[] = [
  ["us-", "us"],
  ["northamerica-northeast", "ca"],
  ["northamerica-south", "mx"],
  ["southamerica-", "sa"],
  ["europe-west2", "uk"],
  ["europe-west6", "ch"],
  ["europe-", "eu"],
  ["asia-", "ap"],
  ["australia-", "ap"],
  ["me-", "me"],
  ["africa-", "af"],
];

const OCI: readonly Rule[] = [
  ["us-gov-", "usgov"],
  ["us-langley-", "usgov"],
  ["us-luke-", "usgov"],
  ["us-", "us"],
  ["ca-", "ca"],
  ["mx-", "mx"],
  ["sa-", "sa"],
  ["eu-zurich-", "ch"],
  ["eu-", "eu"],
  ["uk-", "uk"],
  ["ap-", "ap"],
  ["me-", "me"],
  ["il-", "me"],
  ["af-", "af"],
];

const COREWEAVE: readonly Rule[] = [
  ["us-", "us"],
  ["ca-", "ca"],
  ["eu-", "eu"],
];

const NEBIUS: readonly Rule[] = [
  ["us-", "us"],
  ["eu-", "eu"],
  ["uk-", "uk"],
  ["me-", "me"],
];

function byPrefix(rules: readonly Rule[]): (region: string) => RegionGroup | undefined {
  return (region) => rules.find(([prefix]) => region.startsWith(prefix))?.[1];
}

function byName(names: readonly (readonly [string, RegionGroup])[]): (region: string) => RegionGroup | undefined {
  const groups = new Map(names);
  return (region) => groups.get(region);
}

const listed = (group: RegionGroup, names: string): (readonly [string, RegionGroup])[] =>
  names.split(" ").map((name) => [name, group] as const);

const coreweaveZone = byName(listed("us", COREWEAVE_ZONES));
const coreweavePrefix = byPrefix(COREWEAVE);

/** Per provider: the group of one of its regions, given in lower case; undefined for a region that the rules do not know. */
export const REGION_RULES: ReadonlyMap<string, (region: string) => RegionGroup | undefined> = new Map([
  ["aws", byPrefix(AWS)],
  ["azure", byName(Object.entries(AZURE).flatMap(([group, names]) => listed(group as RegionGroup, names)))],
  ["coreweave", (region: string) => coreweaveZone(region) ?? coreweavePrefix(region)],
  ["gcp", byPrefix(GCP)],
  ["nebius", byPrefix(NEBIUS)],
  ["oci", byPrefix(OCI)],
]);

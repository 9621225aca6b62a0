import type { Rational } from "../kernel/index.ts";

/** Dimensions that Offtake declares facts for itself. Names with `x_` are our additions to the FOCUS columns. */
export const OFFTAKE_DIMENSIONS = [
  "RegionId",
  "AvailabilityZone",
  "ServiceProviderName",
  "HostProviderName",
  "InvoiceIssuerName",
  "ServiceName",
  "x_Purpose",
  "x_AcceleratorClass",
  "x_SourceClass",
  "x_NewCapacity",
  "x_Channel",
  "x_Product",
  "x_BlockId",
  "x_RequestId",
  "x_Project",
] as const;

/** Columns of FOCUS 1.4 Cost and Usage that describe a charge in words, so that a scope may name them. */
export const FOCUS_DIMENSIONS = [
  "BillingAccountId",
  "BillingAccountName",
  "BillingAccountType",
  "BillingCurrency",
  "CapacityReservationId",
  "CapacityReservationStatus",
  "ChargeCategory",
  "ChargeClass",
  "ChargeFrequency",
  "CommitmentDiscountCategory",
  "CommitmentDiscountId",
  "CommitmentDiscountStatus",
  "CommitmentDiscountType",
  "ConsumedUnit",
  "InvoiceId",
  "PricingCategory",
  "PricingCurrency",
  "PricingUnit",
  "RegionName",
  "ResourceId",
  "ResourceName",
  "ResourceType",
  "ServiceCategory",
  "ServiceSubcategory",
  "SkuId",
  "SkuMeter",
  "SkuPriceId",
  "SubAccountId",
  "SubAccountName",
  "SubAccountType",
] as const;

export type OfftakeDimension = (typeof OFFTAKE_DIMENSIONS)[number];
/** Any column name is allowed; the ones we declare facts for are offered by the editor. */
export type Dimension = OfftakeDimension | (typeof FOCUS_DIMENSIONS)[number] | (string & Record<never, never>);

export const OPERATORS = [
  "In",
  "NotIn",
  "StartsWith",
  "NotStartsWith",
  "Contains",
  "NotContains",
  "EndsWith",
  "Exists",
  "DoesNotExist",
] as const;

export type Operator = (typeof OPERATORS)[number];
export type Junction = "And" | "Or";

/** Which part of what is in scope counts, each from 0 to 1. A key left out counts whole (rule SCP15). */
export interface Applicability {
  readonly Cost?: Rational;
  readonly Usage?: Rational;
}

/**
 * One comparison of one dimension with a list of values, without regard to case.
 *
 * `["*"]` stands for every value (In, Contains) or for the presence itself (Exists, DoesNotExist). In In and NotIn a value
 * that ends in `*` means the prefix before it: `us-*`. A `*` anywhere else is refused by `checkScope`.
 */
export interface ScopeTest {
  readonly Dimension: Dimension;
  readonly Operator: Operator;
  readonly Values: readonly string[];
  /** Only on a rule directly under Inclusions; overrides the scope's own. */
  readonly Applicability?: Applicability;
}

/** Rules joined inside a rule: two carve-outs of two conditions each need it. Our addition; FOCUS has one level. */
export interface ScopeGroup {
  readonly GroupOperator: Junction;
  readonly Rules: readonly ScopeRule[];
  readonly Applicability?: Applicability;
}

export type ScopeRule = ScopeTest | ScopeGroup;

/**
 * What a right, a carve-out, a commitment or a revenue share is about.
 *
 * @source FOCUS 1.4, column ContractCommitmentApplicability
 */
export interface Scope {
  /** Everything, save the exclusions. Goes without Inclusions. */
  readonly IsGlobalScope?: boolean;
  /** The text says more than this grammar can: every answer is "unknown", save what the exclusions take out. */
  readonly IsComplexScope?: boolean;
  readonly Applicability?: Applicability;
  /** Default And. */
  readonly InclusionOperator?: Junction;
  readonly Inclusions?: readonly ScopeRule[];
  /** Default Or. */
  readonly ExclusionOperator?: Junction;
  readonly Exclusions?: readonly ScopeRule[];
}

export type Verdict = "yes" | "no" | "unknown";

export function isGroup(rule: ScopeRule): rule is ScopeGroup {
  return "Rules" in rule;
}

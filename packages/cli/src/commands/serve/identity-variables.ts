/** The variables that name an identity provider, for help and documentation. */
export const IDENTITY_VARIABLES: readonly (readonly [name: string, what: string])[] = [
  ["OFFTAKE_OIDC_ISSUER", "where people log in: the issuer of an OpenID provider"],
  ["OFFTAKE_OIDC_CLIENT_ID", "what the broker is called there"],
  [
    "OFFTAKE_OIDC_CLIENT_SECRET_FILE",
    "a file with its secret, or OFFTAKE_OIDC_CLIENT_SECRET; neither for a public client",
  ],
  ["OFFTAKE_OIDC_NAME", "what the login page calls it; Company login when absent"],
  ["OFFTAKE_OIDC_GROUPS_CLAIM", "the claim with a person's groups; groups when absent"],
  [
    "OFFTAKE_OIDC_TRUST_EMAIL",
    "1: takes addresses without email_verified, of a provider where nobody chooses an address",
  ],
];

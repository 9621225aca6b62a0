import type { Schemas } from "@offtake/client";

type Roles = Schemas["MemberBody"]["roles"];

/** Roles as a person types them; which there are, the broker says. */
export function rolesOf(typed: string): Roles {
  const words = typed.split(",").map((word) => word.trim());
  return words.filter((word) => word !== "") as unknown as Roles;
}

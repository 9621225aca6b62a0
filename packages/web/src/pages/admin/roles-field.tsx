import type { Schemas } from "@offtake/client";

export type Role = Schemas["KeyBody"]["roles"][number];

const ABOUT: Readonly<Record<Role, string>> = {
  procurement: "asks, awards, keeps agreements",
  finance: "sees prices, records rates",
  engineer: "asks for compute",
  "provider-desk": "answers notices, bids",
  auditor: "reads what it was granted",
  operator: "runs the broker, sees no content",
  admin: "members, keys, webhooks",
  legal: "confirms readings, decides conflicts",
  signatory: "may bind the party",
};

const ROLES = Object.keys(ABOUT) as readonly Role[];

interface RolesFieldProps {
  readonly value: readonly Role[];
  readonly onChange: (value: readonly Role[]) => void;
}

/** What somebody may do: each role with what it is for. */
export function RolesField({ value, onChange }: RolesFieldProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-xs text-ink-soft">Roles</legend>
      <div className="grid gap-1 sm:grid-cols-2">
        {ROLES.map((role) => (
          <label key={role} className="flex min-h-7 cursor-pointer items-center gap-2 rounded px-1.5 hover:bg-hover">
            <input
              type="checkbox"
              checked={value.includes(role)}
              onChange={() => onChange(value.includes(role) ? value.filter((one) => one !== role) : [...value, role])}
              className="size-4 accent-(--accent)"
            />
            <span className="min-w-0">
              {role} <span className="text-xs text-ink-soft">{ABOUT[role]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

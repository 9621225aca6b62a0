import type { ReactNode } from "react";

/** A drawing of one line's weight beside a word: it says nothing that the word does not. */
function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className="size-4 shrink-0"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

export const ICONS = {
  queue: (
    <Icon>
      <path d="M2.5 9.5 4.5 3h7l2 6.5v3h-11z M2.5 9.5h3l1 1.5h3l1-1.5h3" />
    </Icon>
  ),
  requests: (
    <Icon>
      <path d="M3 4h10M3 8h10M3 12h6" />
    </Icon>
  ),
  agreements: (
    <Icon>
      <path d="M4 2h5.5L13 5.5V14H4zM9.5 2v3.5H13M6.5 8.5h4M6.5 11h4" />
    </Icon>
  ),
  capacity: (
    <Icon>
      <path d="M2 13h12M3.5 13V9h2.2v4M6.9 13V6h2.2v7M10.3 13V3h2.2v10" />
    </Icon>
  ),
  position: (
    <Icon>
      <path d="M2 13h12M2 4h12M3.5 13V7.5h2.2V13M6.9 13V9.5h2.2V13M10.3 13V5.5h2.2V13" />
    </Icon>
  ),
  commitments: (
    <Icon>
      <path d="M2 12c3 0 4-7 7-7 2 0 2.5 2 5 2M2 14h12" />
    </Icon>
  ),
  awards: (
    <Icon>
      <path d="M5 2.5h6v4a3 3 0 0 1-6 0zM8 9.5V12M5.5 13.5h5M5 4H2.8c0 2 .7 3 2.2 3M11 4h2.2c0 2-.7 3-2.2 3" />
    </Icon>
  ),
  inbox: (
    <Icon>
      <path d="M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5" />
    </Icon>
  ),
  evidence: (
    <Icon>
      <path d="M8 1.8 13 4v4c0 3-2 5-5 6.2C5 13 3 11 3 8V4zM5.8 8l1.6 1.6 3-3.2" />
    </Icon>
  ),
  dates: (
    <Icon>
      <path d="M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5V5M10.5 2.5V5" />
    </Icon>
  ),
  prices: (
    <Icon>
      <path d="M8 2h5.5v5.5L7.5 13.5 2.5 8.5zM10.8 4.7v.1" />
    </Icon>
  ),
  search: (
    <Icon>
      <circle cx="7" cy="7" r="4.2" />
      <path d="m10.2 10.2 3.3 3.3" />
    </Icon>
  ),
  approvals: (
    <Icon>
      <path d="M2.5 4h7M2.5 8h4M2.5 12h3M8 11l2 2 4-5" />
    </Icon>
  ),
  people: (
    <Icon>
      <circle cx="6" cy="5.5" r="2.3" />
      <path d="M2 13.5c0-2.6 1.6-4 4-4s4 1.4 4 4M10.5 3.5a2.2 2.2 0 0 1 0 4M12 9.8c1.3.6 2 1.8 2 3.7" />
    </Icon>
  ),
  keys: (
    <Icon>
      <circle cx="5" cy="11" r="2.5" />
      <path d="m7 9 5.5-5.5M10.5 5.5 12.5 7.5" />
    </Icon>
  ),
  webhooks: (
    <Icon>
      <path d="M5.5 6.5a2.5 2.5 0 1 1 4-2L7 9.5M6 11.5a2.5 2.5 0 1 1-2.5-3M9 12h3a2.5 2.5 0 1 0-1.5-4.5L8 4" />
    </Icon>
  ),
  system: (
    <Icon>
      <path d="M2 8h2.5L6 4l3 8 1.7-4H14" />
    </Icon>
  ),
  try: (
    <Icon>
      <path d="M5 3v10l8-5z" />
    </Icon>
  ),
  light: (
    <Icon>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M12.6 3.4l-1.1 1.1M4.5 11.5l-1.1 1.1" />
    </Icon>
  ),
  dark: (
    <Icon>
      <path d="M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z" />
    </Icon>
  ),
  down: (
    <Icon>
      <path d="m5 6.5 3 3 3-3" />
    </Icon>
  ),
  menu: (
    <Icon>
      <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />
    </Icon>
  ),
} as const;

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./styles/index.css";
import { Console } from "./app/console.tsx";
import { startTheme } from "./app/theme.ts";
import { httpTransport } from "./transport/http.ts";
import type { Transport } from "./transport/transport.ts";

const place = document.getElementById("console");
if (place === null) throw new Error("Broken belief: the page has a place for the console");
startTheme();
const root = createRoot(place);
const draw = (transport: Transport): void =>
  root.render(
    <StrictMode>
      <Console transport={transport} />
    </StrictMode>,
  );

/** A story that runs in the page itself is loaded with all that decides it; everybody else asks the broker that served the page. */
async function transportOf(search: URLSearchParams): Promise<Transport> {
  const story = search.get("demo");
  if (story === null) return httpTransport();
  const { demoTransport } = await import("./demo/index.ts");
  return demoTransport(story, search.get("at") ?? undefined);
}

draw(await transportOf(new URLSearchParams(location.search)));

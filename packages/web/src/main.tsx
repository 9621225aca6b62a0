import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./styles/index.css";
import { Console } from "./app/console.tsx";
import { httpTransport } from "./transport/http.ts";

const place = document.getElementById("console");
if (place === null) throw new Error("Broken belief: the page has a place for the console");
createRoot(place).render(
  <StrictMode>
    <Console transport={httpTransport()} />
  </StrictMode>,
);

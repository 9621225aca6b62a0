import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../styles/index.css";
import { Gallery } from "./gallery.tsx";

// Every piece of the console in every state, to be looked at: `npm run gallery -w packages/web`. No part of what is served.
const place = document.getElementById("gallery");
if (place === null) throw new Error("Broken belief: the page has a place for the gallery");
createRoot(place).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);

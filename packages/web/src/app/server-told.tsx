import { useSyncExternalStore } from "react";
import { Button } from "../surface/button.tsx";
import type { ServerSays } from "../transport/server-state.ts";
import type { Transport } from "../transport/transport.ts";

const NOTHING: ServerSays = { build: undefined, isReadOnly: false };
const never = () => () => undefined;

/** What the broker said last beside its answers; nothing of a broker that runs in the page. */
export function useServerSays({ server }: Transport): ServerSays {
  return useSyncExternalStore(server?.onChange ?? never, server?.read ?? (() => NOTHING));
}

export const READ_ONLY = "This broker only answers now: nothing can be changed";

/** Of which build this page is; nothing where it was not built, as while somebody works on it. */
function ownBuild(): string | undefined {
  const told = document.querySelector<HTMLMetaElement>("meta[name=offtake-build]")?.content;
  return told === "development" ? undefined : told;
}

/** What everybody must know who looks at a page of a broker that changed beneath it. */
export function ServerTold({ transport }: { readonly transport: Transport }) {
  const { build, isReadOnly } = useServerSays(transport);
  const own = ownBuild();
  const isOld = own !== undefined && build !== undefined && own !== build;
  return (
    <div role="status" className="print:hidden">
      {isReadOnly ? (
        <p className="border-b border-line bg-attention-ground px-4 py-1.5">
          <span aria-hidden="true" className="text-attention">
            ▲
          </span>{" "}
          <strong className="font-semibold">Read-only.</strong> This broker answers and changes nothing now. Deadlines
          run on; what you fill in is kept in this browser until it can be sent.
        </p>
      ) : undefined}
      {isOld ? (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-waiting-ground px-4 py-1.5">
          <span>
            <span aria-hidden="true" className="text-waiting">
              ◔
            </span>{" "}
            The broker has a newer console than this page. What you have filled in is kept.
          </span>
          <Button onPress={() => location.reload()}>Reload</Button>
        </p>
      ) : undefined}
    </div>
  );
}

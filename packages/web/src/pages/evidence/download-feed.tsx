import { useActing } from "../../app/acting.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { saveFile } from "../../files/save.ts";
import { Button } from "../../surface/button.tsx";

const FORMATS = [
  ["ndjson", "Download the feed", "main"],
  ["csv", "As CSV", "plain"],
] as const;

/** Everything that one's party was told, as the files that `offtake export feed` writes. */
export function DownloadFeed() {
  const { client } = useBroker();
  const { book, party } = useSeat();
  const { isBusy, act } = useActing();
  const take = (format: (typeof FORMATS)[number][0]): void => {
    void act(async () => {
      const answer = await client.send("feedReadExport", { params: { book }, query: { format } });
      saveFile(await answer.blob(), `${book}.${party}.feed.${format}`);
    });
  };
  return FORMATS.map(([format, word, look]) => (
    <Button
      key={format}
      look={look}
      disabledReason={isBusy ? "It is on its way" : undefined}
      onPress={() => take(format)}
    >
      {word}
    </Button>
  ));
}

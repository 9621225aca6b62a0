import type { Told } from "./request-page.tsx";

/** A letter of a notice, as its holder would get it. */
export interface Letter {
  readonly notice: string;
  readonly holder: string;
  readonly sentAt: string;
}

/** A file that stands behind something on record: the mail or the paper that an answer or a bid was read from. */
export interface RecordedFile {
  readonly file: string;
  readonly by: string;
  readonly medium: string;
  readonly what: "answer" | "bid";
  readonly party: string;
  readonly at: string;
}

export const lettersOf = ({ notices }: Pick<Told, "notices">): readonly Letter[] =>
  notices.map(({ id, view }) => ({ notice: id, holder: view.notice.holder, sentAt: view.notice.sentAt }));

interface Recording {
  readonly by: string;
  readonly medium: string;
  readonly file: string;
}

/** What was recorded for others, with the file that it was read from. */
export function recordedFilesOf({ request, notices }: Pick<Told, "request" | "notices">): readonly RecordedFile[] {
  const ofAnswers = notices.flatMap(({ view }) =>
    view.answers.flatMap((answer) =>
      fileOf(answer, { what: "answer", party: view.notice.holder, at: answer.receivedAt }),
    ),
  );
  const ofBids = request.view.tenders
    .flatMap(({ opened }) => opened)
    .flatMap((bid) => fileOf(bid, { what: "bid", party: bid.bidder, at: bid.receivedAt }));
  return [...ofAnswers, ...ofBids];
}

function fileOf(told: object, about: Pick<RecordedFile, "what" | "party" | "at">): readonly RecordedFile[] {
  const { recording } = told as { readonly recording?: Recording };
  return recording === undefined ? [] : [{ ...recording, ...about }];
}

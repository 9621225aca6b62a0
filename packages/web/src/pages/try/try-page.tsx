import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { type Broker, clientOf, useBroker } from "../../app/broker.ts";
import { reading } from "../../app/queries.ts";
import { Badge } from "../../states/badge.tsx";
import { Button } from "../../surface/button.tsx";
import { type Card, type CardId, cardsOf } from "../../tryit/cards.ts";
import { PageTitle } from "../page-title.tsx";

const BIDDER = "ember";

const WORDS: Readonly<Record<CardId, { readonly title: string; readonly text: string; readonly act: string }>> = {
  submit: {
    title: "A request is submitted",
    text: "Aurora Labs asks for 4,096 H100 for 90 days. An agreement gives Meridian Cloud the right to be asked first.",
    act: "Read the request",
  },
  answer: {
    title: "Be Meridian: accept part of it",
    text: "You see only what Meridian may see. Accept 2,500, and let Corvid Cloud run 800 of them.",
    act: "Answer as Meridian",
  },
  clock: {
    title: "Move the clock past the deadline",
    text: "Five business days over the change of the clocks. What nobody answers by then counts as refused.",
    act: "Move the clock",
  },
  bid: {
    title: "Be Ember: bid for the rest",
    text: "Ember does not know who else was asked, nor what was refused. Its bid stays sealed until the close.",
    act: "Bid as Ember",
  },
  award: {
    title: "Award, and read why",
    text: "Bids are opened at the close and compared with what the agreements already promise.",
    act: "Move to the close",
  },
  evidence: {
    title: "Take the evidence away",
    text: "Everything that was told, chained entry by entry, checked in this browser without any server.",
    act: "Go to the evidence",
  },
};

/** Six cards for a first visit: each says what it shows, does it, and is ticked off once it has happened. */
export function TryPage() {
  const broker = useBroker();
  const cards = useCards(broker);
  const navigate = useNavigate();
  const { as: _, ...search } = useSearch({ from: "__root__" });
  const [isMoving, setIsMoving] = useState(false);
  const { clock } = broker.transport;
  const keeper = broker.session.chosen;
  const seatFor = (party: string | undefined) =>
    keeper === undefined || party === undefined ? {} : { as: `${keeper.book}/${party}` };
  const move = (): void => {
    const due = clock?.nextDue();
    if (clock === undefined || due === undefined) return;
    setIsMoving(true);
    void clock.moveTo(due + 1).finally(() => setIsMoving(false));
  };
  const run = ({ id, state, request = "", object = "", as }: Card): void => {
    const own = { ...search, ...seatFor(keeper?.party) };
    switch (id) {
      case "submit":
        return void navigate({ to: "/requests/$request", params: { request }, search: own });
      case "answer":
        return void navigate({
          to: "/offers/$notice",
          params: { notice: object },
          search: { ...search, ...seatFor(as) },
        });
      case "clock":
        return move();
      case "bid":
        return void navigate({
          to: "/lots/$invitation",
          params: { invitation: object },
          search: { ...search, ...seatFor(BIDDER) },
        });
      case "award":
        if (state === "done")
          return void navigate({ to: "/requests/$request/$tab", params: { request, tab: "explain" }, search: own });
        return move();
      case "evidence":
        return void navigate({ to: "/evidence", search: own });
    }
  };
  return (
    <>
      <PageTitle
        title="Try it"
        under="A whole round in six steps. Everybody is played by you, the clock is yours, and everything runs in this page."
      />
      <ol className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {cards.map((card, index) => (
          <li key={card.id}>
            <TryCard
              card={card}
              number={index + 1}
              isMoving={isMoving}
              canMove={clock?.nextDue() !== undefined}
              onRun={() => run(card)}
            />
          </li>
        ))}
      </ol>
    </>
  );
}

interface TryCardProps {
  readonly card: Card;
  readonly number: number;
  readonly isMoving: boolean;
  readonly canMove: boolean;
  readonly onRun: () => void;
}

function TryCard({ card, number, isMoving, canMove, onRun }: TryCardProps) {
  const { title, text, act } = WORDS[card.id];
  const isDone = card.state === "done";
  return (
    <section
      aria-labelledby={`try-${card.id}`}
      {...(card.state === "next" ? { "aria-current": "step" as const } : {})}
      className={`flex h-full flex-col gap-2 rounded-lg border bg-panel p-4 ${card.state === "next" ? "border-accent" : "border-line"}`}
    >
      <div className="flex items-center justify-between gap-3">
        <span
          aria-hidden="true"
          className="grid size-6 place-items-center rounded-full border border-line-strong text-xs"
        >
          {isDone ? "✓" : number}
        </span>
        {isDone ? (
          <Badge family="secured" word="Done" />
        ) : card.state === "next" ? (
          <Badge family="waiting" word="Next" />
        ) : undefined}
      </div>
      <h2 id={`try-${card.id}`} className="text-md font-semibold">
        {title}
      </h2>
      <p className="flex-1 text-ink-soft">{text}</p>
      <div>
        <Button
          look={card.state === "next" ? "main" : "plain"}
          onPress={onRun}
          disabledReason={whyNot(card, isMoving, canMove)}
        >
          {card.id === "award" && isDone ? "Read why" : act}
        </Button>
      </div>
    </section>
  );
}

/** Why a card cannot be done now: it says so where it is. */
function whyNot({ id, state, object }: Card, isMoving: boolean, canMove: boolean): string | undefined {
  if (isMoving) return "The clock is moving";
  if (id === "answer" && object === undefined) return state === "done" ? "It has been answered" : "Nobody is asked now";
  if (id === "bid" && object === undefined) return "Nothing is open to the market yet";
  if (id === "clock" && state === "done") return "The notice is closed already";
  if ((id === "clock" || id === "award") && state !== "done" && !canMove) return "Nothing falls due";
  return id === "award" && state === "later" ? "Something comes before it" : undefined;
}

/** What the keeper and the bidder know, whoever is looked at now. */
function useCards(broker: Broker): readonly Card[] {
  const { session, transport } = broker;
  const keeper = session.memberships.find(
    ({ party, book }) => party === session.chosen?.party && book === session.chosen.book,
  );
  const bidder = session.memberships.find(({ party, book }) => party === BIDDER && book === session.chosen?.book);
  const ofKeeper = { ...broker, seat: keeper, client: clientOf(transport, keeper) };
  const ofBidder = { ...broker, seat: bidder, client: clientOf(transport, bidder) };
  const often = { refetchInterval: 1_000 };
  const requests = useQuery({ ...reading(ofKeeper, "requestList", {}), ...often });
  const notices = useQuery({ ...reading(ofKeeper, "noticeList", {}), ...often });
  const invitations = useQuery({ ...reading(ofBidder, "invitationList", {}), enabled: bidder !== undefined, ...often });
  const bids = useQuery({ ...reading(ofBidder, "bidList", {}), enabled: bidder !== undefined, ...often });
  return cardsOf({
    requests: requests.data?.data ?? [],
    notices: notices.data?.data ?? [],
    invitations: invitations.data?.data ?? [],
    bids: bids.data?.data ?? [],
  });
}

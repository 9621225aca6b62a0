import type { Schemas } from "@offtake/client";
import { useState } from "react";
import { useActing } from "../../app/acting.ts";
import { useBroker, useSeat } from "../../app/broker.ts";
import { useReading } from "../../app/queries.ts";
import { CopyAs } from "../../copy/copy-as.tsx";
import { Instant } from "../../clock/instant.tsx";
import { NoneYet } from "../../lists/list-states.tsx";
import { Badge } from "../../states/badge.tsx";
import { Button } from "../../surface/button.tsx";
import { Confirm } from "../../surface/confirm.tsx";
import { WordsField } from "../fields.tsx";
import { PageTitle } from "../page-title.tsx";
import { AddForm } from "./add-form.tsx";
import { OwnList } from "./own-list.tsx";
import { type Role, RolesField } from "./roles-field.tsx";
import { ShownOnce } from "./shown-once.tsx";

type MemberTold = Schemas["Member"];

/** Who belongs to the party, and what each may do. */
export function MembersPage() {
  const { book } = useSeat();
  const query = useReading("memberList", {});
  const [isInviting, setIsInviting] = useState(false);
  const [login, setLogin] = useState<Schemas["OneTimeLogin"]>();
  return (
    <>
      <PageTitle
        title="Members"
        under="People of your party, and what each may do."
        actions={
          <>
            <CopyAs cli={["member", "list"]} call={{ method: "GET", path: `/v1/books/${book}/members` }} />
            <Button look="main" onPress={() => setIsInviting(true)}>
              Invite
            </Button>
          </>
        }
      />
      <div className="space-y-4">
        {login === undefined ? undefined : (
          <ShownOnce
            title="Hand this to the person"
            secret={`${location.origin}/login?code=${login.code}`}
            note={`It logs in once, until ${login.expiresAt}.`}
            onDone={() => setLogin(undefined)}
          />
        )}
        {isInviting ? <Invite onDone={() => setIsInviting(false)} onLogin={setLogin} /> : undefined}
        <OwnList
          query={query}
          what="members"
          empty={<NoneYet command="offtake member invite">People of your party will be here.</NoneYet>}
        >
          {(member) => <Member key={member.person} member={member} onLogin={setLogin} />}
        </OwnList>
      </div>
    </>
  );
}

interface InviteProps {
  readonly onDone: () => void;
  readonly onLogin: (login: Schemas["OneTimeLogin"] | undefined) => void;
}

function Invite({ onDone, onLogin }: InviteProps) {
  const { client } = useBroker();
  const { book } = useSeat();
  const { isBusy, act } = useActing();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [roles, setRoles] = useState<readonly Role[]>([]);
  const invite = async (): Promise<void> => {
    const body = { name: name.trim(), roles, ...(email.trim() === "" ? {} : { email: email.trim() }) };
    const worked = await act(async () => {
      const { value } = await client.call("memberInvite", { params: { book }, body });
      onLogin(value.data.login);
    }, `${body.name} is invited`);
    if (worked) onDone();
  };
  const reason =
    name.trim() === ""
      ? "A name is needed"
      : roles.length === 0
        ? "Choose at least one role"
        : isBusy
          ? "It is being sent"
          : undefined;
  return (
    <AddForm title="Invite somebody" label="Invite" reason={reason} onAdd={() => void invite()} onDone={onDone}>
      <div className="grid gap-4 sm:grid-cols-2">
        <WordsField label="Name" value={name} onChange={setName} />
        <WordsField
          label="Email"
          value={email}
          onChange={setEmail}
          note="For letters and reminders; may be left out."
        />
      </div>
      <RolesField value={roles} onChange={setRoles} />
    </AddForm>
  );
}

interface MemberProps {
  readonly member: MemberTold;
  readonly onLogin: InviteProps["onLogin"];
}

function Member({ member, onLogin }: MemberProps) {
  const { client, session } = useBroker();
  const { book } = useSeat();
  const { isBusy, act } = useActing();
  const [editing, setEditing] = useState<readonly Role[]>();
  const [isRemoving, setIsRemoving] = useState(false);
  const { person, name, email, roles, groupRoles, removedAt, invitedAt, signsAs } = member;
  const isSelf = session.memberships.some((one) => one.person === person);
  const shownName = name ?? person;
  const params = { book, person };
  const newLogin = (): Promise<boolean> =>
    act(async () => onLogin((await client.call("memberInviteAgain", { params })).value.data));
  const save = async (): Promise<void> => {
    if (editing === undefined) return;
    const body = { roles: editing, ...(signsAs === null ? {} : { signsAs }) };
    if (await act(() => client.call("memberRolesSet", { params, body }), `Roles of ${shownName} are changed`))
      setEditing(undefined);
  };
  const remove = async (): Promise<void> => {
    setIsRemoving(false);
    await act(() => client.call("memberRemove", { params, body: {} }), `${shownName} is removed`);
  };
  const removed = removedAt === null ? undefined : removedAt;
  return (
    <li className="space-y-3 px-4 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {shownName}
            {isSelf ? <span className="text-xs font-normal text-ink-soft">you</span> : undefined}
            {removed === undefined ? undefined : <Badge family="neutral" word="Removed" />}
          </p>
          <p className="text-xs text-ink-soft">
            {email ?? "no email"} · <span className="font-mono">{person}</span> · invited <Instant at={invitedAt} />
            {signsAs === null ? "" : ` · signs as ${signsAs}`}
          </p>
          <p className="mt-1 text-ink-soft">
            {[...roles, ...groupRoles.map((role) => `${role} (by group)`)].join(", ") || "no role"}
          </p>
        </div>
        {removed === undefined ? (
          <div className="flex flex-wrap gap-2">
            <Button look="quiet" onPress={() => setEditing(editing === undefined ? roles : undefined)}>
              Roles
            </Button>
            <Button
              writes
              look="quiet"
              onPress={() => void newLogin()}
              disabledReason={isBusy ? "Something is on its way" : undefined}
            >
              New login
            </Button>
            <Button
              writes
              look="quiet"
              onPress={() => setIsRemoving(true)}
              disabledReason={isSelf ? "Somebody else must remove you" : undefined}
            >
              Remove
            </Button>
          </div>
        ) : undefined}
      </div>
      {editing === undefined ? undefined : (
        <div className="space-y-3 rounded-md border border-line bg-sunken p-3">
          <RolesField value={editing} onChange={setEditing} />
          <Button
            writes
            look="main"
            onPress={() => void save()}
            disabledReason={isBusy ? "It is being sent" : undefined}
          >
            Save roles
          </Button>
        </div>
      )}
      <Confirm
        isOpen={isRemoving}
        onClose={() => setIsRemoving(false)}
        onConfirm={() => void remove()}
        title={`Remove ${shownName}?`}
        typed={person}
        label="Remove"
      >
        Sessions and keys end at once. What is on record stays there under the id.
      </Confirm>
    </li>
  );
}

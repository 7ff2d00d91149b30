import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api/client";
import type { Entity, EntityEdit } from "../../api/types";
import { usePreferences } from "../../app/preferences";
import { FindingReasons } from "../../parts/FindingReasons";
import { Trouble } from "../../parts/States";
import { Recorded } from "../../parts/When";
import { Code, Machine } from "../../parts/Words";
import { number } from "../../text/dates";
import { EntityName } from "./Entity";
import css from "./Entity.module.css";

/** After a decision everything that shows entities is read again. */
function useDecision(decide: (reason: string) => Promise<unknown>, done?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: decide,
    onSuccess: () => {
      done?.();
      void client.invalidateQueries({ queryKey: ["entities"] });
      void client.invalidateQueries({ queryKey: ["reports"] });
    },
  });
}

/** A reason and the button that decides. */
function Reason({
  label,
  decide,
  done,
  cancel,
}: {
  label: string;
  decide: (reason: string) => Promise<unknown>;
  done: () => void;
  cancel: () => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const decision = useDecision(decide, done);
  return (
    <form
      className={css.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        decision.mutate(reason);
      }}
    >
      <Textarea
        label={t("reason")}
        description={t("entity.reason")}
        dir="auto"
        autosize
        minRows={2}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {decision.isError ? <Trouble error={decision.error} /> : null}
      <p className={css.buttons}>
        <Button type="submit" size="compact-sm" loading={decision.isPending} disabled={reason.trim() === ""}>
          {label}
        </Button>
        <Button variant="default" size="compact-sm" onClick={cancel}>
          {t("cancel")}
        </Button>
      </p>
    </form>
  );
}

/** Who may be the same: accepted or rejected by a person. */
export function Proposals({ entity }: { entity: Entity }) {
  const { t } = useTranslation();
  if (entity.proposals.length === 0) return null;
  return (
    <section>
      <h2>
        {t("entity.proposals")} <Machine />
      </h2>
      <ul className={css.proposals}>
        {entity.proposals.map((p) => (
          <Proposed key={p.entity.id} entity={entity} proposal={p} />
        ))}
      </ul>
    </section>
  );
}

function Proposed({ entity, proposal }: { entity: Entity; proposal: Entity["proposals"][number] }) {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  const other = proposal.entity.id;
  return (
    <li data-proposal={other}>
      <p>
        <Link to="/entities/$id" params={{ id: other }}>
          <EntityName entity={proposal.entity} />
        </Link>{" "}
        <small>
          <bdi>{number(proposal.score, reading, { style: "percent", maximumFractionDigits: 0 })}</bdi>
          {" · "}
          {t("entity.reports", { count: proposal.entity.reports, n: number(proposal.entity.reports, reading) })}
        </small>
      </p>
      <FindingReasons found={proposal} className={css.why} />
      <Verdict one={entity.id} other={other} may={entity.may_decide} />
    </li>
  );
}

/** The buttons that decide whether two are one, each with a reason. */
export function Verdict({ one, other, may }: { one: string; other: string; may: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"merge" | "apart" | null>(null);
  const path = { params: { path: { id: one } } };
  const close = () => setOpen(null);
  return (
    <>
      {may && open === null ? (
        <p className={css.buttons}>
          <Button size="compact-sm" variant="default" onClick={() => setOpen("merge")} data-accept>
            {t("entity.merge")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setOpen("apart")} data-reject>
            {t("entity.apart")}
          </Button>
        </p>
      ) : null}
      {open === "merge" ? (
        <Reason
          label={t("entity.merge")}
          decide={(reason) => answer(api.POST("/entities/{id}/merge", { ...path, body: { other, reason } }))}
          done={close}
          cancel={close}
        />
      ) : null}
      {open === "apart" ? (
        <Reason
          label={t("entity.apart")}
          decide={(reason) => answer(api.POST("/entities/{id}/apart", { ...path, body: { other, reason } }))}
          done={close}
          cancel={close}
        />
      ) : null}
    </>
  );
}

/** Reports that were chosen mean another: they are taken out together. */
export function Split({ entity, reports, done }: { entity: Entity; reports: string[]; done: () => void }) {
  const { t } = useTranslation();
  const { reading } = usePreferences();
  return (
    <div className={css.split}>
      <p>{t("entity.split.chosen", { count: reports.length, n: number(reports.length, reading) })}</p>
      <Reason
        label={t("entity.split")}
        decide={(reason) =>
          answer(api.POST("/entities/{id}/split", { params: { path: { id: entity.id } }, body: { reports, reason } }))
        }
        done={done}
        cancel={done}
      />
    </div>
  );
}

const said = {
  merge: "entity.decision.merge",
  split: "entity.decision.split",
  reject: "entity.decision.reject",
} as const;

/** What persons decided, and the way back. */
export function Decisions({ entity }: { entity: Entity }) {
  const { t } = useTranslation();
  if (entity.edits.length === 0) return null;
  return (
    <section>
      <h2>{t("entity.decisions")}</h2>
      <ol className={css.decisions}>
        {entity.edits.map((e) => (
          <Decision key={e.id} edit={e} may={entity.may_decide} of={entity.id} />
        ))}
      </ol>
    </section>
  );
}

function Decision({ edit, may, of }: { edit: EntityEdit; may: boolean; of: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const other = edit.other === of ? edit.entity : edit.other;
  const undone = edit.undone;
  let back: ReactNode = null;
  if (undone) {
    back = (
      <div className={css.quiet}>
        <p>
          {t("entity.undone")} <bdi>{undone.by}</bdi> <Code>{undone.member}</Code>{" "}
          <Recorded at={undone.at} never={t("when.never")} />
        </p>
        {undone.reason ? <p dir="auto">{undone.reason}</p> : null}
      </div>
    );
  } else if (open) {
    back = (
      <Reason
        label={t("entity.undo")}
        decide={(reason) =>
          answer(api.POST("/entity-decisions/{id}/undo", { params: { path: { id: edit.id } }, body: { reason } }))
        }
        done={() => setOpen(false)}
        cancel={() => setOpen(false)}
      />
    );
  } else if (may) {
    back = (
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)} data-undo>
        {t("entity.undo")}
      </Button>
    );
  }
  return (
    <li data-decision={edit.action} data-undone={undone ? "" : undefined}>
      <p>
        {t(said[edit.action])}{" "}
        <Link to="/entities/$id" params={{ id: other }}>
          <Code>{other}</Code>
        </Link>
      </p>
      <p className={css.meta}>
        <span>
          <bdi>{edit.by}</bdi> <Code>{edit.member}</Code>
        </span>
        <Recorded at={edit.at} never={t("when.never")} />
      </p>
      <p dir="auto">{edit.reason}</p>
      {back}
    </li>
  );
}

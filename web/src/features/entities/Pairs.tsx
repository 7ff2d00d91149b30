import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { entityPairs } from "../../api/queries";
import type { EntityHead, EntityPair } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { usePreferences } from "../../app/preferences";
import { FindingReasons } from "../../parts/FindingReasons";
import { Empty, ListSkeleton, Trouble } from "../../parts/States";
import { Machine } from "../../parts/Words";
import { number } from "../../text/dates";
import { Verdict } from "./Decide";
import { Facts } from "./Entities";
import css from "./Entities.module.css";
import { EntityName } from "./Entity";

/** Names that may be one, the likeliest first, with their reasons and the buttons that decide. */
export function Pairs() {
  const { t } = useTranslation();
  const found = useQuery(entityPairs);
  const pairs = found.data?.pairs ?? [];
  useBanner(pairs.flatMap((p) => [p.one.marking, p.other.marking]).filter((m) => m !== ""));
  return (
    <>
      <p className={css.lead}>{t("entities.same.lead")}</p>
      {found.isPending ? <ListSkeleton /> : null}
      {found.isError ? <Trouble error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isSuccess && pairs.length === 0 ? (
        <Empty title={t("entities.same.none.title")} text={t("entities.same.none.text")} />
      ) : null}
      <ol className={css.list} data-pairs>
        {pairs.map((p) => (
          <Pair key={`${p.one.id} ${p.other.id}`} pair={p} may={found.data?.may_decide ?? false} />
        ))}
      </ol>
    </>
  );
}

function Pair({ pair, may }: { pair: EntityPair; may: boolean }) {
  const { reading } = usePreferences();
  return (
    <li className={css.item} data-item data-pair={`${pair.one.id} ${pair.other.id}`}>
      <div className={css.pair}>
        <Side entity={pair.one} />
        <Side entity={pair.other} />
      </div>
      <p className={css.score}>
        <bdi>{number(pair.score, reading, { style: "percent", maximumFractionDigits: 0 })}</bdi> <Machine />
      </p>
      <FindingReasons found={pair} className={css.why} />
      <Verdict one={pair.one.id} other={pair.other.id} may={may} />
    </li>
  );
}

function Side({ entity }: { entity: EntityHead }) {
  return (
    <div>
      <h2>
        <Link to="/entities/$id" params={{ id: entity.id }} search={{}}>
          <EntityName entity={entity} />
        </Link>
      </h2>
      <Facts entity={entity} />
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { storyClaims } from "../../api/queries";
import type { Id } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { StanceMark } from "../../parts/Stance";
import { Trouble } from "../../parts/States";
import { Machine, Own } from "../../parts/Words";
import { Status } from "../claims/Claims";
import css from "./ClaimsTable.module.css";

/** What is claimed in a story and who says what of it, contested claims first. */
export function ClaimsTable({ story }: { story: Id }) {
  const { t } = useTranslation();
  const table = useQuery(storyClaims(story));
  useBanner(table.data?.claims.map((c) => c.marking) ?? []);
  if (table.isError) return <Trouble error={table.error} retry={() => void table.refetch()} />;
  if (!table.data || table.data.claims.length === 0) return null;
  const { claims, speakers } = table.data;
  return (
    <section className={css.section} data-claims-table>
      <h2>
        {t("story.claims")} <Machine />
      </h2>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t("claim.kicker")}</th>
              {speakers.map((s) => (
                <th key={s.key} scope="col">
                  <bdi title={s.name}>{s.name}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {claims.map((c) => (
              <tr key={c.id} data-status={c.status}>
                <th scope="row">
                  <Link to="/claims/$id" params={{ id: c.id }} search={{}}>
                    <Own text={c.proposition} language={c.language} />
                  </Link>
                  <Status status={c.status} />
                </th>
                {speakers.map((s) => {
                  const own = c.speakers.find((x) => x.key === s.key);
                  return (
                    <td key={s.key}>
                      {own ? own.stances.map((stance) => <StanceMark key={stance} stance={stance} word />) : null}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

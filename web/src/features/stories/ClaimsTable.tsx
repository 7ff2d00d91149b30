import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { storyClaims } from "../../api/queries";
import type { Id } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { useReading } from "../../app/preferences";
import { StanceMark } from "../../parts/Stance";
import { Trouble } from "../../parts/States";
import { Machine, Own } from "../../parts/Words";
import { number } from "../../text/dates";
import { Status } from "../claims/Claims";
import css from "./ClaimsTable.module.css";

/** What is claimed in a story and who says what of it, contested claims and those who contest them first. */
export function ClaimsTable({ story }: { story: Id }) {
  const { t } = useTranslation();
  const reading = useReading();
  const table = useQuery(storyClaims(story));
  const { area, beyond } = useBeyond(table.data?.speakers.length);
  useBanner(table.data?.claims.map((c) => c.marking) ?? []);
  if (table.isError) return <Trouble error={table.error} retry={() => void table.refetch()} />;
  if (!table.data || table.data.claims.length === 0) return null;
  const { claims, speakers } = table.data;
  return (
    <section className={css.section} data-claims-table>
      <h2>
        {t("story.claims")} <Machine />
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={css.scroll} ref={area} tabIndex={0} data-beyond={beyond > 0} aria-label={t("story.claims")}>
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
                  {c.speakers
                    .filter((own) => !speakers.some((s) => s.key === own.key))
                    .slice(0, 3)
                    .map((own) => (
                      <span key={own.key} className={css.aside}>
                        <bdi>{own.name}</bdi>
                        {own.stances.map((stance) => (
                          <StanceMark key={stance} stance={stance} word />
                        ))}
                      </span>
                    ))}
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
      </section>
      {beyond > 0 ? (
        <p className={css.hint} aria-hidden="true" data-more-columns>
          {t("story.claims.more", { count: beyond, n: number(beyond, reading) })}
        </p>
      ) : null}
    </section>
  );
}

/** How many columns of the table lie beyond the edge, whichever way the frame reads. */
function useBeyond(columns: number | undefined) {
  const area = useRef<HTMLElement>(null);
  const [beyond, setBeyond] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a table with other columns is looked at anew
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const count = () => {
      const edge = element.getBoundingClientRect();
      const rtl = getComputedStyle(element).direction === "rtl";
      const heads = [...element.querySelectorAll("thead th")].slice(1);
      // A column counts as seen when half of it is.
      const hidden = heads.filter((head) => {
        const { left, right } = head.getBoundingClientRect();
        const middle = (left + right) / 2;
        return rtl ? middle < edge.left : middle > edge.right;
      });
      setBeyond(hidden.length);
    };
    count();
    element.addEventListener("scroll", count, { passive: true });
    const sized = new ResizeObserver(count);
    sized.observe(element);
    return () => {
      element.removeEventListener("scroll", count);
      sized.disconnect();
    };
  }, [columns]);
  return { area, beyond };
}

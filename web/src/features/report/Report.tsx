import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { parts as partsOf, report as reportOf } from "../../api/queries";
import type { Place, Report as ReportOf, Span } from "../../api/types";
import { useBanner } from "../../app/Banner";
import { geometryOf } from "../../map/geometry";
import { InsetMap } from "../../map/LazyMap";
import parts from "../../parts/parts.module.css";
import { ListSkeleton, Trouble } from "../../parts/States";
import { Carriers } from "./Carriers";
import { Enclosures, PartOf, Parts, Properties, Withdrawn } from "./Company";
import { Digest } from "./Digest";
import { GradeForm, Gradings } from "./Grades";
import { Happenings } from "./Happenings";
import { MarkingForm, Remarks } from "./Markings";
import { Provenance } from "./Provenance";
import css from "./Report.module.css";
import { ReportText } from "./ReportText";
import { StatementMarks, Statements } from "./Statements";
import { TranslateBar, Translated, useTranslated } from "./Translation";
import { Why } from "./Why";

export type ReportWithTag = ReportOf & { etag: string | null };

export function Report() {
  const { t } = useTranslation();
  const { id } = useParams({ from: "/reports/$id" });
  const { version, q } = useSearch({ from: "__root__" });
  const report = useQuery(reportOf(id, version ? Number(version) : undefined, q));
  const came = useQuery(partsOf(id));
  const whole = useQuery({ ...reportOf(report.data?.part_of ?? ""), enabled: Boolean(report.data?.part_of) });
  useBanner(
    report.data
      ? [
          ...(came.data?.reports ?? []).map((r) => r.marking),
          ...(whole.data && report.data.part_of ? [whole.data.marking] : []),
          report.data.marking,
          ...report.data.carriers.map((c) => c.marking),
          ...report.data.remarks.flatMap((r) => [r.from, r.to]),
        ]
      : [],
  );
  if (report.isPending) return <ListSkeleton />;
  if (report.isError) {
    return (
      <div className={parts.page}>
        <Trouble error={report.error} retry={() => void report.refetch()} />
      </div>
    );
  }
  return <Reading key={`${id} ${version ?? ""}`} report={report.data} latest={t("report.latest")} />;
}

function Reading({ report: r, latest }: { report: ReportWithTag; latest: string }) {
  const { t } = useTranslation();
  const [hot, setHot] = useState<string | null>(null);
  const [focus, setFocus] = useState<Span | null>(null);
  const translated = useTranslated(r);
  const made = translated.ask.data;
  const newest = Math.max(...r.history.map((v) => v.version), r.version);
  const shape = geometryOf(r.geometry);
  const places = distinct(r.mentions.flatMap((m) => (m.place ? [m.place] : [])));
  return (
    <article className={css.report}>
      <div className={css.column}>
        {r.version < newest ? (
          <p className={css.earlier} role="note">
            {t("report.earlier", { version: r.version, newest })}{" "}
            <Link to="/reports/$id" params={{ id: r.id }} search={(before) => ({ ...before, version: undefined })}>
              {latest}
            </Link>
          </p>
        ) : null}
        {r.withdrawn ? <Withdrawn sentence={r.withdrawn} /> : null}
        {r.part_of ? <PartOf id={r.part_of} /> : null}
        <TranslateBar {...translated} />
        <ReportText
          report={r}
          onPlace={setHot}
          focus={focus}
          after={(from, to) => (
            <>
              <StatementMarks report={r} from={from} to={to} onFocus={setFocus} />
              {made ? <Translated made={made} from={from} to={to} onFocus={setFocus} /> : null}
            </>
          )}
        />
        <Parts id={r.id} />
        <Properties properties={r.properties} />
        <Enclosures enclosures={r.enclosures} />
        {r.story && !/^0+$/.test(r.story) ? (
          <p className={css.storyLink}>
            <Link to="/stories/$id" params={{ id: r.story }} search={{}}>
              {t("report.story")}
            </Link>
          </p>
        ) : null}
        {r.problems.length + r.failures.length > 0 ? (
          <section className={css.problems} aria-label={t("report.problems")}>
            <h2>{t("report.problems")}</h2>
            <ul>
              {r.problems.map((p) => (
                <li key={p}>
                  <bdi>{p}</bdi>
                </li>
              ))}
              {r.failures.map((f) => (
                <li key={f.step}>
                  {t("report.failure", { step: f.step })} <bdi>{f.reason}</bdi>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <Carriers report={r} />
      </div>
      <aside className={css.aside} aria-label={t("report.about")}>
        <Provenance report={r} />
        <Digest report={r} onFocus={setFocus} />
        <Happenings report={r} onFocus={setFocus} />
        <Statements report={r} onFocus={setFocus} />
        {places.some((p) => p.point) || shape ? (
          <figure>
            <div className={css.inset}>
              <InsetMap places={places} shape={shape} label={t("map.label")} hot={hot} />
            </div>
            {shape ? <figcaption className={css.noPlace}>{t("report.area")}</figcaption> : null}
          </figure>
        ) : (
          <p className={css.noPlace}>{t("report.noplace")}</p>
        )}
        <Why report={r} onFocus={setFocus} />
        <section className={css.box}>
          <h2>{t("grade.title")}</h2>
          <Gradings report={r} />
          {r.may.grade ? <GradeForm report={r} /> : null}
        </section>
        {r.may.mark || r.remarks.length > 0 ? (
          <section className={css.box}>
            <h2>{t("marking.title")}</h2>
            <Remarks report={r} />
            {r.may.mark ? <MarkingForm report={r} /> : null}
          </section>
        ) : null}
      </aside>
    </article>
  );
}

const distinct = (places: Place[]) => [...new Map(places.map((p) => [p.id, p])).values()];

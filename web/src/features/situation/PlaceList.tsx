import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { places as placesOf } from "../../api/queries";
import type { Filter } from "../../api/types";
import { useReading } from "../../app/preferences";
import { Empty, ListSkeleton, Trouble } from "../../parts/States";
import { CountryName, PlaceName } from "../../parts/Words";
import { number } from "../../text/dates";
import css from "./PlaceList.module.css";

/** What the map says, as a table. */
export function PlaceList({ filter, onPlace }: { filter: Filter; onPlace: (name: string) => void }) {
  const { t } = useTranslation();
  const reading = useReading();
  const places = useQuery(placesOf(filter, 200));
  if (places.isPending) return <ListSkeleton />;
  if (places.isError) return <Trouble error={places.error} retry={() => void places.refetch()} />;
  const rows = places.data.places ?? [];
  if (rows.length === 0) return <Empty title={t("places.empty.title")} text={t("places.empty.text")} />;
  const most = Math.max(...rows.map((r) => r.reports));
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <caption className="sr-only">{t("map.list")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("place.name")}</th>
            <th scope="col">{t("place.country")}</th>
            <th scope="col">{t("place.reports")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ place, reports }) => (
            <tr key={place.id}>
              <th scope="row">
                <button type="button" onClick={() => onPlace(place.name)}>
                  <PlaceName place={place} />
                </button>
                <small>{t(`place.class.${place.class}`)}</small>
              </th>
              <td>{place.country ? <CountryName code={place.country} /> : null}</td>
              <td>
                <div className={css.count}>
                  <span className={css.bar} style={{ inlineSize: `${(reports / most) * 100}px` }} aria-hidden />
                  {number(reports, reading)}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

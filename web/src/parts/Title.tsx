import { useQuery } from "@tanstack/react-query";
import { titles } from "../api/queries";
import { usePreferences } from "../app/preferences";

/** What somebody is, in the reader's language; as it is kept, in English, where that has no name for it. */
export function Title({ role }: { role: string }) {
  const { language } = usePreferences();
  const known = useQuery(titles).data;
  return role.split(", ").map((one, i) => {
    const name = known?.get(one)?.[language];
    return (
      <span key={one}>
        {i > 0 ? " · " : null}
        {name ? <bdi>{name}</bdi> : <bdi lang="en">{one}</bdi>}
      </span>
    );
  });
}

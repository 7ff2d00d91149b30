import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { base } from "./client";

export type Line = "open" | "waiting";

/**
 * Listens to the centre. What counts (map, histogram, facets) is refreshed in
 * place at most every two seconds; lists that are being read are left alone
 * and offer what is new by a button.
 */
export function useChanges(signedIn: boolean): Line {
  const [line, setLine] = useState<Line>("waiting");
  const client = useQueryClient();
  useEffect(() => {
    if (!signedIn) return;
    const refresh = batched(client);
    const stream = new EventSource(`${base}/changes`);
    stream.onopen = () => {
      setLine("open");
      refresh.add("live"); // what came while the line was down
    };
    stream.onerror = () => setLine("waiting");
    stream.addEventListener("report", () => refresh.add("live"));
    stream.addEventListener("source", () => refresh.add("sources"));
    stream.addEventListener("charter", () => refresh.add("centre"));
    return () => {
      stream.close();
      refresh.stop();
    };
  }, [signedIn, client]);
  return line;
}

function batched(client: QueryClient) {
  const keys = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const flush = () => {
    timer = undefined;
    last = Date.now();
    for (const key of keys) void client.invalidateQueries({ queryKey: [key] });
    keys.clear();
  };
  return {
    add(key: string) {
      keys.add(key);
      timer ??= setTimeout(flush, Math.max(100, 2000 - (Date.now() - last)));
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

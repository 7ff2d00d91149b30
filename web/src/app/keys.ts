import { useEffect, useRef } from "react";

/** Whether a key press belongs to something that is being written in or is open above the page. */
function taken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) {
    return !(target instanceof HTMLInputElement && /^(checkbox|button)$/.test(target.type));
  }
  return target.closest('[role="dialog"],[role="menu"]') !== null || document.querySelector('[role="dialog"]') !== null;
}

/**
 * Calls the action of a key, or of two keys pressed one after another ("g s").
 * Letters are looked up by their place on the keyboard too, so that a Russian,
 * Arabic or Persian layout needs no switching.
 */
export function useKeys(actions: Record<string, () => void>): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    let first = "";
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = (event: KeyboardEvent) => {
      if (taken(event)) return;
      const key = keyOf(event);
      const action = current.current[first ? `${first} ${key}` : key];
      first = "";
      clearTimeout(timer);
      if (action !== undefined) {
        event.preventDefault();
        action();
      } else if (Object.keys(current.current).some((k) => k.startsWith(`${key} `))) {
        first = key;
        timer = setTimeout(() => {
          first = "";
        }, 1200);
      }
    };
    document.addEventListener("keydown", listen);
    return () => {
      document.removeEventListener("keydown", listen);
      clearTimeout(timer);
    };
  }, []);
}

function keyOf(event: KeyboardEvent): string {
  if (/^[a-z/?]$/i.test(event.key)) return event.key.toLowerCase();
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  return letter ? letter.toLowerCase() : event.key;
}

/**
 * j and k walk through the items of a list by moving the focus to the link of
 * each, o opens it. Items carry data-item.
 */
export function useListKeys(): void {
  const step = (by: number) => {
    const items = [...document.querySelectorAll<HTMLElement>("[data-item]")];
    if (items.length === 0) return;
    const at = items.findIndex((item) => item.contains(document.activeElement));
    const next = items[at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by))];
    const link = next?.querySelector<HTMLElement>("a[href],button") ?? next;
    link?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    o: () => document.activeElement?.closest("[data-item]")?.querySelector<HTMLElement>("a[href],button")?.click(),
  });
}

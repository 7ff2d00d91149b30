import { Button, Popover, TextInput } from "@mantine/core";
import { IconCalendarTime } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { number, type Reading, tag } from "../text/dates";
import { useReading } from "./preferences";
import css from "./TimeRange.module.css";

const presets = [1, 7, 30, 90] as const;

/** The bound of a range in words: a day, with the hour where it is not the day's first. */
function bound(text: string, r: Reading): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  const whole = text.length === 10 || text.endsWith("T00:00:00.000Z");
  return new Intl.DateTimeFormat(tag(r), {
    day: "numeric",
    month: "short",
    year: "numeric",
    ...(whole ? { timeZone: "UTC" } : { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: r.zone }),
  }).format(at);
}

/** The time range of publication: all time, the last days, or from and until. It lives in the address. */
export function TimeRange() {
  const { t } = useTranslation();
  const reading = useReading();
  const { from, until } = useSearch({ from: "__root__" });
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);

  const choose = (range: { from?: string; until?: string }) => {
    setOpen(false);
    void navigate({ to: ".", search: (before) => ({ ...before, from: range.from, until: range.until }) });
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    choose({ from: String(form.get("from") ?? "") || undefined, until: String(form.get("until") ?? "") || undefined });
  };
  const label =
    from && until
      ? `${bound(from, reading)} – ${bound(until, reading)}`
      : from
        ? t("range.since", { from: bound(from, reading) })
        : until
          ? t("range.before", { until: bound(until, reading) })
          : t("range.all");
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          onClick={() => setOpen((o) => !o)}
          leftSection={<IconCalendarTime size={16} aria-hidden />}
          className={css.button}
          aria-label={`${t("range.label")}: ${label}`}
        >
          <bdi>{label}</bdi>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("range.label")}>
        <div className={css.body}>
          <div className={css.presets}>
            <Button variant={from || until ? "subtle" : "light"} justify="start" onClick={() => choose({})}>
              {t("range.all")}
            </Button>
            {presets.map((days) => (
              <Button
                key={days}
                variant="subtle"
                justify="start"
                onClick={() => choose({ from: new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10) })}
              >
                {t("range.days", { count: days, n: number(days, reading) })}
              </Button>
            ))}
          </div>
          <form className={css.form} onSubmit={submit}>
            <TextInput type="date" name="from" label={t("range.from")} defaultValue={from?.slice(0, 10)} />
            <TextInput type="date" name="until" label={t("range.until")} defaultValue={until?.slice(0, 10)} />
            <p>{t("range.note")}</p>
            <Button type="submit">{t("range.apply")}</Button>
          </form>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

import { Button } from "@mantine/core";
import { IconDownload, IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, base } from "../../api/client";
import { Trouble } from "../../parts/States";
import { Added } from "./Added";

/** Feeds out as OPML, and in for those who manage sources. Told is what came of the last file. */
export function useOpml() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (file: File) => {
      const body = await file.text();
      return answer(
        api.POST("/sources/opml", { body, bodySerializer: (text) => text, headers: { "Content-Type": "text/x-opml" } }),
      );
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["sources"] }),
  });
}
type Opml = ReturnType<typeof useOpml>;

export function OpmlButtons({ opml, manages }: { opml: Opml; manages: boolean }) {
  const { t } = useTranslation();
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        component="a"
        href={`${base}/sources/opml`}
        download="sources.opml"
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
      >
        {t("opml.out")}
      </Button>
      {manages ? (
        <>
          <input
            ref={file}
            type="file"
            accept=".opml,.xml,text/x-opml,text/xml"
            className="sr-only"
            tabIndex={-1}
            aria-label={t("opml.in")}
            onChange={(event) => {
              const chosen = event.currentTarget.files?.[0];
              if (chosen) opml.mutate(chosen);
              event.currentTarget.value = "";
            }}
          />
          <Button
            variant="default"
            leftSection={<IconUpload size={16} aria-hidden />}
            loading={opml.isPending}
            onClick={() => file.current?.click()}
          >
            {t("opml.in")}
          </Button>
        </>
      ) : null}
    </>
  );
}

export function OpmlTold({ opml }: { opml: Opml }) {
  const { t } = useTranslation();
  if (opml.isError) return <Trouble error={opml.error} />;
  if (!opml.data) return null;
  return <Added result={opml.data} line={(n) => t("opml.skipped", { line: n })} />;
}

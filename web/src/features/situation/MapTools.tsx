import { Button, Checkbox } from "@mantine/core";
import { IconList, IconMap2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type Layer, layers, withLayer } from "./layers";
import css from "./Situation.module.css";

interface Props {
  asList: boolean;
  inView: boolean;
  shown: ReadonlySet<Layer>;
  onList: () => void;
  onInView: (yes: boolean) => void;
  onLayers: (layers: string | undefined) => void;
}

/** Above the map: as a list, what its layers are, and whether the panel keeps to the view. */
export function MapTools({ asList, inView, shown, onList, onInView, onLayers }: Props) {
  const { t } = useTranslation();
  return (
    <div className={css.mapTools}>
      <Button
        variant="default"
        size="compact-md"
        leftSection={
          asList ? <IconMap2 size={15} aria-hidden /> : <IconList size={15} className="mirror" aria-hidden />
        }
        onClick={onList}
      >
        {t(asList ? "map.show" : "map.list")}
      </Button>
      {asList ? null : (
        <>
          <fieldset className={css.layers}>
            <legend className="sr-only">{t("map.layers")}</legend>
            {layers.map((layer) => (
              <Checkbox
                key={layer}
                size="xs"
                data-layer={layer}
                label={t(`map.layer.${layer}`)}
                checked={shown.has(layer)}
                onChange={() => onLayers(withLayer(shown, layer))}
              />
            ))}
          </fieldset>
          <Checkbox
            className={css.inView}
            size="xs"
            label={t("map.inview")}
            checked={inView}
            onChange={(event) => onInView(event.currentTarget.checked)}
          />
        </>
      )}
    </div>
  );
}

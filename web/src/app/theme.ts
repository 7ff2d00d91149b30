import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

// One accent, petrol; everything else is grey.
const accent: MantineColorsTuple = [
  "#eaf5f5",
  "#d3e8e8",
  "#a6d2d3",
  "#7cc3c5",
  "#5fc4c6",
  "#2f9aa0",
  "#15828a",
  "#0c666e",
  "#0a545b",
  "#073f44",
];

export const theme = createTheme({
  colors: { accent },
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  fontFamily: '"IBM Plex Sans", "IBM Plex Sans Arabic", system-ui, sans-serif',
  fontFamilyMonospace: '"IBM Plex Sans", ui-monospace, monospace',
  headings: { fontFamily: '"IBM Plex Sans", "IBM Plex Sans Arabic", system-ui, sans-serif', fontWeight: "600" },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "18px" },
  defaultRadius: 6,
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "sm", variant: "filled" }, styles: { root: { fontWeight: 500 } } },
    TextInput: { defaultProps: { size: "sm" } },
    Textarea: { defaultProps: { size: "sm" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    NativeSelect: { defaultProps: { size: "sm" } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 80 } } },
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 80 } } },
  },
});

// Mantine's greys follow our tokens (tokens.css), so that contrast is decided in one place.
export const variables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--surface)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-3)",
    "--mantine-color-default": "var(--surface)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-default-color": "var(--ink)",
    "--mantine-color-placeholder": "var(--ink-3)",
    "--mantine-color-error": "var(--alarm)",
    "--mantine-color-anchor": "var(--accent)",
  };
  return { variables: {}, light: shared, dark: shared };
};

import "@mantine/core/styles.css";
import "@mantine/spotlight/styles.css";
import "./fonts.css";
import "./tokens.css";
import { DirectionProvider, localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Problem } from "./api/client";
import { session } from "./api/queries";
import { makeRouter } from "./app/router";
import { theme, variables } from "./app/theme";
import { startTranslation } from "./i18n";

const client = new QueryClient({
  queryCache: new QueryCache({
    // A session that has ended leads back to the sign-in page.
    onError: (error) => {
      if (error instanceof Problem && error.status === 401) void client.invalidateQueries(session);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // A refusal stays a refusal; a lost line is tried again.
      retry: (count, error) => count < 3 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
    },
  },
});
const router = makeRouter(client);
const scheme = localStorageColorSchemeManager({ key: "entente.scheme" });

await startTranslation();
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <DirectionProvider
        initialDirection={document.documentElement.dir === "rtl" ? "rtl" : "ltr"}
        detectDirection={false}
      >
        <MantineProvider
          theme={theme}
          cssVariablesResolver={variables}
          colorSchemeManager={scheme}
          defaultColorScheme="auto"
        >
          <RouterProvider router={router} />
        </MantineProvider>
      </DirectionProvider>
    </QueryClientProvider>
  </StrictMode>,
);

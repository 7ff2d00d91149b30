import { useQuery } from "@tanstack/react-query";
import { Outlet, useLocation } from "@tanstack/react-router";
import { session } from "../api/queries";
import { SignIn } from "../features/enter/SignIn";
import { Trouble } from "../parts/States";
import { BannerProvider } from "./Banner";
import { Frame } from "./Frame";
import { PreferencesProvider } from "./preferences";

/** Decides between the sign-in page and the frame. */
export function Root() {
  const who = useQuery(session);
  const redeeming = useLocation({ select: (l) => l.pathname === "/invitation" });
  return (
    <PreferencesProvider session={who.data ?? null}>
      {who.isPending ? null : who.isError ? (
        <Trouble error={who.error} retry={() => void who.refetch()} />
      ) : redeeming ? (
        <Outlet />
      ) : who.data === null ? (
        <SignIn />
      ) : (
        <BannerProvider>
          <Frame session={who.data}>
            <Outlet />
          </Frame>
        </BannerProvider>
      )}
    </PreferencesProvider>
  );
}

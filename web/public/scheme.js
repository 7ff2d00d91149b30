// Runs before the first paint, so that neither the scheme nor the direction
// flashes. It is a file of its own because the content policy allows no inline script.
(() => {
  const root = document.documentElement;
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const scheme = read("entente.scheme");
  const dark = scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.mantineColorScheme = dark ? "dark" : "light";
  const language = read("entente.language");
  if (language) {
    root.lang = language;
    root.dir = language === "ar" || language === "fa" ? "rtl" : "ltr";
  }
})();

// A language's code in its colour, with its name for those who do not know it.
import { languageName } from '../i18n';

export function LanguageTag({ code }: { code: string }) {
  const base = code.split('-')[0] ?? code;
  return (
    <abbr class={`language language-${base}`} title={languageName(code)}>
      {code}
    </abbr>
  );
}

// What a person has chosen, kept in this browser.
import { createStore } from './store';

export type Language = 'en' | 'es' | 'zh';
export type Theme = 'system' | 'light' | 'dark';

export interface Settings {
  language: Language;
  theme: Theme;
  // Whether single letters are shortcuts; some input devices "type" by accident.
  letterKeys: boolean;
}

const KEY = 'tercet.settings';
export const LANGUAGES: readonly Language[] = ['en', 'es', 'zh'];

function preferredLanguage(): Language {
  for (const code of navigator.languages ?? []) {
    const base = code.slice(0, 2).toLowerCase() as Language;
    if (LANGUAGES.includes(base)) return base;
  }
  return 'en';
}

function load(): Settings {
  const defaults: Settings = { language: preferredLanguage(), theme: 'system', letterKeys: true };
  try {
    const stored = { ...defaults, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
    return LANGUAGES.includes(stored.language) ? stored : defaults;
  } catch {
    return defaults; // Something else's, or storage is forbidden.
  }
}

export const settings = createStore<Settings>(load());

export function change(part: Partial<Settings>) {
  settings.set({ ...settings.get(), ...part });
  try {
    localStorage.setItem(KEY, JSON.stringify(settings.get()));
  } catch {
    // They last as long as the page, then.
  }
}

// Puts them on the document; called once, and again at every change.
export function apply({ language, theme }: Settings) {
  const root = document.documentElement;
  root.lang = language === 'zh' ? 'zh-CN' : language;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
}

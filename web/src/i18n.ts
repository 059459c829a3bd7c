// The texts of the page in the person's language, and numbers and dates as she
// writes them.
import en from './messages/en.json';
import es from './messages/es.json';
import zh from './messages/zh.json';
import { type Language, settings } from './settings';

type Entry = keyof typeof en;
// Of `x_one` and `x_other`, callers name `x` and give a count.
export type Key = Entry extends infer E
  ? E extends `${infer Base}_one`
    ? Base
    : E extends `${string}_other`
      ? never
      : E
  : never;

const MESSAGES: Record<Language, Record<Entry, string>> = { en, es, zh };
export const LOCALES: Record<Language, string> = { en: 'en', es: 'es', zh: 'zh-CN' };

const language = () => settings.get().language;
const locale = () => LOCALES[language()];

function messageOf(key: string, count: unknown): string | undefined {
  const messages: Record<string, string> = MESSAGES[language()];
  if (key in messages) return messages[key];
  if (typeof count !== 'number') return undefined;
  const one = new Intl.PluralRules(locale()).select(count) === 'one';
  return messages[`${key}_${one ? 'one' : 'other'}`];
}

// The text of that key, its `{name}`s filled in; numbers get their separators.
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return fill(messageOf(key, values.count) ?? key, values);
}

// The text where a key is made from a value of the API that may be new to us.
export function tOr(key: string, fallback: string): string {
  return messageOf(key, undefined) ?? fallback;
}

function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? formatNumber(value) : value;
  });
}

export function formatNumber(value: number, digits = 0): string {
  return new Intl.NumberFormat(locale(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: true,
  }).format(value);
}

export function formatPercent(percent: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent' }).format(percent / 100);
}

export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) {
    bytes /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: units[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: bytes < 10 && unit > 0 ? 1 : 0,
  }).format(bytes);
}

export function formatTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}

export function formatList(words: string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(words);
}

export function formatSeconds(seconds: number): string {
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
    maximumFractionDigits: seconds < 10 ? 1 : 0,
  }).format(seconds);
}

// The name of a language in the person's own.
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

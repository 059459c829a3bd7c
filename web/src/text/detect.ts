// Which of the three languages a sentence is in, for the search field. A guess:
// the person sees it and can say otherwise.
import type { Language } from '../settings';

const HAN = /\p{Script=Han}/gu;
const LETTER = /\p{L}/gu;
const SPANISH_LETTER = /[ñáéíóúü¿¡«»º]/giu;
const WORD = /\p{L}+/gu;

const WORDS: Record<'en' | 'es', Set<string>> = {
  en: new Set(
    ('the of and to in for is on that with as was at by from it has are an be its will said have ' +
      'this were which more than been their not after also but or about up year percent billion ' +
      'million he they we new over u.s').split(' '),
  ),
  es: new Set(
    ('de la que el en y los del se las por un para con una su al es lo como más pero sus le ya o ' +
      'este sí porque esta entre cuando muy sin sobre también me hasta hay donde han fue ser dos ' +
      'años ciento millones dijo a').split(' '),
  ),
};

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

export function detectLanguage(text: string): Language {
  if (count(text, HAN) * 4 >= Math.max(1, count(text, LETTER))) return 'zh';
  const words = (text.toLowerCase().match(WORD) ?? []) as string[];
  const english = words.filter((word) => WORDS.en.has(word)).length;
  const spanish =
    words.filter((word) => WORDS.es.has(word)).length + count(text, SPANISH_LETTER);
  return spanish > english ? 'es' : 'en';
}

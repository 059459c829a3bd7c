// What is searched for, as it is in the address of the page.
import type { SearchRequest } from '../types';
import { ALL } from '../ui/memory_select';

export type Form = SearchRequest['form'];
export const FORMS: readonly Form[] = ['FOLDED', 'INFLECTED', 'EXACT'];

export interface Phrase {
  text: string;
  language: string; // Empty: any.
  translation: string; // Of another variant; empty: any.
  form: Form;
  allWords: boolean;
  memory: string;
}

export function toPhrase(parameters: URLSearchParams): Phrase {
  const get = (name: string) => parameters.get(name) ?? '';
  return {
    text: get('q'),
    language: get('lang'),
    translation: get('with'),
    form: FORMS.find((form) => form === get('form')) ?? 'FOLDED',
    allWords: get('words') === 'all',
    memory: get('in') || ALL,
  };
}

export function toParameters(phrase: Phrase): Record<string, string> {
  return {
    q: phrase.text,
    lang: phrase.language,
    with: phrase.translation,
    form: phrase.form === 'FOLDED' ? '' : phrase.form,
    words: phrase.allWords ? 'all' : '',
    in: phrase.memory === ALL ? '' : phrase.memory,
  };
}

export function toRequest(phrase: Phrase, pageToken: string): SearchRequest {
  return {
    memory: phrase.memory,
    phrase: phrase.text.trim(),
    allWords: phrase.allWords,
    form: phrase.form,
    languageCode: phrase.language,
    translationPhrase: phrase.translation.trim(),
    pageToken,
  };
}

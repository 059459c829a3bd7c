// The phrase, and how it is to be taken.
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { languageName, t } from '../i18n';
import { languagesOf, memoriesOf, memoryList } from '../memories/memory_list';
import { useStore } from '../store';
import { ALL, MemorySelect } from '../ui/memory_select';
import { Options } from '../ui/options';
import { focusFirstResult } from '../ui/result_list';
import { FORMS, type Form, type Phrase } from './phrase';

export interface SearchFormProps {
  phrase: Phrase;
  busy: boolean;
  onChange: (change: Partial<Phrase>) => void;
}

export function SearchForm({ phrase, busy, onChange }: SearchFormProps) {
  const languages = languagesOf(memoriesOf(useStore(memoryList)));
  return (
    <form class="panel" role="search" onSubmit={(event) => event.preventDefault()}>
      <PhraseField phrase={phrase} busy={busy} onChange={onChange} />
      <Options summary={summaryOf(phrase)}>
        <div class="settings-row">
          <label class="field">
            <span class="field-name">{t('search.language')}</span>
            <select
              value={phrase.language}
              onChange={(event) => onChange({ language: event.currentTarget.value })}
            >
              <option value="">{t('search.language.any')}</option>
              {languages.map((code) => (
                <option key={code} value={code}>
                  {languageName(code)}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            <span class="field-name">{t('search.form')}</span>
            <select
              value={phrase.form}
              onChange={(event) => onChange({ form: event.currentTarget.value as Form })}
            >
              {FORMS.map((form) => (
                <option key={form} value={form}>
                  {t(`form.${form}`)}
                </option>
              ))}
            </select>
          </label>
          <MemorySelect value={phrase.memory} onChange={(memory) => onChange({ memory })} />
          <label class="field field-grow">
            <span class="field-name">{t('search.with')}</span>
            <input
              type="text"
              value={phrase.translation}
              placeholder={t('search.with.placeholder')}
              onInput={(event) => onChange({ translation: event.currentTarget.value })}
            />
          </label>
        </div>
        <label class="check">
          <input
            type="checkbox"
            checked={phrase.allWords}
            onChange={(event) => onChange({ allWords: event.currentTarget.checked })}
          />
          {t('search.words')}
        </label>
      </Options>
    </form>
  );
}

function summaryOf({ language, form, memory }: Phrase): string {
  const where = language === '' ? t('search.language.any') : languageName(language);
  return [where, t(`form.${form}`), memory === ALL ? t('memory.all') : memory].join(' · ');
}

function PhraseField({ phrase, busy, onChange }: SearchFormProps) {
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);
  return (
    <div class="sentence">
      <label class="hidden" for={id}>
        {t('search.phrase')}
      </label>
      <input
        ref={field}
        id={id}
        data-main-field
        type="search"
        spellcheck={false}
        placeholder={t('search.placeholder')}
        value={phrase.text}
        aria-busy={busy}
        onInput={(event) => onChange({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.isComposing) return; // Enter and arrows pick a Chinese word.
          if (event.key === 'Escape') event.currentTarget.blur();
          else if (event.key === 'Enter' || event.key === 'ArrowDown') focusFirstResult();
          else return;
          event.preventDefault();
        }}
      />
      {busy && <span class="busy" aria-hidden="true" />}
    </div>
  );
}

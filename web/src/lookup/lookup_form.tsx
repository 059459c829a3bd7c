// The sentence, and what may be set about it.
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { formatList, languageName, t } from '../i18n';
import { languagesOf, memoriesOf, memoryList } from '../memories/memory_list';
import { useStore } from '../store';
import { ALL, MemorySelect } from '../ui/memory_select';
import { Options } from '../ui/options';
import { focusFirstResult } from '../ui/result_list';
import { AUTO, languageOf, type Query } from './query';

export interface LookupFormProps {
  query: Query;
  busy: boolean;
  onChange: (change: Partial<Query>) => void;
}

export function LookupForm({ query, busy, onChange }: LookupFormProps) {
  const languages = languagesOf(memoriesOf(useStore(memoryList)));
  return (
    <form class="panel lookup-form" onSubmit={(event) => event.preventDefault()}>
      <SourceChoice query={query} languages={languages} onChange={onChange} />
      <SentenceField query={query} busy={busy} onChange={onChange} />
      <Options summary={summaryOf(query)}>
        <div class="settings-row">
          <TargetChoice query={query} languages={languages} onChange={onChange} />
          <MemorySelect value={query.memory} onChange={(memory) => onChange({ memory })} />
          <ScoreChoice value={query.minScore} onChange={(minScore) => onChange({ minScore })} />
        </div>
        <ContextFields query={query} onChange={onChange} />
      </Options>
    </form>
  );
}

function summaryOf({ to, memory, minScore }: Query): string {
  const into = to.length === 0 ? t('lookup.to.all') : formatList(to.map(languageName));
  return [into, memory === ALL ? t('memory.all') : memory, `≥ ${minScore}`].join(' · ');
}

type PartProps = Pick<LookupFormProps, 'query' | 'onChange'>;

function SourceChoice({ query, languages, onChange }: PartProps & { languages: string[] }) {
  const detected = query.from === AUTO && query.text.trim() !== '' ? languageOf(query) : '';
  return (
    <fieldset class="choice">
      <legend>{t('lookup.from')}</legend>
      {[AUTO, ...languages].map((code) => (
        <label key={code} class="chip">
          <input
            type="radio"
            name="from"
            value={code}
            checked={query.from === code}
            onChange={() => onChange({ from: code })}
          />
          <span>
            {code !== AUTO
              ? languageName(code)
              : detected
                ? t('lookup.detected', { language: languageName(detected) })
                : t('lookup.detect')}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function SentenceField({ query, busy, onChange }: PartProps & { busy: boolean }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  // As high as the text, where the browser does not do that by itself.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [query.text]);
  useLayoutEffect(() => {
    // On a phone the keyboard would cover the page.
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);
  return (
    <div class="sentence">
      <label class="hidden" for={id}>
        {t('lookup.sentence')}
      </label>
      <textarea
        ref={field}
        id={id}
        data-main-field
        rows={2}
        spellcheck={false}
        lang={languageOf(query)}
        placeholder={t('lookup.placeholder')}
        value={query.text}
        aria-busy={busy}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onChange({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.isComposing) return; // Enter and arrows pick a Chinese word.
          const field = event.currentTarget;
          const atEnd = field.selectionStart === field.value.length;
          if ((event.key === 'Enter' && !event.shiftKey) || (event.key === 'ArrowDown' && atEnd)) {
            event.preventDefault();
            focusFirstResult();
          } else if (event.key === 'Escape') {
            field.blur(); // So that letters are shortcuts.
          }
        }}
      />
      <span id={`${id}-hint`} class="hidden">
        {t('lookup.hint')}
      </span>
      {busy && <span class="busy" aria-hidden="true" />}
    </div>
  );
}

function TargetChoice({ query, languages, onChange }: PartProps & { languages: string[] }) {
  const source = languageOf(query);
  const toggle = (code: string) =>
    onChange({
      to: query.to.includes(code) ? query.to.filter((c) => c !== code) : [...query.to, code],
    });
  return (
    <fieldset class="choice">
      <legend>{t('lookup.to')}</legend>
      <label class="chip">
        <input type="checkbox" checked={query.to.length === 0} onChange={() => onChange({ to: [] })} />
        <span>{t('lookup.to.all')}</span>
      </label>
      {languages
        .filter((code) => code !== source)
        .map((code) => (
          <label key={code} class="chip">
            <input type="checkbox" checked={query.to.includes(code)} onChange={() => toggle(code)} />
            <span>{languageName(code)}</span>
          </label>
        ))}
    </fieldset>
  );
}

function ScoreChoice({ value, onChange }: { value: number; onChange: (score: number) => void }) {
  return (
    <label class="field">
      <span class="field-name">
        {t('lookup.min')} <output>{value}</output>
      </span>
      <input
        type="range"
        min={30}
        max={100}
        value={value}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
      />
    </label>
  );
}

function ContextFields({ query, onChange }: PartProps) {
  const open = query.previous !== '' || query.next !== '';
  return (
    <details class="context" open={open}>
      <summary>{t('lookup.context')}</summary>
      <p class="quiet">{t('lookup.context.why')}</p>
      {(['previous', 'next'] as const).map((name) => (
        <label key={name} class="field">
          <span class="field-name">{t(`lookup.${name}`)}</span>
          <input
            type="text"
            lang={languageOf(query)}
            value={query[name]}
            onInput={(event) => onChange({ [name]: event.currentTarget.value })}
          />
        </label>
      ))}
    </details>
  );
}

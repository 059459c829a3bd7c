// The text of one variant in an editor; inline codes are markers in it.
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { languageName, t } from '../i18n';
import { Icon } from '../ui/icons';
import { LanguageTag } from '../ui/language_tag';
import { lostCodes, type VariantDraft } from './draft';

export interface VariantFieldProps {
  variant: VariantDraft;
  removable: boolean;
  onChange: (variant: VariantDraft) => void;
  onRemove: () => void;
}

export function VariantField({ variant, removable, onChange, onRemove }: VariantFieldProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const { stored, languageCode, marked } = variant;
  const isNew = stored.text === '';
  const lost = lostCodes(variant);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [marked.text]);
  return (
    <div class="variant">
      <div class="variant-head">
        {isNew ? (
          <label class="field">
            <span class="field-name">{t('unit.language')}</span>
            <input
              type="text"
              class="language-input"
              value={languageCode}
              placeholder="es-MX"
              required
              autocapitalize="off"
              spellcheck={false}
              onInput={(event) =>
                onChange({ ...variant, languageCode: event.currentTarget.value.trim() })
              }
            />
          </label>
        ) : (
          <label for={id} class="variant-name">
            <LanguageTag code={languageCode} /> {languageName(languageCode)}
          </label>
        )}
        {removable && (
          <button
            type="button"
            class="button button-bare"
            aria-label={t('unit.remove', { language: languageCode })}
            title={t('unit.remove', { language: languageCode })}
            onClick={onRemove}
          >
            <Icon name="trash" />
          </button>
        )}
      </div>
      <textarea
        ref={field}
        id={id}
        rows={1}
        required
        lang={languageCode.replaceAll('_', '-')}
        aria-label={isNew ? t('unit.text') : undefined}
        value={marked.text}
        onInput={(event) =>
          onChange({ ...variant, marked: { ...marked, text: event.currentTarget.value } })
        }
      />
      {stored.codes && stored.codes.length > 0 && (
        <p class="quiet">
          {stored.codes.map((code, i) => (
            <span key={i} class="marker">
              {marked.open}
              {i + 1}
              {marked.close} <code>{code.content}</code>
            </span>
          ))}
          {lost > 0 && <strong class="warn">{t('unit.lost', { count: lost })}</strong>}
        </p>
      )}
    </div>
  );
}

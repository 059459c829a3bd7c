// Copying a text. Browsers give pages the clipboard only on this machine or over
// HTTPS; elsewhere the old way still works.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import { toast } from './announce';
import { Icon } from './icons';

export async function copy(text: string) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
  toast(t('copied'));
}

function copyBySelection(text: string) {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'hidden';
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
}

export function CopyButton({ text, label }: { text: string; label: string }) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => setDone(false), 1500);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <button
      type="button"
      class="button button-bare"
      aria-label={label}
      title={label}
      onClick={() => {
        void copy(text);
        setDone(true);
      }}
    >
      <Icon name={done ? 'check' : 'copy'} />
    </button>
  );
}

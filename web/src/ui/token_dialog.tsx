// Asks for the server's token, when it demands one.
import { useEffect, useState } from 'preact/hooks';
import { onTokenWanted } from '../api';
import { t } from '../i18n';
import { Dialog } from './dialog';

interface Wanted {
  wrong: boolean; // One was given already.
  answer: (token: string | null) => void;
}

export function TokenDialog() {
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [value, setValue] = useState('');
  useEffect(() => {
    // Calls that fail while it is asked for wait for the same answer.
    let asked: Promise<string | null> | null = null;
    onTokenWanted((wrong) => {
      asked ??= new Promise((resolve) => {
        setWanted({
          wrong,
          answer: (token) => {
            asked = null;
            setWanted(null);
            resolve(token);
          },
        });
      });
      return asked;
    });
  }, []);
  if (!wanted) return null;
  return (
    <Dialog title={t('token.title')} onClose={() => wanted.answer(null)}>
      <form
        class="dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          wanted.answer(value.trim());
        }}
      >
        <p>{t('token.why')}</p>
        {wanted.wrong && (
          <p class="note note-error" role="alert">
            {t('token.wrong')}
          </p>
        )}
        <label class="field">
          <span class="field-name">{t('token')}</span>
          <input
            type="password"
            autocomplete="off"
            value={value}
            required
            onInput={(event) => setValue(event.currentTarget.value)}
          />
        </label>
        <p class="quiet">{t('token.kept')}</p>
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={() => wanted.answer(null)}>
            {t('cancel')}
          </button>
          <button type="submit" class="button button-main">
            {t('token.use')}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

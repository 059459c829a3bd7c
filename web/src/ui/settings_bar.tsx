// Language and colours of the page, and help.
import { t } from '../i18n';
import { change, type Language, LANGUAGES, settings, type Theme } from '../settings';
import { useStore } from '../store';
import { Icon } from './icons';

const OWN_NAMES: Record<Language, string> = { en: 'English', es: 'Español', zh: '中文' };
const THEMES: Theme[] = ['system', 'light', 'dark'];
const THEME_ICONS = { system: 'system', light: 'sun', dark: 'moon' } as const;

export function SettingsBar({ onHelp }: { onHelp: () => void }) {
  const { language, theme } = useStore(settings);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] as Theme;
  return (
    <div class="settings-bar">
      <select
        class="language-select"
        aria-label={t('settings.language')}
        value={language}
        onChange={(event) => change({ language: event.currentTarget.value as Language })}
      >
        {LANGUAGES.map((code) => (
          <option key={code} value={code} lang={code}>
            {OWN_NAMES[code]}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="button button-bare"
        aria-label={t('settings.theme', { theme: t(`theme.${theme}`) })}
        title={t('settings.theme', { theme: t(`theme.${theme}`) })}
        onClick={() => change({ theme: next })}
      >
        <Icon name={THEME_ICONS[theme]} />
      </button>
      <button
        type="button"
        class="button button-bare"
        aria-label={t('help')}
        title={`${t('help')} (?)`}
        onClick={onHelp}
      >
        <Icon name="help" />
      </button>
    </div>
  );
}

// The frame of the page: views, settings, shortcuts, dialogs.
import { useEffect, useState } from 'preact/hooks';
import { t } from './i18n';
import { isLetterKey } from './keys';
import { LookupView } from './lookup/lookup_view';
import { MemoriesView } from './memories/memories_view';
import { reloadMemories } from './memories/memory_list';
import { addressOf, go, place, type View, VIEWS } from './router';
import { SearchView } from './search/search_view';
import { settings } from './settings';
import { useStore } from './store';
import { Announcer } from './ui/announce';
import { HelpDialog } from './ui/help_dialog';
import { Icon, Logo } from './ui/icons';
import { SettingsBar } from './ui/settings_bar';
import { TokenDialog } from './ui/token_dialog';
import { UnitDialog } from './unit/unit_dialog';

export function App() {
  const { language } = useStore(settings);
  const { view, parameters } = useStore(place);
  const [help, setHelp] = useState(false);
  useEffect(() => void reloadMemories(), []);
  useEffect(() => {
    document.title = `${t(`nav.${view}`)} · Tercet`;
  }, [view, language]);
  useShortcuts(() => setHelp(true));
  const unit = parameters.get('unit') ?? '';
  // The key draws everything anew in another language.
  return (
    <div class="app" key={language}>
      <a class="skip" href="#main" onClick={skipToMain}>
        {t('skip')}
      </a>
      <header class="bar">
        <a class="brand" href={addressOf('lookup')} aria-label="Tercet">
          <Logo />
          <span>Tercet</span>
        </a>
        <nav class="nav" aria-label={t('nav')}>
          {VIEWS.map((name) => (
            <NavLink key={name} name={name} current={name === view} />
          ))}
        </nav>
        <SettingsBar onHelp={() => setHelp(true)} />
      </header>
      <main id="main" class="main" tabIndex={-1}>
        {view === 'lookup' && <LookupView />}
        {view === 'search' && <SearchView />}
        {view === 'memories' && <MemoriesView />}
      </main>
      {unit && <UnitDialog key={unit} name={unit} />}
      {help && <HelpDialog onClose={() => setHelp(false)} />}
      <TokenDialog />
      <Announcer />
    </div>
  );
}

function NavLink({ name, current }: { name: View; current: boolean }) {
  return (
    <a
      class="nav-link"
      href={addressOf(name)}
      aria-current={current ? 'page' : undefined}
      aria-label={t(`nav.${name}`)}
    >
      <Icon name={name} />
      <span>{t(`nav.${name}`)}</span>
    </a>
  );
}

// The address is that of a view, so a link to `#main` would leave it.
function skipToMain(event: Event) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function useShortcuts(onHelp: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return;
      const view = event.altKey && !event.ctrlKey && VIEWS[Number(event.key) - 1];
      if (view) go(view);
      else if (!isLetterKey(event)) return;
      else if (event.key === '?') onHelp();
      else if (event.key === '/') {
        document.querySelector<HTMLElement>('[data-main-field]')?.focus();
      } else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

// The frame of the page: views, settings, shortcuts, dialogs.
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { t } from './i18n';
import { DropCurtain, incoming } from './imports/drop';
import { ImportDialog } from './imports/import_dialog';
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
import { openUnitName } from './unit/open_unit';
import { UnitDialog } from './unit/unit_dialog';

export function App() {
  const { language } = useStore(settings);
  const here = useStore(place);
  const { view } = here;
  const files = useStore(incoming);
  const [help, setHelp] = useState(false);
  useEffect(() => void reloadMemories(), []);
  useEffect(() => {
    document.title = `${t(`nav.${view}`)} · Tercet`;
  }, [view, language]);
  useShortcuts(() => setHelp(true));
  const unit = openUnitName(here);
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
      {files && <ImportDialog {...files} />}
      {unit && <UnitDialog key={unit} name={unit} />}
      {help && <HelpDialog onClose={() => setHelp(false)} />}
      <DropCurtain />
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

const GO_KEYS: Record<string, View> = { l: 'lookup', c: 'search', m: 'memories' };
const GO_MS = 1500;

// `g` and a letter go to a view; browsers have Alt and a digit for their tabs.
function useShortcuts(onHelp: () => void) {
  useLayoutEffect(() => {
    let goUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if (!isLetterKey(event) || document.querySelector('dialog[open]')) return;
      const view = event.timeStamp < goUntil ? GO_KEYS[event.key] : undefined;
      goUntil = event.key === 'g' ? event.timeStamp + GO_MS : 0;
      if (view) go(view);
      else if (event.key === '?') onHelp();
      else if (event.key === '/') {
        document.querySelector<HTMLElement>('[data-main-field]')?.focus();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the results take the letter for one of theirs.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}

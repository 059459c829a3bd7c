import { render } from 'preact';
import { App } from './app';
import { apply, settings } from './settings';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/controls.css';
import './styles/results.css';
import './styles/dialogs.css';
import './styles/memories.css';
import './styles/imports.css';

apply(settings.get());
settings.follow(apply);

const root = document.getElementById('app');
if (root) render(<App />, root);

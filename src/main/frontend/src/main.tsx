import { createRoot } from 'react-dom/client';
import { App } from './App';
import { baseUrl } from './api';
import { startTexts } from './i18n';
import './styles/index.css';
import { applyTheme } from './theme';

// Relative until here; what navigates from now on must not move it.
document.querySelector('base')?.setAttribute('href', baseUrl.href);
applyTheme();

const root = document.getElementById('root');
if (root) {
  void startTexts().then(() => createRoot(root).render(<App />));
}

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Icon, Page } from '../components';
import { LANGUAGES, speak } from '../i18n';
import { Logo } from '../shell/Logo';

const POINTS = ['live', 'checks', 'maintenance'] as const;

/** What stands around the forms of those who are not signed in. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  const { t, i18n } = useTranslation('account');
  return (
    <div className="entrance">
      <aside className="entrance-about">
        <div className="entrance-brand">
          <Logo size={40} />
          <span className="brand-name">FleetMan</span>
        </div>
        <p className="entrance-claim">{t('welcome')}</p>
        <ul className="entrance-points">
          {POINTS.map((point) => (
            <li key={point}>
              <Icon name="check" />
              <span>{t(`points.${point}`)}</span>
            </li>
          ))}
        </ul>
      </aside>
      <main className="entrance-form">
        <Page title={title}>{children}</Page>
        <div className="languages" role="group" aria-label={t('profile.language')}>
          {LANGUAGES.map((language) => (
            <Button
              key={language}
              kind="quiet"
              small
              lang={language}
              aria-pressed={i18n.language === language}
              onClick={() => void speak(language)}
            >
              {t(`profile.${language}`)}
            </Button>
          ))}
        </div>
      </main>
    </div>
  );
}

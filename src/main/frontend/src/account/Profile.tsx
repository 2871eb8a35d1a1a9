import type { Account, SignedIn } from '@fleetman/client';
import { useBrowserNotification } from '@fleetman/client';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api';
import { Avatar, Badge, Button, Failure, Page, RadioGroup, TextField, useVoices } from '../components';
import { TYPES, useMutedTypes, useMuting } from '../inbox/mutes';
import { LANGUAGES, isLanguage, type Language, speak } from '../i18n';
import { useFieldProblem, useProblemText } from '../problems';
import type { Schemas } from '../schemas';
import { useAccount, useSession } from '../session';
import { chooseTheme, THEMES, useTheme } from '../theme';
import { isOfField, useForm, valueOf } from './forms';
import { PasswordField } from './PasswordField';

function change(fields: Schemas['UserChangeRequest']): Promise<Account> {
  return api.patch('users/me', fields);
}

export default function Profile() {
  const { t } = useTranslation('account');
  return (
    <Page title={t('profile.title')}>
      <div className="profile">
        <Company />
        <Appearance />
        <BrowserNotifications />
        <Muted />
        <Password />
        <SignOut />
      </div>
    </Page>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card">
      <div className="card-body">
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  );
}

function Company() {
  const { t, i18n } = useTranslation(['account', 'shell']);
  const account = useAccount();
  const { changed } = useSession();
  const { toast } = useVoices();
  const { form, onSubmit, isPending, error } = useForm(
    (filled) => change({ companyName: valueOf(filled, 'companyName') }),
    (now) => {
      changed(now);
      toast(t('profile.saved'), { tone: 'good' });
    },
  );
  const problem = useFieldProblem(error);
  const since = new Date(account.createdAt).toLocaleDateString(i18n.language, { dateStyle: 'long' });
  return (
    <Card title={t('profile.company')}>
      <div className="who">
        <Avatar name={account.companyName} size="large" />
        <div>
          <p>{account.email}</p>
          <p className="muted">{t('profile.since', { date: since })}</p>
          <Badge tone="info">{t(`shell:type.${account.type}`)}</Badge>
        </div>
      </div>
      <form ref={form} className="stack" noValidate onSubmit={onSubmit}>
        {error && !isOfField(error) && <Failure error={error} />}
        <TextField
          label={t('companyName')}
          name="companyName"
          autoComplete="organization"
          defaultValue={account.companyName}
          maxLength={120}
          required
          error={problem('companyName')}
        />
        <div>
          <Button type="submit" kind="primary" busy={isPending}>
            {t('shell:save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Appearance() {
  const { t, i18n } = useTranslation('account');
  const theme = useTheme();
  const { changed } = useSession();
  const { toast } = useVoices();
  const text = useProblemText();
  // Spoken at once here; the account keeps it for the other devices.
  const { mutate } = useMutation({
    mutationFn: (locale: Language) => change({ locale }),
    onSuccess: changed,
    onError: (error) => toast(text(error), { tone: 'bad' }),
  });
  function choose(language: string): void {
    if (isLanguage(language)) {
      void speak(language);
      mutate(language);
    }
  }
  return (
    <Card title={t('profile.appearance')}>
      <RadioGroup
        label={t('profile.language')}
        name="language"
        value={i18n.language}
        onChange={choose}
        choices={LANGUAGES.map((language) => ({ value: language, label: t(`profile.${language}`) }))}
      />
      <RadioGroup
        label={t('profile.theme')}
        name="theme"
        value={theme}
        onChange={(chosen) => chooseTheme(THEMES.find((known) => known === chosen) ?? 'system')}
        choices={THEMES.map((known) => ({ value: known, label: t(`profile.${known}`) }))}
      />
    </Card>
  );
}

function BrowserNotifications() {
  const { t } = useTranslation('account');
  const { permission, requestPermission } = useBrowserNotification();
  return (
    <Card title={t('profile.notifications')}>
      <p className="muted">{t('profile.notificationsText')}</p>
      {permission === 'default' ? (
        <div>
          <Button icon="bell" onClick={() => void requestPermission()}>
            {t('profile.allow')}
          </Button>
        </div>
      ) : (
        <p role="status">{t(`profile.${permission}`)}</p>
      )}
    </Card>
  );
}

/** Which types of notifications draw attention; all of them are in the inbox. */
function Muted() {
  const { t } = useTranslation('account');
  const muted = useMutedTypes();
  const { toast } = useVoices();
  const text = useProblemText();
  const { mutate } = useMuting((error) => toast(text(error), { tone: 'bad' }));
  return (
    <Card title={t('profile.alerts')}>
      <fieldset className="stack alerts">
        <legend className="muted">{t('profile.alertsText')}</legend>
        {TYPES.map((type) => (
          <label key={type} className="check">
            <input
              type="checkbox"
              checked={!muted.includes(type)}
              onChange={(event) => mutate({ type, muted: !event.target.checked })}
            />
            <span>{t(`profile.alertsOf.${type}`)}</span>
          </label>
        ))}
      </fieldset>
    </Card>
  );
}

function Password() {
  const { t } = useTranslation('account');
  const { email } = useAccount();
  const { toast } = useVoices();
  const { form, onSubmit, isPending, error } = useForm(
    async (filled) => {
      const change: Schemas['UserChangePasswordRequest'] = {
        currentPassword: valueOf(filled, 'currentPassword'),
        newPassword: valueOf(filled, 'newPassword'),
      };
      await api.post<SignedIn>('users/me/password', change);
      filled.reset();
    },
    () => toast(t('profile.changedPassword'), { tone: 'good' }),
  );
  const problem = useFieldProblem(error);
  return (
    <Card title={t('profile.security')}>
      <form ref={form} className="stack" noValidate onSubmit={onSubmit}>
        {error && !isOfField(error) && <Failure error={error} />}
        {/* For password managers, which want to know whose it is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          label={t('profile.current')}
          name="currentPassword"
          autoComplete="current-password"
          required
          error={problem('currentPassword')}
        />
        <PasswordField
          label={t('profile.new')}
          name="newPassword"
          autoComplete="new-password"
          required
          hint={`${t('register.passwordHint')} ${t('profile.passwordNote')}`}
          error={problem('newPassword')}
        />
        <div>
          <Button type="submit" kind="primary" busy={isPending}>
            {t('profile.changePassword')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function SignOut() {
  const { t } = useTranslation('account');
  const { signOut } = useSession();
  const { mutate, isPending, error } = useMutation({ mutationFn: signOut });
  return (
    <Card title={t('profile.session')}>
      {error && <Failure error={error} />}
      <p className="muted">{t('profile.signOutNote')}</p>
      <div>
        <Button icon="signOut" busy={isPending} onClick={() => mutate()}>
          {t('profile.signOut')}
        </Button>
      </div>
    </Card>
  );
}

import { idempotencyKey, type Priority } from '@fleetman/client';
import { useMutation } from '@tanstack/react-query';
import i18next from 'i18next';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Confirm, Select, TextArea, TextField, useVoices } from '../components';
import { focusFirstWrong, isWrong, useFieldText, type Wrong, wrongText } from '../forms';
import { LANGUAGES } from '../i18n';
import { useProblemText } from '../problems';
import { announce, type NotificationOrder, type Recipients, ROLES, sendNotification } from './api';

const PRIORITIES: readonly Priority[] = ['LOW', 'NORMAL', 'HIGH', 'URGENT'];
const ANNOUNCEMENT = 'ANNOUNCEMENT';
const EMPTY = { to: 'all', emails: '', type: ANNOUNCEMENT, title: '', message: '', actionUrl: '', priority: 'NORMAL' };

/**
 * `/admin/send`: a notification to everybody, a role or some, after having seen how many that are. To everybody or a role,
 * under the type of announcements, it is one.
 */
export function SendPage() {
  const { t } = useTranslation('admin');
  const [form, setForm] = useState(EMPTY);
  // Of what is in the form: sent again as it is, it reaches nobody twice.
  const [key, setKey] = useState(idempotencyKey);
  const [submitted, setSubmitted] = useState(false);
  const [count, setCount] = useState<number | null>(null);
  const element = useRef<HTMLFormElement>(null);
  const { toast } = useVoices();
  const textOf = useProblemText();
  const emails = form.emails.split(/[\s,;]+/).filter((email) => email !== '');
  const wrong: Wrong = {
    title: wrongText(form.title, 200),
    message: wrongText(form.message, 1000),
    type: wrongText(form.type, 64),
    emails: form.to === 'emails' && emails.length === 0 ? 'required' : undefined,
  };

  const order = (dryRun: boolean): NotificationOrder => ({
    recipients: recipientsOf(form.to, emails),
    type: form.type.trim(),
    title: form.title.trim(),
    message: form.message.trim(),
    priority: form.priority as Priority,
    ...(form.actionUrl.trim() === '' ? {} : { actionUrl: form.actionUrl.trim() }),
    dryRun,
  });
  const counting = useMutation({
    // Another key: the same one with another body would be refused.
    mutationFn: () => sendNotification(order(true), idempotencyKey()),
    onSuccess: (dry) => setCount(dry.recipients),
    onError: () => focusFirstWrong(element.current),
  });
  const send = async (): Promise<void> => {
    const { recipients, type, dryRun, ...said } = order(false);
    if (form.to === 'emails' || type !== ANNOUNCEMENT) await sendNotification({ recipients, type, dryRun, ...said }, key);
    else await announce({ ...said, audience: ROLES.find((role) => role === form.to) ?? null }, key);
  };
  const sending = useMutation({
    mutationFn: send,
    onSuccess: () => {
      toast(t('send.sent', { count: count ?? 0 }), { tone: 'good' });
      setForm(EMPTY);
      setKey(idempotencyKey());
      setSubmitted(false);
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    onSettled: () => setCount(null),
  });
  const problem = useFieldText(submitted ? wrong : {}, counting.error);
  const change = (changed: Partial<typeof form>) => {
    setForm({ ...form, ...changed });
    setKey(idempotencyKey());
    counting.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (isWrong(wrong)) focusFirstWrong(element.current);
    else if (!counting.isPending) counting.mutate();
  };

  return (
    <form ref={element} className="form" noValidate onSubmit={submit}>
      <div className="form-grid">
        <Select
          label={t('send.to')}
          value={form.to}
          onChange={(event) => change({ to: event.target.value })}
          choices={[
            { value: 'all', label: t('send.all') },
            ...ROLES.map((role) => ({ value: role, label: t(`send.role.${role}`) })),
            { value: 'emails', label: t('send.some') },
          ]}
        />
        <Select
          label={t('send.priority')}
          value={form.priority}
          onChange={(event) => change({ priority: event.target.value })}
          choices={PRIORITIES.map((one) => ({ value: one, label: t(`priority.${one}`) }))}
        />
      </div>
      {form.to === 'emails' ? (
        <TextArea
          label={t('send.emails')}
          hint={t('send.emailsHint')}
          value={form.emails}
          error={problem('emails') ?? problem('recipients.emails')}
          onChange={(event) => change({ emails: event.target.value })}
        />
      ) : null}
      <TextField
        label={t('send.title')}
        hint={t('send.keyHint')}
        required
        value={form.title}
        error={problem('title')}
        onChange={(event) => change({ title: event.target.value })}
      />
      <TextArea
        label={t('send.message')}
        required
        value={form.message}
        error={problem('message')}
        onChange={(event) => change({ message: event.target.value })}
      />
      <div className="form-grid">
        <TextField
          label={t('send.type')}
          hint={t('send.typeHint')}
          required
          value={form.type}
          error={problem('type')}
          onChange={(event) => change({ type: event.target.value.toUpperCase() })}
        />
        <TextField
          label={t('send.actionUrl')}
          hint={t('send.actionUrlHint')}
          value={form.actionUrl}
          error={problem('actionUrl')}
          onChange={(event) => change({ actionUrl: event.target.value })}
        />
      </div>
      <Preview title={form.title} message={form.message} />
      {counting.error ? (
        <p className="form-problem" role="alert">
          {textOf(counting.error)}
        </p>
      ) : null}
      <div className="form-actions">
        <Button type="submit" kind="primary" icon="send" busy={counting.isPending}>
          {t('send.send')}
        </Button>
      </div>
      {count === null ? null : (
        <Confirm
          title={t('send.confirm', { count })}
          action={t('send.send')}
          kind="primary"
          busy={sending.isPending}
          onConfirm={() => sending.mutate()}
          onClose={() => setCount(null)}
        >
          <p>{t('send.confirmText')}</p>
        </Confirm>
      )}
    </form>
  );
}

function recipientsOf(to: string, emails: readonly string[]): Recipients {
  if (to === 'emails') return { emails };
  const role = ROLES.find((one) => one === to);
  return role ? { role } : { all: true };
}

/** As users of each language see it: a key of the texts is translated, any other text stays as it is. */
function Preview({ title, message }: { readonly title: string; readonly message: string }) {
  const { t } = useTranslation('admin');
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let shown = true;
    void i18next.loadLanguages([...LANGUAGES]).then(() => shown && setReady(true));
    return () => {
      shown = false;
    };
  }, []);
  const inLanguage = (lng: string, text: string) =>
    ready && text.trim() !== ''
      ? i18next.t(text, { lng, ns: 'notifications', keySeparator: false, nsSeparator: false, defaultValue: text })
      : text;
  return (
    <section className="previews" aria-label={t('send.preview')}>
      {LANGUAGES.map((language) => (
        <div key={language} className="card preview" lang={language}>
          <p className="chart-label">{t(`send.in.${language}`)}</p>
          <p>
            <strong>{inLanguage(language, title) || '…'}</strong>
          </p>
          <p className="history-text">{inLanguage(language, message) || '…'}</p>
        </div>
      ))}
    </section>
  );
}

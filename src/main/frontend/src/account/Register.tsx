import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { client } from '../api';
import { Button, Failure, RadioGroup, TextField } from '../components';
import { useFieldProblem } from '../problems';
import { useSession } from '../session';
import { Entrance } from './Entrance';
import { isOfField, useForm, valueOf } from './forms';
import { PasswordField } from './PasswordField';

export default function Register() {
  const { t, i18n } = useTranslation(['account', 'shell']);
  const { signedIn } = useSession();
  const { state } = useLocation();
  const [type, setType] = useState('CLIENT');
  const { form, onSubmit, isPending, error } = useForm(
    (filled) =>
      client.register({
        email: valueOf(filled, 'email').trim(),
        password: valueOf(filled, 'password'),
        companyName: valueOf(filled, 'companyName'),
        type: type === 'PROVIDER' ? 'PROVIDER' : 'CLIENT',
        locale: i18n.language,
      }),
    signedIn,
  );
  const problem = useFieldProblem(error);
  return (
    <Entrance title={t('register.title')}>
      <form ref={form} className="stack" noValidate onSubmit={onSubmit}>
        {error && !isOfField(error) && <Failure error={error} />}
        <RadioGroup
          label={t('register.type')}
          name="type"
          value={type}
          onChange={setType}
          choices={[
            { value: 'CLIENT', label: t('shell:type.CLIENT'), hint: t('register.clientHint') },
            { value: 'PROVIDER', label: t('shell:type.PROVIDER'), hint: t('register.providerHint') },
          ]}
        />
        <TextField
          label={t('companyName')}
          name="companyName"
          autoComplete="organization"
          maxLength={120}
          required
          error={problem('companyName')}
        />
        <TextField
          label={t('email')}
          name="email"
          type="email"
          autoComplete="username"
          required
          error={problem('email')}
        />
        <PasswordField
          label={t('password')}
          name="password"
          autoComplete="new-password"
          required
          hint={t('register.passwordHint')}
          error={problem('password')}
        />
        <Button type="submit" kind="primary" busy={isPending}>
          {t('register.action')}
        </Button>
      </form>
      <p className="muted">
        {t('register.haveAccount')}{' '}
        <Link to="/login" state={state}>
          {t('signIn.title')}
        </Link>
      </p>
    </Entrance>
  );
}

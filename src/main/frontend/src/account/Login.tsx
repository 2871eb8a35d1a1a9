import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { client } from '../api';
import { Button, Failure, TextField } from '../components';
import { useFieldProblem } from '../problems';
import { useSession } from '../session';
import { Entrance } from './Entrance';
import { isOfField, useForm, valueOf } from './forms';
import { PasswordField } from './PasswordField';

export default function Login() {
  const { t } = useTranslation('account');
  const { signedIn } = useSession();
  const { state } = useLocation();
  const { form, onSubmit, isPending, error } = useForm(
    (filled) => client.signIn(valueOf(filled, 'email').trim(), valueOf(filled, 'password')),
    signedIn,
  );
  const problem = useFieldProblem(error);
  return (
    <Entrance title={t('signIn.title')}>
      <form ref={form} className="stack" noValidate onSubmit={onSubmit}>
        {error && !isOfField(error) && <Failure error={error} />}
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
          autoComplete="current-password"
          required
          error={problem('password')}
        />
        <Button type="submit" kind="primary" busy={isPending}>
          {t('signIn.action')}
        </Button>
      </form>
      <p className="muted">
        {t('signIn.noAccount')}{' '}
        <Link to="/register" state={state}>
          {t('signIn.register')}
        </Link>
      </p>
    </Entrance>
  );
}

import type { Account } from '@fleetman/client';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { Button, Failure, TextField } from '../components';
import { useFieldProblem } from '../problems';
import { useSession } from '../session';
import { Entrance } from './Entrance';
import { isOfField, useForm, valueOf } from './forms';
import { PasswordField } from './PasswordField';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

interface EntranceFormProps {
  readonly title: string;
  readonly action: string;
  readonly send: (credentials: Credentials, form: HTMLFormElement) => Promise<Account>;
  /** Said of a password that is chosen here; without it one is asked for that there is. */
  readonly newPassword?: string;
  /** The way to the other form. */
  readonly other: { readonly to: string; readonly question: string; readonly label: string };
  /** What is asked for before; `problem` says what is wrong with a field. */
  readonly children?: (problem: (field: string) => string | undefined) => ReactNode;
}

/** A form that lets somebody in by an e-mail address and a password. */
export function EntranceForm({ title, action, send, newPassword, other, children }: EntranceFormProps) {
  const { t } = useTranslation('account');
  const { signedIn } = useSession();
  const { state } = useLocation();
  const { form, onSubmit, isPending, error } = useForm(
    (filled) => send({ email: valueOf(filled, 'email').trim(), password: valueOf(filled, 'password') }, filled),
    signedIn,
  );
  const problem = useFieldProblem(error);
  return (
    <Entrance title={title}>
      <form ref={form} className="stack" noValidate onSubmit={onSubmit}>
        {error && !isOfField(error) && <Failure error={error} />}
        {children?.(problem)}
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
          autoComplete={newPassword === undefined ? 'current-password' : 'new-password'}
          required
          hint={newPassword}
          error={problem('password')}
        />
        <Button type="submit" kind="primary" busy={isPending}>
          {action}
        </Button>
      </form>
      <p className="muted">
        {other.question}{' '}
        <Link to={other.to} state={state}>
          {other.label}
        </Link>
      </p>
    </Entrance>
  );
}

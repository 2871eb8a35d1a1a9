import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components';
import { codePoints } from '../text';
import { MESSAGE_MAX_LENGTH } from './api';

/** From here on the remaining characters are shown. */
const SHOW_COUNT = MESSAGE_MAX_LENGTH - 100;

/** What was begun and not sent, by conversation, as long as the page is open. */
const drafts = new Map<string, string>();

interface ComposerProps {
  /** Of the draft. */
  readonly draftKey: string;
  readonly name: string;
  readonly send: (content: string) => void;
  readonly tellTyping: () => void;
}

/** Writes a message: Enter sends it, Shift and Enter begin a new line. */
export function Composer({ draftKey, name, send, tellTyping }: ComposerProps) {
  const { t } = useTranslation('messaging');
  const [text, setText] = useState(() => drafts.get(draftKey) ?? '');
  const [problem, setProblem] = useState<'empty' | 'tooLong' | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const length = codePoints(text.trim());
  const left = MESSAGE_MAX_LENGTH - length;

  useEffect(() => {
    if (text === '') drafts.delete(draftKey);
    else drafts.set(draftKey, text);
  }, [draftKey, text]);

  const submit = () => {
    if (length === 0 || left < 0) {
      setProblem(length === 0 ? 'empty' : 'tooLong');
      field.current?.focus();
      return;
    }
    send(text.trim());
    setText('');
    setProblem(null);
    field.current?.focus();
  };

  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes a character, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };

  return (
    <form
      className="composer"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit();
      }}
    >
      <label className="visually-hidden" htmlFor={id}>
        {t('composer.label', { name })}
      </label>
      <textarea
        ref={field}
        id={id}
        className="composer-text"
        rows={1}
        value={text}
        placeholder={t('composer.placeholder')}
        enterKeyHint="send"
        autoComplete="off"
        aria-invalid={left < 0 || problem !== null}
        aria-describedby={`${id}-hint`}
        onKeyDown={pressed}
        onChange={(event) => {
          setText(event.target.value);
          setProblem(null);
          if (event.target.value.trim() !== '') tellTyping();
        }}
      />
      <Button type="submit" kind="primary" icon="send" className="composer-send">
        <span>{t('composer.send')}</span>
      </Button>
      <p id={`${id}-hint`} className="composer-hint" role="status">
        {problem === 'empty' ? t('composer.empty') : null}
        {left < 0 ? t('composer.tooLong', { count: -left, max: MESSAGE_MAX_LENGTH }) : null}
        {left >= 0 && length > SHOW_COUNT ? t('composer.left', { count: left }) : null}
        {problem === null && length <= SHOW_COUNT ? <span className="composer-keys">{t('composer.keys')}</span> : null}
      </p>
    </form>
  );
}

import type {
  Account,
  Contact,
  ConversationSummary,
  Counts,
  FleetNotification,
  Message,
  PublicProfile,
  SignedIn,
} from '@fleetman/client';
import type { Differing, Schemas } from './schemas';

type Same<Difference extends never> = Difference;

/**
 * The library is built without the server and says by itself what it is sent. Here it does not compile if that is not
 * what the description of the API says; the error names the fields.
 */
export type Described = [
  Same<Differing<Account, Schemas['Account']>>,
  // In the lists of contacts and of blocked users, each has the time that the description allows to be missing.
  Same<Differing<Omit<Contact, 'since'>, Schemas['ContactView']>>,
  Same<Differing<ConversationSummary, Schemas['ConversationView']>>,
  Same<Differing<Counts, Schemas['Counts']>>,
  Same<Differing<FleetNotification, Schemas['NotificationView']>>,
  Same<Differing<Message, Schemas['MessageView']>>,
  Same<Differing<PublicProfile, Schemas['PublicProfile']>>,
  Same<Differing<SignedIn, Schemas['SignedIn']>>,
];

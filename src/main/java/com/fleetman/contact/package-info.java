/**
 * What users decide about each other: contacts, accepted chats, blocks. Each decision is one-way and the decider's own;
 * {@link com.fleetman.contact.Contacts} answers who may write to whom.
 */
@NullMarked
package com.fleetman.contact;

import org.jspecify.annotations.NullMarked;

package com.fleetman.stream;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Formula;

/**
 * The head of one user's log: the number of its last event and the unread counts. Its row is the lock under which
 * everything of the user changes, held to the commit; that is why {@code seq} has no gaps and follows commit order,
 * and why the counts never drift. It is only ever loaded through {@link UserLog}, which locks it.
 */
@Entity
@Table(name = "inbox")
public class Inbox {
    @Id
    @Column(name = "user_id")
    private UUID userId;

    @Column(name = "last_seq")
    private long lastSeq;

    @Column(name = "unread_notifications")
    private int unreadNotifications;

    @Column(name = "unread_messages")
    private int unreadMessages;

    @Column(name = "announced")
    private long announced;

    /** As of the moment when the inbox was read, which is after its lock was asked for and maybe before it was had. */
    @Formula("(select coalesce(max(a.number), 0) from announcement a)")
    private long newestAnnouncement;

    @SuppressWarnings("NullAway.Init")
    protected Inbox() {}

    /** @param announced the last announcement that this user does not get, having come after it */
    Inbox(UUID userId, long announced) {
        this.userId = userId;
        this.announced = announced;
    }

    public UUID userId() {
        return userId;
    }

    public Counts counts() {
        return new Counts(unreadNotifications, unreadMessages);
    }

    /** The {@code seq} that the next appended event will have; at least 1. */
    public long nextSeq() {
        return lastSeq + 1;
    }

    long advance() {
        return ++lastSeq;
    }

    /** Number of the last announcement of which the user has a copy, or that was not for this user; 0 for none. */
    public long announced() {
        return announced;
    }

    boolean lacksAnnouncements() {
        return announced < newestAnnouncement;
    }

    /** Notes that the user needs no copy of this announcement, and of those before it, any more. */
    public void hasBeenTold(long announcement) {
        announced = Math.max(announced, announcement);
    }

    /** Changes the number of unread notifications by the number of rows that became unread (or, negative, read). */
    public void addUnreadNotifications(int change) {
        unreadNotifications = checked(unreadNotifications + change);
    }

    /** Changes the number of unread messages by the number of rows that became unread (or, negative, read). */
    public void addUnreadMessages(int change) {
        unreadMessages = checked(unreadMessages + change);
    }

    private int checked(int count) {
        if (count < 0) {
            throw new IllegalStateException("unread count of " + userId + " would be " + count);
        }
        return count;
    }
}

package com.fleetman.fleet;

import com.fleetman.identity.User;
import com.fleetman.identity.UserType;
import com.fleetman.identity.Users;
import com.fleetman.notification.NewNotification;
import com.fleetman.notification.NotifyUser;
import com.fleetman.platform.Problem;
import com.fleetman.stream.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who looks after a machine: checks it, and tells the history and those concerned of each change. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class Assignment {
    private final Users users;
    private final History history;
    private final NotifyUser notifyUser;

    @Inject
    Assignment(Users users, History history, NotifyUser notifyUser) {
        this.users = users;
        this.history = history;
        this.notifyUser = notifyUser;
    }

    /**
     * Checks that a machine can be assigned to this user.
     *
     * @param providerId null for nobody
     * @throws Problem 400 {@code user_not_found} or {@code not_a_provider}
     */
    void check(@Nullable UUID providerId) {
        if (providerId != null) {
            requireActive(providerId, UserType.PROVIDER, "not_a_provider", "assignedProviderId");
        }
    }

    /**
     * Checks that this user can have machines.
     *
     * @throws Problem 400 {@code user_not_found} or {@code not_a_client}
     */
    void checkOwner(UUID ownerId) {
        requireActive(ownerId, UserType.CLIENT, "not_a_client", "ownerId");
    }

    private void requireActive(UUID id, UserType type, String code, String field) {
        User user = users.find(id)
                .filter(User::isActive)
                .orElseThrow(() -> Problem.badRequest("user_not_found", "there is no such user")
                        .field(field));
        if (user.type() != type) {
            throw Problem.badRequest(code, field + " must be a user of type " + type)
                    .field(field);
        }
    }

    /**
     * Writes down and tells that the machine has come from one provider to another, which it has by now.
     *
     * @param from null for nobody
     * @param inboxes with those of both
     */
    void changed(Machine machine, @Nullable UUID from, UUID actorId, Map<UUID, Inbox> inboxes) {
        User owner = owner(machine);
        if (from != null) {
            history.add(machine, MachineEventType.PROVIDER_REMOVED, actorId, provider(from));
            tell(inboxes, from, Notices.unassigned(machine, owner));
        }
        UUID to = machine.assignedProviderId();
        if (to != null) {
            history.add(machine, MachineEventType.PROVIDER_ASSIGNED, actorId, provider(to));
            tell(inboxes, to, Notices.assigned(machine, owner));
        }
    }

    /** Tells the provider of a machine that is about to be deleted, with its history. */
    void ended(Machine machine, UUID providerId, Map<UUID, Inbox> inboxes) {
        tell(inboxes, providerId, Notices.unassigned(machine, owner(machine)));
    }

    private User owner(Machine machine) {
        return known(machine.ownerId());
    }

    private Map<String, Object> provider(UUID id) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("providerId", id);
        metadata.put("providerName", known(id).companyName());
        return metadata;
    }

    private User known(UUID id) {
        return users.find(id).orElseThrow(() -> new IllegalStateException("machine refers to user " + id));
    }

    private void tell(Map<UUID, Inbox> inboxes, UUID userId, NewNotification told) {
        Inbox inbox = inboxes.get(userId);
        if (inbox == null) {
            throw new IllegalStateException("the inbox of " + userId + " is not locked");
        }
        notifyUser.notify(inbox, told);
    }
}
